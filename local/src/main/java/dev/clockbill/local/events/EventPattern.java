package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.template.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An event pattern: what an event must hold at each place the pattern names. Of EventBridge's
 * comparisons it knows exact values, {@code prefix}, {@code suffix}, {@code equals-ignore-case},
 * {@code anything-but} and {@code exists}.
 */
final class EventPattern {

  /** Of a place in the event, told a missing node where there is nothing. */
  private record Condition(List<String> place, Predicate<JsonNode> holds) {}

  private final List<Condition> conditions = new ArrayList<>();

  private EventPattern() {}

  /**
   * Reads a pattern.
   *
   * @param where names the pattern in a refusal
   * @throws TemplateException naming a comparison that the stack does not know
   */
  static EventPattern of(String where, JsonNode pattern) {
    EventPattern read = new EventPattern();
    read.add(where, List.of(), pattern);
    return read;
  }

  private void add(String where, List<String> place, JsonNode pattern) {
    for (Map.Entry<String, JsonNode> entry : pattern.properties()) {
      String here = where + "." + entry.getKey();
      List<String> below = new ArrayList<>(place);
      below.add(entry.getKey());
      JsonNode wanted = entry.getValue();
      if (entry.getKey().startsWith("$")) {
        throw new TemplateException(where + ": the stack does not know " + entry.getKey() + ".");
      } else if (wanted.isObject()) {
        add(here, below, wanted);
      } else if (wanted.isArray() && !wanted.isEmpty()) {
        conditions.add(new Condition(List.copyOf(below), anyOf(here, wanted)));
      } else {
        throw new TemplateException(here + " must be a list of what is wanted.");
      }
    }
  }

  private static Predicate<JsonNode> anyOf(String where, JsonNode alternatives) {
    Predicate<JsonNode> any = value -> false;
    for (JsonNode alternative : alternatives) {
      any = any.or(comparison(where, alternative));
    }
    return any;
  }

  private static Predicate<JsonNode> comparison(String where, JsonNode wanted) {
    if (wanted.isValueNode()) {
      return each(value -> value.equals(wanted));
    }
    String name = wanted.size() == 1 ? wanted.properties().iterator().next().getKey() : "";
    JsonNode argument = wanted.path(name);
    if (name.equals("exists") && argument.isBoolean()) {
      return value -> argument.asBoolean() != value.isMissingNode();
    }
    if (name.equals("anything-but")) {
      Predicate<JsonNode> excluded =
          argument.isArray() ? anyOf(where, argument) : comparison(where, argument);
      return each(excluded.negate());
    }
    if (argument.isTextual()) {
      String text = argument.asText();
      switch (name) {
        case "prefix" -> {
          return texts(value -> value.startsWith(text));
        }
        case "suffix" -> {
          return texts(value -> value.endsWith(text));
        }
        case "equals-ignore-case" -> {
          return texts(value -> value.equalsIgnoreCase(text));
        }
        default -> {}
      }
    }
    throw new TemplateException(where + ": the stack does not know the comparison " + wanted + ".");
  }

  private static Predicate<JsonNode> texts(Predicate<String> holds) {
    return each(value -> value.isTextual() && holds.test(value.asText()));
  }

  /** Of a list in the event, one element is enough; of nothing, nothing holds. */
  private static Predicate<JsonNode> each(Predicate<JsonNode> holds) {
    return value -> {
      if (value.isArray()) {
        for (JsonNode element : value) {
          if (holds.test(element)) {
            return true;
          }
        }
        return false;
      }
      return !value.isMissingNode() && holds.test(value);
    };
  }

  /** Whether an event fits in every place. */
  boolean matches(JsonNode event) {
    for (Condition condition : conditions) {
      JsonNode value = event;
      for (String name : condition.place()) {
        value = value.path(name);
      }
      if (!condition.holds().test(value)) {
        return false;
      }
    }
    return true;
  }
}
