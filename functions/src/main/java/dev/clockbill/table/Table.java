package dev.clockbill.table;

import dev.clockbill.shared.AwsClients;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * The one table. Every read and write names the firm, the partition, so that code which holds one
 * firm's id cannot address another firm's data.
 */
public final class Table {
  private static final int TRIES = 8;

  /** How many items BatchGetItem reads. */
  private static final int MOST_READ = 100;

  private final DynamoDbClient client;
  private final String table;

  /** The table that the environment's {@code TABLE_NAME} names. */
  public Table(Environment environment) {
    this.table = environment.required("TABLE_NAME");
    this.client = AwsClients.dynamoDb(environment);
  }

  static Map<String, AttributeValue> key(String firm, String key) {
    return Map.of("firm", AttributeValue.fromS(firm), "item", AttributeValue.fromS(key));
  }

  /** Reads one item, as the last write left it. */
  public Optional<Item> get(String firm, String key) {
    Map<String, AttributeValue> found =
        client.getItem(get -> get.tableName(table).key(key(firm, key)).consistentRead(true)).item();
    return found.isEmpty() ? Optional.empty() : Optional.of(new Item(found));
  }

  /** Reads one item, possibly as it was a moment ago: for half the price of {@link #get}. */
  public Optional<Item> glance(String firm, String key) {
    Map<String, AttributeValue> found =
        client.getItem(get -> get.tableName(table).key(key(firm, key))).item();
    return found.isEmpty() ? Optional.empty() : Optional.of(new Item(found));
  }

  /** Reads items by their keys, as the last writes left them; missing ones are absent. */
  public Map<String, Item> get(String firm, List<String> keys) {
    Map<String, Item> found = new LinkedHashMap<>();
    keys.stream()
        .distinct()
        .map(key -> key(firm, key))
        .gather(Gatherers.windowFixed(MOST_READ))
        .forEach(some -> read(some, found));
    return found;
  }

