package dev.clockbill.runtime;

import dev.clockbill.Partition;
import dev.clockbill.local.Stack;
import dev.clockbill.shared.AwsService;
import dev.clockbill.shared.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table as it was, so that each measured call finds the same. */
public final class TableState {
  private final AwsService dynamoDb;
  private final String table;
  private final Map<Object, Map<String, Object>> before;

  /** Keeps what the table of a stack holds now. */
  public TableState(Stack stack) {
    Map<String, String> environment = stack.environment("Timers");
    this.dynamoDb = Partition.service(environment.get("AWS_ENDPOINT_URL_DYNAMODB"));
    this.table = environment.get("TABLE_NAME");
    this.before = items();
  }

  private Map<Object, Map<String, Object>> items() {
    Map<Object, Map<String, Object>> items = new LinkedHashMap<>();
    Map<String, Object> scan = Map.of("TableName", table, "ConsistentRead", true);
    Json.objects(dynamoDb.call("Scan", scan), "Items").forEach(item -> items.put(key(item), item));
    return items;
  }

  private static Map<String, Object> key(Map<String, Object> item) {
    return Map.of("firm", item.get("firm"), "item", item.get("item"));
  }

  /** Writes back what was changed since, and deletes what was added. */
  public void restore() {
    Map<Object, Map<String, Object>> now = items();
    Set<Object> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(now.keySet());
    List<Map<String, Object>> writes =
        keys.stream()
            .filter(key -> !(before.containsKey(key) && before.get(key).equals(now.get(key))))
            .map(key -> write(key, before.get(key)))
            .toList();
    if (!writes.isEmpty()) {
      dynamoDb.call("BatchWriteItem", Map.of("RequestItems", Map.of(table, writes)));
    }
  }

  private static Map<String, Object> write(Object key, Map<String, Object> item) {
    return item == null
        ? Map.of("DeleteRequest", Map.of("Key", key))
        : Map.of("PutRequest", Map.of("Item", item));
  }
}
