package dev.clockbill.table;

import dev.clockbill.shared.AwsService;
import dev.clockbill.shared.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One conditional write of one item. Built by one thread, used once.
 *
 * <p>Every write carries a condition: a new item {@link #ifAbsent()}, a change the state or version
 * that was read.
 *
 * <p>A call whose outcome is not known is repeated ({@link AwsService}). A repeated transaction is
 * recognized by its client token. A single write has none, so it leaves its own id on the item:
 * only an item with that id shows that this very write took effect and not an equal one.
 */
public final class Write {
  private enum Kind {
    PUT("Put"),
    UPDATE("Update"),
    DELETE("Delete"),
    CHECK("ConditionCheck");

    private final String part;

    Kind(String part) {
      this.part = part;
    }
  }

  private static final Pattern PLACEHOLDER = Pattern.compile(":v\\d+");
  private static final String WRITE_ID = "writeId";

  private final Kind kind;
  private final String id = Ids.next();
  private final Map<String, Object> item;
  private final Map<String, Object> key;
  private final Map<String, String> sets = new LinkedHashMap<>();
  private final Set<String> removes = new LinkedHashSet<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();
  private List<String> conditions = new ArrayList<>();
  private int placeholders;
  private Function<Optional<Item>, RuntimeException> refusal;

  private Write(Kind kind, Map<String, Object> item, String firm, String key) {
    this.kind = kind;
    this.item = item;
    this.key = Table.key(firm, key);
    if (kind == Kind.UPDATE) {
      set(WRITE_ID, id);
    }
  }

  /** Writes a whole item: the attributes beside its keys, nulls left out. */
  public static Write put(String firm, String key, Map<String, Object> attributes) {
    Map<String, Object> item = new LinkedHashMap<>(Table.key(firm, key));
    item.putAll(Item.values(attributes));
    return new Write(Kind.PUT, item, firm, key);
  }

  /** Changes single attributes of an item that exists. */
  public static Write update(String firm, String key) {
    return new Write(Kind.UPDATE, Map.of(), firm, key).ifPresent();
  }

  /** Changes single attributes of an item, which is made where it is missing. */
  public static Write upsert(String firm, String key) {
    return new Write(Kind.UPDATE, Map.of(), firm, key);
  }

  /** Deletes an item. */
  public static Write delete(String firm, String key) {
    return new Write(Kind.DELETE, Map.of(), firm, key);
  }

  /** Changes nothing, but makes its transaction depend on its conditions. */
  public static Write check(String firm, String key) {
    return new Write(Kind.CHECK, Map.of(), firm, key);
  }

  /**
   * Sets an attribute; null removes it. Of several calls of this, {@link #remove} and {@link #add}
   * for one attribute the last one holds.
   */
  public Write set(String attribute, Object value) {
    if (value == null) {
      return remove(attribute);
    }
    if (kind == Kind.PUT) {
      item.put(attribute, Item.value(value));
      return this;
    }
    return assign(name(attribute), value(value));
  }

  /** Sets attributes; nulls are removed. */
  public Write setAll(Map<String, Object> attributes) {
    attributes.forEach(this::set);
    return this;
  }

  /** Removes an attribute. */
  public Write remove(String attribute) {
    if (kind == Kind.PUT) {
      item.remove(attribute);
      return this;
    }
    String name = name(attribute);
    forget(sets.remove(name));
    removes.add(name);
    return this;
  }

  /** Adds to a number; absent counts as zero. */
  public Write add(String attribute, long by) {
    String name = name(attribute);
    return assign(name, "if_not_exists(" + name + ", " + value(0L) + ") + " + value(by));
  }

  private Write assign(String name, String expression) {
    removes.remove(name);
    forget(sets.put(name, expression));
    return this;
  }

  /** Drops the values of what was replaced: DynamoDB refuses values that no expression uses. */
  private void forget(String replaced) {
    if (replaced != null) {
      PLACEHOLDER.matcher(replaced).results().map(MatchResult::group).forEach(values::remove);
    }
  }

  /** Puts the item into a queue, to be due at an instant. */
  public Write due(DueQueue queue, String itemId, Instant when) {
    return set(Index.DUE.partition(), queue.partition(itemId)).set(Index.DUE.sort(), when);
  }

  /** Takes the item out of its queue. */
  public Write notDue() {
    return remove(Index.DUE.partition()).remove(Index.DUE.sort());
  }

  /** Only if there is no such item yet. */
  public Write ifAbsent() {
    return when("attribute_not_exists(" + name("item") + ")");
  }

  /** Only if there is such an item. */
  public Write ifPresent() {
    return when("attribute_exists(" + name("item") + ")");
  }

  /** Only if the attribute has this value; null: only if it is absent. */
  public Write ifEquals(String attribute, Object expected) {
    return expected == null
        ? when("attribute_not_exists(" + name(attribute) + ")")
        : when(name(attribute) + " = " + value(expected));
  }

  /** Only if the attribute has one of these values. */
  public Write ifOneOf(String attribute, List<?> expected) {
    String name = name(attribute);
    List<String> listed = expected.stream().map(this::value).toList();
    return when(name + " IN (" + String.join(", ", listed) + ")");
  }

  /** Only if the attribute is at most this value. */
  public Write ifAtMost(String attribute, Object bound) {
    return when(name(attribute) + " <= " + value(bound));
  }

  /** Only if the attribute is absent, or below this value. */
  public Write ifAbsentOrBelow(String attribute, Object bound) {
    String name = name(attribute);
    return when("(attribute_not_exists(" + name + ") OR " + name + " < " + value(bound) + ")");
  }

  /** Only if at least one of these alternatives holds; each adds its conditions to this write. */
  public Write ifEither(List<Consumer<Write>> alternatives) {
    List<String> outer = conditions;
    List<String> joined = new ArrayList<>();
    for (Consumer<Write> alternative : alternatives) {
      conditions = new ArrayList<>();
      alternative.accept(this);
      joined.add("(" + String.join(" AND ", conditions) + ")");
    }
    conditions = outer;
    return when("(" + String.join(" OR ", joined) + ")");
  }

  /**
   * Says what it means that the condition failed, so that the transaction is refused with this
   * instead of {@link ConditionFailed}.
   *
   * @param refusal takes the item as it is, if there is one
   */
  public Write orRefuse(Function<Optional<Item>, RuntimeException> refusal) {
    this.refusal = refusal;
    return this;
  }

  private Write when(String condition) {
    conditions.add(condition);
    return this;
  }

  private String name(String attribute) {
    String placeholder = "#" + attribute;
    names.put(placeholder, attribute);
    return placeholder;
  }

  private String value(Object value) {
    String placeholder = ":v" + placeholders++;
    values.put(placeholder, Item.value(value));
    return placeholder;
  }

  /** What a failed condition means, if this write says so. */
  Optional<RuntimeException> refused(Optional<Item> old) {
    return Optional.ofNullable(refusal).map(meaning -> meaning.apply(old));
  }

  /** As a part of a transaction. */
  Map<String, Object> inTransaction(String table) {
    return Map.of(kind.part, request(table, item));
  }

  /** What DynamoDB's API calls it, alone or as a part. */
  private Map<String, Object> request(String table, Map<String, Object> whole) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("TableName", table);
    if (kind == Kind.PUT) {
      request.put("Item", whole);
    } else {
      request.put("Key", key);
    }
    if (kind == Kind.UPDATE) {
      request.put("UpdateExpression", updates());
    }
    if (!conditions.isEmpty()) {
      request.put("ConditionExpression", String.join(" AND ", conditions));
    }
    if (!names.isEmpty()) {
      request.put("ExpressionAttributeNames", names);
    }
    if (!values.isEmpty()) {
      request.put("ExpressionAttributeValues", values);
    }
    request.put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
    return request;
  }

  /**
   * Whether it can be written alone. A deleted item keeps no id of who deleted it, so deletes go as
   * transactions of one.
   */
  boolean canGoAlone() {
    return kind == Kind.PUT || kind == Kind.UPDATE;
  }

  /** Writes it alone, with its id on the item. */
  void alone(AwsService dynamoDb, String table) {
    if (kind == Kind.PUT) {
      Map<String, Object> marked = new LinkedHashMap<>(item);
      marked.put(WRITE_ID, Item.value(id));
      dynamoDb.call("PutItem", request(table, marked));
    } else {
      dynamoDb.call("UpdateItem", request(table, item));
    }
  }

  /** Whether an item carries the id of this write: then it took effect. */
  boolean tookEffect(Item present) {
    return id.equals(present.text(WRITE_ID));
  }

  private String updates() {
    String set =
        sets.entrySet().stream()
            .map(each -> each.getKey() + " = " + each.getValue())
            .collect(Collectors.joining(", ", "SET ", ""));
    String remove = removes.isEmpty() ? "" : " REMOVE " + String.join(", ", removes);
    return set + remove;
  }
}
