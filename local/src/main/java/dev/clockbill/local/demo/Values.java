package dev.clockbill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that earlier calls saved, by name. In a text, {@code {name}} is replaced by the value as
 * text; a text that is exactly {@code {name}} becomes the value itself, with its type. Of a value
 * that is a date, {@code {name@dayOfMonth}} is the number of the day in its month.
 */
public final class Values {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern NAME =
      Pattern.compile("\\{([A-Za-z][A-Za-z0-9_. -]*)(@dayOfMonth)?}");

  private final Map<String, JsonNode> values;

  /** No values yet. */
  Values() {
    this(new HashMap<>());
  }

  private Values(Map<String, JsonNode> values) {
    this.values = values;
  }

  /** The values of a document, by name. */
  public static Values of(JsonNode document) {
    return new Values().with(document);
  }

  /** All of them as a document. */
  ObjectNode all() {
    return JSON.objectNode().setAll(values);
  }

  void save(String name, JsonNode value) {
    values.put(name, value);
  }

  /** A copy with more values. */
  Values with(JsonNode more) {
    Map<String, JsonNode> all = new HashMap<>(values);
    more.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return new Values(all);
  }

  /**
   * Replaces names in a text by their values.
   *
   * @throws IllegalArgumentException if a name has no value, or one that is no date where a date is
   *     needed
   */
  public String text(String text) {
    return NAME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found).asText()));
  }

  /** Replaces names in a document by their values, in the names of its fields too. */
  JsonNode filled(JsonNode node) {
    if (node.isTextual()) {
      Matcher whole = NAME.matcher(node.asText());
      return whole.matches() ? value(whole.toMatchResult()) : JSON.textNode(text(node.asText()));
    }
    if (node.isArray()) {
      ArrayNode filled = JSON.arrayNode();
      node.forEach(element -> filled.add(filled(element)));
      return filled;
    }
    if (node.isObject()) {
      ObjectNode filled = JSON.objectNode();
      node.properties()
          .forEach(entry -> filled.set(text(entry.getKey()), filled(entry.getValue())));
      return filled;
    }
    return node;
  }

  private JsonNode value(MatchResult found) {
    JsonNode value = values.get(found.group(1));
    if (value == null) {
      throw new IllegalArgumentException("nothing is saved as \"" + found.group(1) + "\"");
    }
    return found.group(2) == null ? value : JSON.numberNode(dayOfMonth(value.asText()));
  }

  private static int dayOfMonth(String text) {
    try {
      return LocalDate.parse(text).getDayOfMonth();
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException("\"" + text + "\" is no date", malformed);
    }
  }
}
