package dev.clockbill.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.template.TableEntry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Counts the write units of transactions, item by item: DynamoDB Local takes items of a transaction
 * that consume the same for one. Each is written once more on its own, from what it was to what it
 * became, in a table of the same shape; in a transaction it costs twice as much (DynamoDB's guide,
 * "Managing complex workflows with DynamoDB transactions").
 */
final class TransactionUnits {
  static final String OPERATION = "TransactWriteItems";
  private static final String COUNTED = "-counted";
  private static final BigDecimal TWICE = BigDecimal.valueOf(2);

  private final List<TableEntry> tables;
  private final BiFunction<String, ObjectNode, JsonNode> dynamoDb;

  /**
   * Counts in these tables.
   *
   * @param dynamoDb takes an operation with its body, and answers
   */
  TransactionUnits(List<TableEntry> tables, BiFunction<String, ObjectNode, JsonNode> dynamoDb) {
    this.tables = tables;
    this.dynamoDb = dynamoDb;
  }

  /** What a table of counted writes is called. */
  static String counted(String table) {
    return table + COUNTED;
  }

  /** An item of a transaction before it is written. */
  private record Written(String kind, String table, ObjectNode key, JsonNode before) {}

  /** What a transaction is about to write, as it is before that. */
  final class Before {
    private final List<Written> items = new ArrayList<>();

    private Before(JsonNode transaction) {
      for (JsonNode item : transaction.path("TransactItems")) {
        Map.Entry<String, JsonNode> write = item.properties().iterator().next();
        String table = write.getValue().path("TableName").asText();
        JsonNode keyed = write.getValue().path(write.getKey().equals("Put") ? "Item" : "Key");
        ObjectNode key = key(table, keyed);
        items.add(new Written(write.getKey(), table, key, read(table, key)));
      }
    }

    /** The consumed capacities of the items, once they are written, as DynamoDB reports them. */
    ArrayNode consumed() {
      ArrayNode consumed = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> consumed.add(twice(item)));
      return consumed;
    }
  }

  /** Reads what a transaction is about to write. */
  Before before(JsonNode transaction) {
    return new Before(transaction);
  }

  private ObjectNode key(String table, JsonNode attributes) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    tables.stream()
        .filter(entry -> entry.name().equals(table))
        .findFirst()
        .orElseThrow()
        .properties()
        .path("KeySchema")
        .findValuesAsText("AttributeName")
        .forEach(name -> key.set(name, attributes.path(name)));
    return key;
  }

  private JsonNode read(String table, ObjectNode key) {
    ObjectNode get = on(table).put("ConsistentRead", true);
    get.set("Key", key);
    return dynamoDb.apply("GetItem", get).path("Item");
  }

  private ObjectNode twice(Written item) {
    JsonNode after = read(item.table(), item.key());
    JsonNode once =
        item.kind().equals("ConditionCheck")
            ? checked(item)
            : written(item.table(), item.key(), item.before(), after);
    ObjectNode twice = JsonNodeFactory.instance.objectNode();
    twice.put("CapacityUnits", units(once).multiply(TWICE));
    ObjectNode indexes = twice.putObject("GlobalSecondaryIndexes");
    once.path("GlobalSecondaryIndexes")
        .properties()
        .forEach(
            index ->
                indexes
                    .putObject(index.getKey())
                    .put("CapacityUnits", units(index.getValue()).multiply(TWICE)));
    return twice;
  }

  /** A check costs as much as writing the item, without its indexes. */
  private JsonNode checked(Written item) {
    return written(item.table(), item.key(), item.before(), item.before()).path("Table");
  }

  /** What it consumes to make of one item another one; either may be missing. */
  private JsonNode written(String table, ObjectNode key, JsonNode before, JsonNode after) {
    String counted = counted(table);
    if (before.isObject()) {
      put(counted, before);
    }
    JsonNode consumed = after.isObject() ? put(counted, after) : delete(counted, key);
    if (after.isObject()) {
      delete(counted, key);
    }
    return consumed;
  }

  private JsonNode put(String table, JsonNode item) {
    ObjectNode put = on(table);
    put.set("Item", item);
    return dynamoDb.apply("PutItem", put).path("ConsumedCapacity");
  }

  private JsonNode delete(String table, ObjectNode key) {
    ObjectNode delete = on(table);
    delete.set("Key", key);
    return dynamoDb.apply("DeleteItem", delete).path("ConsumedCapacity");
  }

  private static ObjectNode on(String table) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("TableName", table)
        .put("ReturnConsumedCapacity", "INDEXES");
  }

  private static BigDecimal units(JsonNode consumed) {
    return consumed.path("CapacityUnits").decimalValue();
  }
}
