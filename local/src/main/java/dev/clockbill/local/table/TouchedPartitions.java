package dev.clockbill.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.aws.Touch;
import dev.clockbill.local.aws.Touch.Use;
import dev.clockbill.local.template.TableEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which partitions a request touches: those of the keys that it names, those of the index that it
 * queries, and those of indexes in which an item appears that it writes.
 *
 * <p>The first two are what the condition key {@code dynamodb:LeadingKeys} holds ("the first key
 * attribute of a table"; for a query of an index, that of the index).
 */
final class TouchedPartitions {
  /** An attribute that is compared with a value, or set to it. */
  private static final Pattern EQUAL =
      Pattern.compile("(#?[A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(:[A-Za-z0-9_]+)");

  private final Map<String, Keys> tables = new HashMap<>();

  /** The attributes that are partition keys: the table's, and its indexes' by name. */
  private record Keys(String own, Map<String, String> indexes) {}

  TouchedPartitions(List<TableEntry> tables) {
    for (TableEntry table : tables) {
      Map<String, String> indexes = new HashMap<>();
      for (JsonNode index : table.properties().path("GlobalSecondaryIndexes")) {
        indexes.put(index.path("IndexName").asText(), hash(index));
      }
      this.tables.put(table.name(), new Keys(hash(table.properties()), indexes));
    }
  }

  private static String hash(JsonNode described) {
    for (JsonNode key : described.path("KeySchema")) {
      if (key.path("KeyType").asText().equals("HASH")) {
        return key.path("AttributeName").asText();
      }
    }
    return "";
  }

  /** The partitions that a request touches. */
  List<Touch> by(String operation, JsonNode body) {
    List<Touch> found = new ArrayList<>();
    switch (operation) {
      case "TransactGetItems", "TransactWriteItems" -> {
        for (JsonNode item : body.path("TransactItems")) {
          item.forEach(part -> one(part, found));
        }
      }
      case "BatchGetItem" ->
          body.path("RequestItems")
              .properties()
              .forEach(
                  table ->
                      table
                          .getValue()
                          .path("Keys")
                          .forEach(key -> key(keys(table.getKey()), key, found)));
      case "BatchWriteItem" ->
          body.path("RequestItems")
              .properties()
              .forEach(
                  table ->
                      table
                          .getValue()
                          .forEach(
                              write -> {
                                Keys keys = keys(table.getKey());
                                if (write.has("PutRequest")) {
                                  item(keys, write.path("PutRequest").path("Item"), found);
                                } else {
                                  key(keys, write.path("DeleteRequest").path("Key"), found);
                                }
                              }));
      case "Query" -> query(body, found);
      case "Scan" -> found.add(new Touch(Touch.EVERY, Use.KEY));
      default -> one(body, found);
    }
    return found;
  }

  private Keys keys(String table) {
    String name = table.substring(table.lastIndexOf('/') + 1);
    return tables.getOrDefault(name, new Keys("", Map.of()));
  }

  /** A request about one item, or such a part of a transaction. */
  private void one(JsonNode request, List<Touch> found) {
    Keys keys = keys(request.path("TableName").asText());
    if (request.has("Key")) {
      key(keys, request.path("Key"), found);
    }
    if (request.has("Item")) {
      item(keys, request.path("Item"), found);
    }
    for (Map.Entry<String, String> set : equal(request, "UpdateExpression").entrySet()) {
      if (keys.indexes().containsValue(set.getKey())) {
        found.add(new Touch(set.getValue(), Use.LISTED));
      }
    }
  }

  private static void key(Keys keys, JsonNode key, List<Touch> found) {
    found.add(new Touch(key.path(keys.own()).path("S").asText(), Use.KEY));
  }

  private static void item(Keys keys, JsonNode item, List<Touch> found) {
    key(keys, item, found);
    for (String attribute : keys.indexes().values()) {
      if (item.has(attribute)) {
        found.add(new Touch(item.path(attribute).path("S").asText(), Use.LISTED));
      }
    }
  }

  private void query(JsonNode body, List<Touch> found) {
    Keys keys = keys(body.path("TableName").asText());
    boolean indexed = body.has("IndexName");
    String attribute = indexed ? keys.indexes().get(body.path("IndexName").asText()) : keys.own();
    String partition = equal(body, "KeyConditionExpression").get(attribute);
    // What cannot be understood is taken for the worst.
    found.add(
        new Touch(partition == null ? Touch.EVERY : partition, indexed ? Use.INDEX : Use.KEY));
  }

  /** The text values of attributes that an expression compares with them, or sets to them. */
  private static Map<String, String> equal(JsonNode request, String expression) {
    Map<String, String> found = new HashMap<>();
    Matcher equal = EQUAL.matcher(request.path(expression).asText(""));
    while (equal.find()) {
      String name = equal.group(1);
      String attribute =
          name.startsWith("#")
              ? request.path("ExpressionAttributeNames").path(name).asText()
              : name;
      JsonNode value = request.path("ExpressionAttributeValues").path(equal.group(2)).path("S");
      if (value.isTextual()) {
        found.put(attribute, value.asText());
      }
    }
    return found;
  }
}
