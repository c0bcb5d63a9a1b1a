package dev.clockbill.shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * One conditional write of one item. Built by one thread, used once.
 *
 * <p>Every write carries a condition: a new item {@link #ifAbsent()}, a change the state or version
 * it saw.
 */
public final class Write {
  private enum Kind {
    PUT,
    UPDATE,
    DELETE,
    CHECK
  }

  private static final String WRITE_ID = "writeId";

  private final Kind kind;
  private final String id = Ids.next();
  private final Map<String, AttributeValue> item;
  private final Map<String, AttributeValue> key;
  private final List<String> sets = new ArrayList<>();
  private final List<String> removes = new ArrayList<>();
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, AttributeValue> values = new LinkedHashMap<>();

  private Write(Kind kind, Map<String, AttributeValue> item, String firm, String key) {
    this.kind = kind;
    this.item = item;
    this.key = Ledger.key(firm, key);
    if (kind == Kind.UPDATE) {
      set(WRITE_ID, id);
    }
  }

  /** Writes a whole item: the attributes beside its keys, nulls left out. */
  public static Write put(String firm, String key, Map<String, Object> attributes) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(Ledger.key(firm, key));
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

  /** Changes nothing, but holds the others of its transaction to its conditions. */
  public static Write check(String firm, String key) {
    return new Write(Kind.CHECK, Map.of(), firm, key);
  }

  /** Sets an attribute; null removes it. */
  public Write set(String attribute, Object value) {
    if (value == null) {
      return remove(attribute);
    }
    if (kind == Kind.PUT) {
      item.put(attribute, Item.value(value));
      return this;
    }
    sets.add(name(attribute) + " = " + value(value));
    return this;
  }

  /** Removes an attribute. */
  public Write remove(String attribute) {
    if (kind == Kind.PUT) {
      item.remove(attribute);
      return this;
    }
    removes.add(name(attribute));
    return this;
  }

  /** Adds to a number; absent counts as zero. */
  public Write add(String attribute, long by) {
    String name = name(attribute);
    sets.add(name + " = if_not_exists(" + name + ", " + value(0L) + ") + " + value(by));
    return this;
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

  /** Only if the attribute is absent, or below this value. */
  public Write ifAbsentOrBelow(String attribute, Object bound) {
    String name = name(attribute);
    return when("(attribute_not_exists(" + name + ") OR " + name + " < " + value(bound) + ")");
  }

  /** Only if the item is absent or queued, or only claimed and that before an instant. */
  Write ifAbsentOrClaimedBefore(Object bound) {
    String state = name("state");
    String claimedAt = name("claimedAt");
    return when(
        "(attribute_not_exists("
            + name("item")
            + ") OR "
            + state
            + " = "
            + value("queued")
            + " OR ("
            + state
            + " = "
            + value("claimed")
            + " AND "
            + claimedAt
            + " <= "
            + value(bound)
            + "))");
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
    String placeholder = ":v" + values.size();
    values.put(placeholder, Item.value(value));
    return placeholder;
  }

  private String condition() {
    return conditions.isEmpty() ? null : String.join(" AND ", conditions);
  }

  private String updates() {
    String set = sets.isEmpty() ? "" : "SET " + String.join(", ", sets);
    String remove = removes.isEmpty() ? "" : " REMOVE " + String.join(", ", removes);
    return (set + remove).strip();
  }

  /** As a part of a transaction that names the item as it was if a condition fails. */
  TransactWriteItem inTransaction(String table) {
    Map<String, String> usedNames = names.isEmpty() ? null : names;
    Map<String, AttributeValue> usedValues = values.isEmpty() ? null : values;
    ReturnValuesOnConditionCheckFailure old = ReturnValuesOnConditionCheckFailure.ALL_OLD;
    return switch (kind) {
      case PUT ->
          TransactWriteItem.builder()
              .put(
                  put ->
                      put.tableName(table)
                          .item(item)
                          .conditionExpression(condition())
                          .expressionAttributeNames(usedNames)
                          .expressionAttributeValues(usedValues)
                          .returnValuesOnConditionCheckFailure(old))
              .build();
      case UPDATE ->
          TransactWriteItem.builder()
              .update(
                  update ->
                      update
                          .tableName(table)
                          .key(key)
                          .updateExpression(updates())
                          .conditionExpression(condition())
                          .expressionAttributeNames(usedNames)
                          .expressionAttributeValues(usedValues)
                          .returnValuesOnConditionCheckFailure(old))
              .build();
      case DELETE ->
          TransactWriteItem.builder()
              .delete(
                  delete ->
                      delete
                          .tableName(table)
                          .key(key)
                          .conditionExpression(condition())
                          .expressionAttributeNames(usedNames)
                          .expressionAttributeValues(usedValues)
                          .returnValuesOnConditionCheckFailure(old))
              .build();
      case CHECK ->
          TransactWriteItem.builder()
              .conditionCheck(
                  check ->
                      check
                          .tableName(table)
                          .key(key)
                          .conditionExpression(condition())
                          .expressionAttributeNames(usedNames)
                          .expressionAttributeValues(usedValues)
                          .returnValuesOnConditionCheckFailure(old))
              .build();
    };
  }

  /**
   * Whether an item, as it is, shows that this write was done before: a call that failed after it
   * took effect is made again by the SDK, and then meets its own work.
   */
  boolean doneBefore(Map<String, AttributeValue> old) {
    return switch (kind) {
      case PUT -> item.equals(old);
      case UPDATE -> AttributeValue.fromS(id).equals(old.get(WRITE_ID));
      case DELETE, CHECK -> false;
    };
  }

  /** Does it alone. */
  void alone(software.amazon.awssdk.services.dynamodb.DynamoDbClient client, String table) {
    TransactWriteItem whole = inTransaction(table);
    switch (kind) {
      case PUT ->
          client.putItem(
              put ->
                  put.tableName(table)
                      .item(whole.put().item())
                      .conditionExpression(condition())
                      .expressionAttributeNames(names.isEmpty() ? null : names)
                      .expressionAttributeValues(values.isEmpty() ? null : values)
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD));
      case UPDATE ->
          client.updateItem(
              update ->
                  update
                      .tableName(table)
                      .key(key)
                      .updateExpression(updates())
                      .conditionExpression(condition())
                      .expressionAttributeNames(names.isEmpty() ? null : names)
                      .expressionAttributeValues(values.isEmpty() ? null : values)
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD));
      case DELETE ->
          client.deleteItem(
              delete ->
                  delete
                      .tableName(table)
                      .key(key)
                      .conditionExpression(condition())
                      .expressionAttributeNames(names.isEmpty() ? null : names)
                      .expressionAttributeValues(values.isEmpty() ? null : values)
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD));
      case CHECK -> throw new IllegalStateException("a check alone checks nothing");
    }
  }
}
