package dev.clockbill.table;

import dev.clockbill.shared.AwsRefused;
import dev.clockbill.shared.AwsService;
import dev.clockbill.shared.Chance;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Priming;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one table. Every read and write names the firm, the partition, so that code which holds one
 * firm's id cannot address another firm's data.
 */
public final class Table {
  private static final int TRIES = 8;

  /** How many items BatchGetItem reads. */
  private static final int MOST_READ = 100;

  private static final String REASONS = "CancellationReasons";

  /** Of a transaction that was cancelled: what another attempt may not meet. */
  private static final Set<String> PASSING =
      Set.of("None", "TransactionConflict", "ThrottlingError");

  private final AwsService dynamoDb;
  private final String table;

  /** The table that the environment's {@code TABLE_NAME} names. */
  public Table(Environment environment) {
    this.table = environment.required("TABLE_NAME");
    this.dynamoDb = AwsService.dynamoDb(environment);
    Priming.call(environment, unprimed -> new Table(unprimed).glance("nobody", "nothing"));
  }

  static Map<String, Object> key(String firm, String key) {
    return Map.of("firm", Item.value(firm), "item", Item.value(key));
  }

  /** Reads one item, as the last write left it. */
  public Optional<Item> get(String firm, String key) {
    return get(firm, key, true);
  }

  /** Reads one item, possibly as it was a moment ago: for half the price of {@link #get}. */
  public Optional<Item> glance(String firm, String key) {
    return get(firm, key, false);
  }

  private Optional<Item> get(String firm, String key, boolean consistent) {
    Map<String, Object> get =
        Map.of("TableName", table, "Key", key(firm, key), "ConsistentRead", consistent);
    return item(dynamoDb.call("GetItem", get), "Item");
  }

  /** The item that an answer has under a name. */
  private static Optional<Item> item(Map<String, Object> answer, String name) {
    return Optional.of(Json.object(answer, name)).filter(found -> !found.isEmpty()).map(Item::new);
  }

  private static Stream<Item> items(Map<String, Object> answer) {
    return Json.objects(answer, "Items").stream().map(Item::new);
  }

  /** Reads items by their keys, as the last writes left them; missing ones are absent. */
  public Map<String, Item> get(String firm, List<String> keys) {
    Map<String, Item> found = new LinkedHashMap<>();
    List<Map<String, Object>> wanted = new ArrayList<>();
    new LinkedHashSet<>(keys).forEach(key -> wanted.add(key(firm, key)));
    for (int from = 0; from < wanted.size(); from += MOST_READ) {
      read(wanted.subList(from, Math.min(from + MOST_READ, wanted.size())), found);
    }
    return found;
  }

  private void read(List<Map<String, Object>> keys, Map<String, Item> found) {
    Map<String, Object> open = Map.of(table, Map.of("Keys", keys, "ConsistentRead", true));
    for (int attempt = 1; !open.isEmpty(); attempt++) {
      Map<String, Object> answer = dynamoDb.call("BatchGetItem", Map.of("RequestItems", open));
      Json.objects(Json.object(answer, "Responses"), table).stream()
          .map(Item::new)
          .forEach(item -> found.put(item.key(), item));
      open = Json.object(answer, "UnprocessedKeys");
      if (!open.isEmpty()) {
        pause(attempt);
      }
    }
  }

  /** Reads all items whose keys begin with a prefix, in the order of the keys. */
  public List<Item> family(String firm, String prefix) {
    return all(
        Json.object(
            "TableName",
            table,
            "ConsistentRead",
            true,
            "KeyConditionExpression",
            "#firm = :firm AND begins_with(#item, :prefix)",
            "ExpressionAttributeNames",
            Map.of("#firm", "firm", "#item", "item"),
            "ExpressionAttributeValues",
            Map.of(":firm", Item.value(firm), ":prefix", Item.value(prefix))));
  }

  /** Everything that a query finds, page after page. */
  private List<Item> all(Map<String, Object> query) {
    List<Item> found = new ArrayList<>();
    Map<String, Object> next = query;
    while (!next.isEmpty()) {
      Map<String, Object> answer = dynamoDb.call("Query", next);
      items(answer).forEach(found::add);
      Map<String, Object> last = Json.object(answer, "LastEvaluatedKey");
      next = last.isEmpty() ? Map.of() : from(query, last);
    }
    return found;
  }

  private static Map<String, Object> from(Map<String, Object> query, Map<String, Object> start) {
    Map<String, Object> next = new LinkedHashMap<>(query);
    next.put("ExclusiveStartKey", start);
    return next;
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
    Map<String, Object> query = query(selection);
    query.put("Limit", whole ? limit + 1 : limit);
    if (cursor != null) {
      query.put("ExclusiveStartKey", opened(selection, cursor));
    }
    Map<String, Object> answer;
    try {
      answer = dynamoDb.call("Query", query);
    } catch (AwsRefused refused) {
      if (cursor != null && refused.code().equals("ValidationException")) {
        throw new WrongCursor();
      }
      throw refused;
    }
    List<Item> items = items(answer).toList();
    if (whole && items.size() > limit) {
      return new Page(items.subList(0, limit), cursor(selection, items.get(limit - 1)));
    }
    Map<String, Object> last = Json.object(answer, "LastEvaluatedKey");
    return new Page(items, last.isEmpty() ? null : sealed(new Item(last)));
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
    Map<String, Object> key = new LinkedHashMap<>();
    for (String part :
        List.of("firm", "item", selection.index().partition(), selection.index().sort())) {
      key.put(part, last.attributes().get(part));
    }
    return sealed(new Item(key));
  }

