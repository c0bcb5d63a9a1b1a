package dev.clockbill.table;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One item of the table, read by attribute name and kind.
 *
 * @param attributes by name, each as DynamoDB's JSON has it: an object whose one name is the kind
 *     of its value, such as {@code {"S": "text"}}
 */
public record Item(Map<String, Object> attributes) {
  private static final String TEXT = "S";
  private static final String NUMBER = "N";
  private static final String BOOLEAN = "BOOL";
  private static final String BINARY = "B";
  private static final String MAP = "M";
  private static final String LIST = "L";

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
    return text(attributes.get(name), TEXT);
  }

  /** A whole number, or null where there is none. */
  public Long number(String name) {
    String digits = text(attributes.get(name), NUMBER);
    return digits == null ? null : Long.valueOf(digits);
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
    return Boolean.TRUE.equals(of(attributes.get(name), BOOLEAN));
  }

  /** Bytes, or null where there are none. */
  public byte[] bytes(String name) {
    String coded = text(attributes.get(name), BINARY);
    return coded == null ? null : Base64.getDecoder().decode(coded);
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
    return nested(attributes.get(name));
  }

  /** A list of nested objects, or an empty one. */
  public List<Item> objects(String name) {
    return list(name).stream().map(Item::nested).toList();
  }

  /** A list of texts, or an empty one. */
  public List<String> texts(String name) {
    return list(name).stream().map(entry -> text(entry, TEXT)).toList();
  }

  /** A list of whole numbers, or an empty one. */
  public List<Long> numbers(String name) {
    return list(name).stream().map(entry -> Long.valueOf(text(entry, NUMBER))).toList();
  }

  private static Object of(Object attribute, String kind) {
    return attribute instanceof Map<?, ?> value ? value.get(kind) : null;
  }

  private static String text(Object attribute, String kind) {
    return (String) of(attribute, kind);
  }

  @SuppressWarnings("unchecked") // DynamoDB's maps have text as keys
  private static Item nested(Object attribute) {
    return of(attribute, MAP) instanceof Map<?, ?> map
        ? new Item((Map<String, Object>) map)
        : new Item(Map.of());
  }

  private List<?> list(String name) {
    return of(attributes.get(name), LIST) instanceof List<?> list ? list : List.of();
  }

  /**
   * The DynamoDB value of a Java value: text, bytes, whole numbers, booleans, instants and dates
   * (as ISO 8601 text), maps and lists of these; nulls within maps are left out.
   *
   * @throws IllegalArgumentException for any other kind, fractions among them
   */
  static Map<String, Object> value(Object value) {
    // Every function comes here, and for a switch over types the JVM would make a class each time
    // that it starts.
    if (value instanceof String || value instanceof Instant || value instanceof LocalDate) {
      return Map.of(TEXT, value.toString());
    }
    if (value instanceof Long || value instanceof Integer) {
      return Map.of(NUMBER, value.toString());
    }
    if (value instanceof Boolean) {
      return Map.of(BOOLEAN, value);
    }
    if (value instanceof byte[] bytes) {
      return Map.of(BINARY, Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof Item item) {
      return Map.of(MAP, item.attributes());
    }
    if (value instanceof Map<?, ?> map) {
      return Map.of(MAP, values(map));
    }
    if (value instanceof List<?> list) {
      List<Object> entries = new ArrayList<>();
      list.forEach(entry -> entries.add(value(entry)));
      return Map.of(LIST, entries);
    }
    throw new IllegalArgumentException("cannot be kept in the table: " + value);
  }

  /** The attributes of a map, without its nulls. */
  public static Map<String, Object> values(Map<?, ?> map) {
    Map<String, Object> kept = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (value != null) {
            kept.put((String) name, value(value));
          }
        });
    return kept;
  }
}