  private void read(List<Map<String, AttributeValue>> keys, Map<String, Item> found) {
    Map<String, KeysAndAttributes> open =
        Map.of(table, KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
    for (int attempt = 1; !open.isEmpty(); attempt++) {
      Map<String, KeysAndAttributes> asked = open;
      var answer = client.batchGetItem(batch -> batch.requestItems(asked));
      answer
          .responses()
          .getOrDefault(table, List.of())
          .forEach(item -> found.put(item.get("item").s(), new Item(item)));
      open = answer.unprocessedKeys();
      if (!open.isEmpty()) {
        pause(attempt);
      }
    }
  }

  /** Reads all items whose keys begin with a prefix, in the order of the keys. */
  public List<Item> family(String firm, String prefix) {
    List<Item> found = new ArrayList<>();
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression("#firm = :firm AND begins_with(#item, :prefix)")
            .expressionAttributeNames(Map.of("#firm", "firm", "#item", "item"))
            .expressionAttributeValues(
                Map.of(
                    ":firm", AttributeValue.fromS(firm), ":prefix", AttributeValue.fromS(prefix)))
            .build();
    client.queryPaginator(request).items().forEach(item -> found.add(new Item(item)));
    return found;
  }

  /**
   * Reads one page of an index. Where no attributes are compared the page has a {@code next} only
   * if there is something after it.
   *
   * @param limit how many items to look at; where attributes are compared, fewer may be found
   * @param cursor the {@code next} of the page before, or null for the first
   * @throws WrongCursor if the cursor is not of this selection
   */
  public Page page(IndexQuery selection, int limit, String cursor) {
    if (selection.holdsNothing()) {
      return new Page(List.of(), null);
    }
    boolean whole = selection.equal().isEmpty();
    QueryRequest.Builder query = query(selection).limit(whole ? limit + 1 : limit);
    if (cursor != null) {
      query.exclusiveStartKey(opened(selection, cursor));
    }
    QueryResponse answer;
    try {
      answer = client.query(query.build());
    } catch (DynamoDbException refused) {
      if (cursor != null && "ValidationException".equals(refused.awsErrorDetails().errorCode())) {
        throw new WrongCursor();
      }
      throw refused;
    }
    List<Item> items = answer.items().stream().map(Item::new).toList();
    if (whole && items.size() > limit) {
      return new Page(items.subList(0, limit), cursor(selection, items.get(limit - 1)));
    }
    Map<String, AttributeValue> last = answer.lastEvaluatedKey();
    return new Page(items, last.isEmpty() ? null : sealed(last));
  }

  /**
   * The cursor with which a page begins after an item of the selection, wherever that was read.
   *
   * @throws WrongCursor if the item is not of this selection
   */
  public String cursor(IndexQuery selection, Item last) {
    if (!selection.partition().equals(last.text(selection.index().partition()))) {
      throw new WrongCursor();
    }
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    for (String part :
        List.of("firm", "item", selection.index().partition(), selection.index().sort())) {
      key.put(part, last.attributes().get(part));
    }
    return sealed(key);
  }

  /** Reads everything that a selection holds, page after page. */
  public List<Item> all(IndexQuery selection) {
    List<Item> found = new ArrayList<>();
    client
        .queryPaginator(query(selection).build())
        .items()
        .forEach(item -> found.add(new Item(item)));
    return found;
  }

  /** Begins an attempt to change a firm's data. */
  public UnitOfWork begin(String firm) {
    return new UnitOfWork(this, firm);
  }

  /**
   * Does one write.
   *
   * @throws ConditionFailed if its condition failed
   */
  public void write(Write write) {
    write(List.of(write));
  }

  /**
   * Does up to 100 writes of different items, all or none.
   *
   * @throws ConditionFailed if a condition failed
   */
  void write(List<Write> writes) {
    if (writes.size() == 1 && writes.getFirst().canGoAlone()) {
      writeAlone(writes.getFirst());
    } else if (!writes.isEmpty()) {
      writeTogether(writes);
    }
  }

  private void writeAlone(Write write) {
    for (int attempt = 1; ; attempt++) {
      try {
        write.alone(client, table);
        return;
      } catch (ConditionalCheckFailedException failed) {
        if (failed.hasItem() && write.tookEffect(failed.item())) {
          return;
        }
        throw new ConditionFailed(
            Map.of(
                write, failed.hasItem() ? Optional.of(new Item(failed.item())) : Optional.empty()));
      } catch (TransactionConflictException conflict) {
        again(attempt, conflict);
      }
    }
  }

  private void writeTogether(List<Write> writes) {
    List<TransactWriteItem> parts =
        writes.stream().map(write -> write.inTransaction(table)).toList();
    String token = Ids.next();
    for (int attempt = 1; ; attempt++) {
      String own = token;
      try {
        client.transactWriteItems(
            transaction -> transaction.transactItems(parts).clientRequestToken(own));
        return;
      } catch (TransactionCanceledException cancelled) {
        if (cancelled.cancellationReasons().stream().anyMatch(Table::conditionFailed)) {
          throw failed(writes, cancelled.cancellationReasons());
        }
        again(attempt, cancelled);
        token = Ids.next();
      } catch (TransactionInProgressException underWay) {
        // It may still take effect: the same token finds out.
        again(attempt, underWay);
      }
    }
  }

  private static ConditionFailed failed(List<Write> writes, List<CancellationReason> reasons) {
    Map<Write, Optional<Item>> failed = new LinkedHashMap<>();
    for (int at = 0; at < writes.size(); at++) {
      CancellationReason reason = reasons.get(at);
      if (conditionFailed(reason)) {
        boolean present = reason.hasItem() && !reason.item().isEmpty();
        failed.put(
            writes.get(at), present ? Optional.of(new Item(reason.item())) : Optional.empty());
      }
    }
    return new ConditionFailed(failed);
  }

  private static boolean conditionFailed(CancellationReason reason) {
    return "ConditionalCheckFailed".equals(reason.code());
  }

  /** Waits a little before a write that met another one is tried again, or gives up. */
  private static void again(int attempt, RuntimeException cause) {
    boolean conflict =
        !(cause instanceof TransactionCanceledException cancelled)
            || cancelled.cancellationReasons().stream()
                .allMatch(
                    reason ->
                        List.of("None", "TransactionConflict", "ThrottlingError")
                            .contains(reason.code()));
    if (!conflict || attempt >= TRIES) {
      throw cause;
    }
    pause(attempt);
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(10L << Math.min(attempt, 6)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the table", interrupted);
    }
  }

  private QueryRequest.Builder query(IndexQuery selection) {
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    names.put("#partition", selection.index().partition());
    values.put(":partition", AttributeValue.fromS(selection.partition()));
    StringBuilder keys = new StringBuilder("#partition = :partition");
    boolean bounded = selection.from() != null || selection.upTo() != null;
    if (bounded) {
      names.put("#sort", selection.index().sort());
      values.put(":from", AttributeValue.fromS(selection.from() == null ? " " : selection.from()));
      values.put(
          ":upTo", AttributeValue.fromS(selection.upTo() == null ? "\uffff" : selection.upTo()));
      keys.append(" AND #sort BETWEEN :from AND :upTo");
    }
    List<String> filters = new ArrayList<>();
    selection
        .equal()
        .forEach(
            (attribute, value) -> {
              names.put("#" + attribute, attribute);
              values.put(":" + attribute, AttributeValue.fromS(value));
              filters.add("#" + attribute + " = :" + attribute);
            });
    return QueryRequest.builder()
        .tableName(table)
        .indexName(selection.index().indexName())
        .keyConditionExpression(keys.toString())
        .filterExpression(filters.isEmpty() ? null : String.join(" AND ", filters))
        .expressionAttributeNames(names)
        .expressionAttributeValues(values)
        .scanIndexForward(!selection.newestFirst());
  }

  private static String sealed(Map<String, AttributeValue> position) {
    Map<String, Object> key = new LinkedHashMap<>();
    position.forEach((name, value) -> key.put(name, value.s()));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(key).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, AttributeValue> opened(IndexQuery selection, String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      Map<String, AttributeValue> key = new LinkedHashMap<>();
      ((Map<?, ?>) Json.read(text))
          .forEach((name, value) -> key.put((String) name, AttributeValue.fromS((String) value)));
      AttributeValue partition = AttributeValue.fromS(selection.partition());
      if (!partition.equals(key.get(selection.index().partition()))) {
        throw new WrongCursor();
      }
      return key;
    } catch (IllegalArgumentException | ClassCastException wrong) {
      throw new WrongCursor();
    }
  }
}
