package dev.clockbill.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.aws.RequiredPermission;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The permissions that requests to DynamoDB need, by the Service Authorization Reference: a
 * transaction needs the action of each of its parts, a query of an index the ARN of that index.
 */
final class DynamoDbPermissions {
  private static final String TABLE = "arn:aws:dynamodb:eu-central-1:000000000000:table/";
  private static final Map<String, String> TRANSACTION_PARTS =
      Map.of(
          "Put", "PutItem",
          "Update", "UpdateItem",
          "Delete", "DeleteItem",
          "ConditionCheck", "ConditionCheckItem",
          "Get", "GetItem");

  /** The operations that the stack supports. */
  static final Set<String> OPERATIONS =
      Set.of(
          "GetItem",
          "PutItem",
          "UpdateItem",
          "DeleteItem",
          "Query",
          "Scan",
          "DescribeTable",
          "BatchGetItem",
          "BatchWriteItem",
          "TransactGetItems",
          "TransactWriteItems");

  private DynamoDbPermissions() {}

  static List<RequiredPermission> needs(String operation, JsonNode body) {
    Set<RequiredPermission> needs = new LinkedHashSet<>();
    switch (operation) {
      case "TransactGetItems", "TransactWriteItems" -> {
        for (JsonNode item : body.path("TransactItems")) {
          for (Map.Entry<String, JsonNode> part : item.properties()) {
            String action = TRANSACTION_PARTS.getOrDefault(part.getKey(), part.getKey());
            needs.add(need(action, table(part.getValue())));
          }
        }
      }
      case "BatchGetItem", "BatchWriteItem" ->
          body.path("RequestItems")
              .fieldNames()
              .forEachRemaining(name -> needs.add(need(operation, arn(name))));
      default -> needs.add(need(operation, table(body) + index(body)));
    }
    return List.copyOf(needs);
  }

  private static RequiredPermission need(String action, String resource) {
    return RequiredPermission.of("dynamodb:" + action, resource);
  }

  private static String index(JsonNode body) {
    return body.has("IndexName") ? "/index/" + body.path("IndexName").asText() : "";
  }

  private static String table(JsonNode request) {
    return arn(request.path("TableName").asText());
  }

  private static String arn(String table) {
    return table.startsWith("arn:") ? table : TABLE + table;
  }
}