  /** Reads everything that a selection holds, page after page. */
  public List<Item> all(IndexQuery selection) {
    return all(query(selection));
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
        write.alone(dynamoDb, table);
        return;
      } catch (AwsRefused refused) {
        if (refused.code().equals("ConditionalCheckFailedException")) {
          Optional<Item> present = item(refused.answer(), "Item");
          if (present.filter(write::tookEffect).isPresent()) {
            return;
          }
          throw new ConditionFailed(Map.of(write, present));
        }
        again(attempt, refused);
      }
    }
  }

  private void writeTogether(List<Write> writes) {
    List<Map<String, Object>> parts =
        writes.stream().map(write -> write.inTransaction(table)).toList();
    String token = Ids.next();
    for (int attempt = 1; ; attempt++) {
      try {
        dynamoDb.call(
            "TransactWriteItems", Map.of("TransactItems", parts, "ClientRequestToken", token));
        return;
      } catch (AwsRefused refused) {
        List<Map<String, Object>> reasons = Json.objects(refused.answer(), REASONS);
        if (reasons.stream().anyMatch(Table::conditionFailed)) {
          throw failed(writes, reasons);
        }
        again(attempt, refused);
        // One that is under way may still take effect: the same token finds out.
        if (!refused.code().equals("TransactionInProgressException")) {
          token = Ids.next();
        }
      }
    }
  }

  private static ConditionFailed failed(List<Write> writes, List<Map<String, Object>> reasons) {
    Map<Write, Optional<Item>> failed = new LinkedHashMap<>();
    for (int at = 0; at < writes.size(); at++) {
      if (conditionFailed(reasons.get(at))) {
        failed.put(writes.get(at), item(reasons.get(at), "Item"));
      }
    }
    return new ConditionFailed(failed);
  }

  private static boolean conditionFailed(Map<String, Object> reason) {
    return "ConditionalCheckFailed".equals(reason.get("Code"));
  }

  /** Waits a little before a write that met another one is tried again, or gives up. */
  private static void again(int attempt, AwsRefused refused) {
    boolean conflict =
        switch (refused.code()) {
          case "TransactionConflictException", "TransactionInProgressException" -> true;
          case "TransactionCanceledException" ->
              Json.objects(refused.answer(), REASONS).stream()
                  .allMatch(reason -> PASSING.contains(Json.text(reason, "Code")));
          default -> false;
        };
    if (!conflict || attempt >= TRIES) {
      throw refused;
    }
    pause(attempt);
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(Chance.below(10L << Math.min(attempt, 6)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the table", interrupted);
    }
  }

  private Map<String, Object> query(IndexQuery selection) {
    Map<String, Object> names = new LinkedHashMap<>();
    Map<String, Object> values = new LinkedHashMap<>();
    names.put("#partition", selection.index().partition());
    values.put(":partition", Item.value(selection.partition()));
    StringBuilder keys = new StringBuilder("#partition = :partition");
    boolean bounded = selection.from() != null || selection.upTo() != null;
    if (bounded) {
      names.put("#sort", selection.index().sort());
      values.put(":from", Item.value(selection.from() == null ? " " : selection.from()));
      values.put(":upTo", Item.value(selection.upTo() == null ? "\uffff" : selection.upTo()));
      keys.append(" AND #sort BETWEEN :from AND :upTo");
    }
    List<String> filters = new ArrayList<>();
    selection
        .equal()
        .forEach(
            (attribute, value) -> {
              names.put("#" + attribute, attribute);
              values.put(":" + attribute, Item.value(value));
              filters.add("#" + attribute + " = :" + attribute);
            });
    Map<String, Object> query =
        Json.object(
            "TableName",
            table,
            "IndexName",
            selection.index().indexName(),
            "KeyConditionExpression",
            keys.toString(),
            "ExpressionAttributeNames",
            names,
            "ExpressionAttributeValues",
            values,
            "ScanIndexForward",
            !selection.newestFirst());
    if (!filters.isEmpty()) {
      query.put("FilterExpression", String.join(" AND ", filters));
    }
    return query;
  }

  private static String sealed(Item position) {
    Map<String, Object> key = new LinkedHashMap<>();
    position.attributes().keySet().forEach(name -> key.put(name, position.text(name)));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(key).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> opened(IndexQuery selection, String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      Map<String, Object> key = new LinkedHashMap<>();
      ((Map<?, ?>) Json.read(text))
          .forEach((name, value) -> key.put((String) name, Item.value((String) value)));
      if (!selection.partition().equals(new Item(key).text(selection.index().partition()))) {
        throw new WrongCursor();
      }
      return key;
    } catch (IllegalArgumentException | ClassCastException wrong) {
      throw new WrongCursor();
    }
  }
}
