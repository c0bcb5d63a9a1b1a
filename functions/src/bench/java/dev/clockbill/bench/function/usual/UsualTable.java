package dev.clockbill.bench.function.usual;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The table as the handlers that are written as usual read and write it. */
final class UsualTable {
  final DynamoDbClient client = DynamoDbClient.create();
  final String name = System.getenv("TABLE_NAME");

  static Map<String, AttributeValue> key(String firm, String item) {
    return Map.of("firm", AttributeValue.fromS(firm), "item", AttributeValue.fromS(item));
  }

  /** An item as the last write left it; empty if there is none. */
  Map<String, AttributeValue> read(String firm, String item) {
    return client
        .getItem(get -> get.tableName(name).key(key(firm, item)).consistentRead(true))
        .item();
  }

  /** The member who calls, possibly as they were a moment ago. */
  Map<String, AttributeValue> member(String firm, String staff) {
    return client.getItem(get -> get.tableName(name).key(key(firm, "STAFF#" + staff))).item();
  }

  /** Those items of a firm that there are, by their sort keys. */
  Map<String, Map<String, AttributeValue>> readAll(String firm, List<String> items) {
    KeysAndAttributes asked =
        KeysAndAttributes.builder()
            .consistentRead(true)
            .keys(items.stream().map(item -> key(firm, item)).toList())
            .build();
    return client
        .batchGetItem(batch -> batch.requestItems(Map.of(name, asked)))
        .responses()
        .get(name)
        .stream()
        .collect(Collectors.toMap(item -> item.get("item").s(), Function.identity()));
  }

  /** Writes an item that is new, in a transaction. */
  TransactWriteItem put(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(name)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#item)")
                    .expressionAttributeNames(Map.of("#item", "item")))
        .build();
  }
}
