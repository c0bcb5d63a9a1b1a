package dev.clockbill.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.template.TableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Each item of a transaction is counted, whatever the others consume. */
class TransactionUnitsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ITEM =
      "{\"Item\": {\"firm\": {\"S\": \"f\"}, \"item\": {\"S\": \"%s\"}}}";

  private final List<String> asked = new ArrayList<>();

  /** A table in which everything is there, and a write costs 3, of which an index has 1. */
  private JsonNode answer(String operation, ObjectNode body) {
    asked.add(operation + " " + body.path("TableName").asText());
    return json(
        operation.equals("GetItem")
            ? ITEM.formatted("any")
            : """
            {"ConsumedCapacity": {"CapacityUnits": 3, "Table": {"CapacityUnits": 2},
             "GlobalSecondaryIndexes": {"Due": {"CapacityUnits": 1}}}}
            """);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  private List<String> units(String transaction) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.set(
        "KeySchema", json("[{\"AttributeName\": \"firm\"}, {\"AttributeName\": \"item\"}]"));
    TransactionUnits units =
        new TransactionUnits(List.of(new TableEntry("Ledger", "Ledger", properties)), this::answer);
    return StreamSupport.stream(units.before(json(transaction)).consumed().spliterator(), false)
        .map(
            item ->
                item.path("CapacityUnits").asInt()
                    + " "
                    + item.at("/GlobalSecondaryIndexes/Due/CapacityUnits").asInt())
        .toList();
  }

  private static String write(String kind, String key) {
    String attributes = ITEM.formatted(key).replace("Item", kind.equals("Put") ? "Item" : "Key");
    return "{\"%s\": {\"TableName\": \"Ledger\", %s}".formatted(kind, attributes.substring(1));
  }

  @Test
  void itemsThatConsumeTheSameAreAllCountedTwiceWhatTheyCostAlone() {
    String transaction =
        "{\"TransactItems\": [%s, %s, %s]}"
            .formatted(write("Put", "a"), write("Update", "b"), write("Delete", "c"));
    assertThat(units(transaction)).containsExactly("6 2", "6 2", "6 2");
    assertThat(asked).contains("PutItem Ledger-counted").doesNotContain("PutItem Ledger");
  }

  @Test
  void aCheckCostsTheItemAndNoIndex() {
    assertThat(units("{\"TransactItems\": [%s]}".formatted(write("ConditionCheck", "a"))))
        .containsExactly("4 0");
  }
}
