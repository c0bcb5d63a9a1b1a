package dev.clockbill.units;

import dev.clockbill.Partition;
import dev.clockbill.local.Stack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Makes a long past for a firm: what the product has made once is copied in the table many times,
 * which is quicker than doing the work of years.
 */
final class History implements AutoCloseable {
  private static final int AT_ONCE = 25;

  private final DynamoDbClient client;
  private final String table;

  History(Stack stack) {
    Map<String, String> environment = stack.environment("Timers");
    this.table = environment.get("TABLE_NAME");
    this.client = Partition.client(environment);
  }

  /**
   * Copies an item, with another id each time.
   *
   * @param key such as {@code TIME#01J…}
   * @param from the number of the first copy
   * @param times how many; all numbers are below a million
   * @param change what else is to be another thing in the copy of a number
   */
  void copy(
      String firm,
      String key,
      int from,
      int times,
      BiConsumer<Map<String, AttributeValue>, Integer> change)
      throws Exception {
    Map<String, AttributeValue> item =
        client
            .getItem(
                get ->
                    get.tableName(table)
                        .key(
                            Map.of(
                                "firm", AttributeValue.fromS(firm),
                                "item", AttributeValue.fromS(key))))
            .item();
    String id = key.substring(key.indexOf('#') + 1);
    List<Callable<Void>> writes =
        IntStream.range(from, from + times)
            .boxed()
            .gather(Gatherers.windowFixed(AT_ONCE))
            .map(
                some ->
                    (Callable<Void>)
                        () ->
                            write(
                                some.stream()
                                    .map(number -> copied(item, id, number, change))
                                    .toList()))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Void>> done = new ArrayList<>(threads.invokeAll(writes));
      for (Future<Void> each : done) {
        each.get();
      }
    }
  }

  private Void write(List<WriteRequest> some) {
    client.batchWriteItem(batch -> batch.requestItems(Map.of(table, some)));
    return null;
  }

  private static WriteRequest copied(
      Map<String, AttributeValue> item,
      String id,
      int number,
      BiConsumer<Map<String, AttributeValue>, Integer> change) {
    String other = "%s%06d".formatted(id.substring(0, id.length() - 6), number);
    Map<String, AttributeValue> copy = new HashMap<>();
    item.forEach(
        (name, value) ->
            copy.put(
                name,
                value.s() == null ? value : AttributeValue.fromS(value.s().replace(id, other))));
    change.accept(copy, number);
    return WriteRequest.builder().putRequest(PutRequest.builder().item(copy).build()).build();
  }

  /** Moves a copied entry into the past: eleven days, and an hour for each number. */
  static void earlier(Map<String, AttributeValue> entry, int number) {
    Instant startedAt =
        Instant.parse(entry.get("startedAt").s()).minusSeconds(3_600L * (number + 11 * 24));
    String id = entry.get("item").s().replace("TIME#", "");
    entry.put("startedAt", AttributeValue.fromS(startedAt.toString()));
    entry.put("stoppedAt", AttributeValue.fromS(startedAt.plusSeconds(1_800).toString()));
    entry.put("workedOn", AttributeValue.fromS(startedAt.toString().substring(0, 10)));
    entry.put("orderedBy", AttributeValue.fromS(startedAt + "#" + id));
  }

  /** Leaves a copy as it is, but for its id. */
  static void another(Map<String, AttributeValue> item, int number) {}

  /** Makes a copy of a sent invoice a paid one. */
  static void paid(Map<String, AttributeValue> invoice, int number) {
    invoice.put("state", AttributeValue.fromS("paid"));
    invoice.computeIfPresent(
        "byState", (name, value) -> AttributeValue.fromS(value.s().replace("sent", "paid")));
    invoice.remove("byStaff");
  }

  /** Lets the day come on which a firm bills. */
  void monthIsOver(String firm) {
    client.updateItem(
        update ->
            update
                .tableName(table)
                .key(
                    Map.of(
                        "firm", AttributeValue.fromS(firm),
                        "item", AttributeValue.fromS("BILLING")))
                .updateExpression("SET upTo = :day, dueAt = :due")
                .expressionAttributeValues(
                    Map.of(
                        ":day", AttributeValue.fromS("2020-01-28"),
                        ":due", AttributeValue.fromS("2020-01-29T06:00:00Z"))));
  }

  @Override
  public void close() {
    client.close();
  }
}
