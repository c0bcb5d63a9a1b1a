package dev.clockbill.table;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One item of the table, read by attribute name and kind.
 *
 * @param attributes as DynamoDB has them
 */
public record Item(Map<String, AttributeValue> attributes) {

  /** The partition key: the firm's id, or a pointer's. */
  public String firm() {
    return text("firm");
  }

  /** The sort key, such as {@code INVOICE#01J…}. */
  public String key() {
    return text("item");
  }

  /** Whether the attribute is there. */
  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  /** Text, or null where there is none. */
  public String text(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : value.s();
  }

  /** A whole number, or null where there is none. */
  public Long number(String name) {
    AttributeValue value = attributes.get(name);
    return value == null || value.n() == null ? null : Long.valueOf(value.n());
  }

  /** A whole number, or a default where there is none. */
  public long number(String name, long otherwise) {
    Long number = number(name);
    return number == null ? otherwise : number;
  }

  /** A small whole number, or null where there is none. */
  public Integer whole(String name) {
    Long number = number(name);
    return number == null ? null : Math.toIntExact(number);
  }

  /** True or false; absent is false. */
  public boolean bool(String name) {
    AttributeValue value = attributes.get(name);
    return value != null && Boolean.TRUE.equals(value.bool());
  }

  /** Bytes, or null where there are none. */
  public byte[] bytes(String name) {
    AttributeValue value = attributes.get(name);
    return value == null || value.b() == null ? null : value.b().asByteArray();
  }

  /** An instant, or null where there is none. */
  public Instant instant(String name) {
    return Optional.ofNullable(text(name)).map(Instant::parse).orElse(null);
  }

  /** A date, or null where there is none. */
  public LocalDate date(String name) {
    return Optional.ofNullable(text(name)).map(LocalDate::parse).orElse(null);
  }

  /** A nested object, or an empty one. */
  public Item object(String name) {
    AttributeValue value = attributes.get(name);
    return new Item(value == null || !value.hasM() ? Map.of() : value.m());
  }

  /** A list of nested objects, or an empty one. */
  public List<Item> objects(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? List.of() : value.l().stream().map(one -> new Item(one.m())).toList();
  }

  /** A list of texts, or an empty one. */
  public List<String> texts(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? List.of() : value.l().stream().map(AttributeValue::s).toList();
  }

  /** A list of whole numbers, or an empty one. */
  public List<Long> numbers(String name) {
    AttributeValue value = attributes.get(name);
    return value == null
        ? List.of()
        : value.l().stream().map(one -> Long.valueOf(one.n())).toList();
  }

  /**
   * The DynamoDB value of a Java value: text, bytes, whole numbers, booleans, instants and dates
   * (as ISO 8601 text), maps and lists of these; nulls within maps are left out.
   *
   * @throws IllegalArgumentException for any other kind, fractions among them
   */
  public static AttributeValue value(Object value) {
    return switch (value) {
      case AttributeValue ready -> ready;
      case String text -> AttributeValue.fromS(text);
      case byte[] bytes -> AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
      case Long number -> AttributeValue.fromN(number.toString());
      case Integer number -> AttributeValue.fromN(number.toString());
      case Boolean bool -> AttributeValue.fromBool(bool);
      case Instant instant -> AttributeValue.fromS(instant.toString());
      case LocalDate date -> AttributeValue.fromS(date.toString());
      case Item item -> AttributeValue.fromM(item.attributes());
      case Map<?, ?> map -> AttributeValue.fromM(values(map));
      case List<?> list -> {
        List<AttributeValue> entries = new ArrayList<>();
        list.forEach(entry -> entries.add(value(entry)));
        yield AttributeValue.fromL(entries);
      }
      case null, default ->
          throw new IllegalArgumentException("cannot be kept in the table: " + value);
    };
  }

  /** The attributes of a map, without its nulls. */
  public static Map<String, AttributeValue> values(Map<?, ?> map) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (value != null) {
            kept.put((String) name, value(value));
          }
        });
    return kept;
  }
}
