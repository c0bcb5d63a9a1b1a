package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one JSON object in a definition; invalid fields are refused by name.
 *
 * @param where names the object in messages
 */
record Fields(String where, JsonNode object) {

  /** Seconds in a definition reach about three years, as on AWS. */
  private static final int MOST_SECONDS = 99_999_999;

  /** Reads a value that must be an object without other fields than these. */
  static Fields of(String where, JsonNode value, Set<String> known) {
    if (!value.isObject()) {
      throw new DefinitionException(where + " must be an object.");
    }
    value
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new DefinitionException(
                    where + ": the stack does not know the field \"" + name + "\".");
              }
            });
    return new Fields(where, value);
  }

  Optional<JsonNode> find(String name) {
    return Optional.ofNullable(object.get(name));
  }

  JsonNode required(String name) {
    return find(name)
        .orElseThrow(() -> new DefinitionException(where + ": \"" + name + "\" is missing."));
  }

  /** A field that may hold expressions, checked. */
  Optional<JsonNode> template(String name) {
    Optional<JsonNode> value = find(name);
    value.ifPresent(each -> Expressions.check(at(name), each));
    return value;
  }

  String text(String name) {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw wrong(name, "must be text");
    }
    return value.textValue();
  }

  List<JsonNode> list(String name) {
    List<JsonNode> elements = new ArrayList<>();
    find(name)
        .ifPresent(
            value -> {
              if (!value.isArray()) {
                throw wrong(name, "must be a list");
              }
              value.forEach(elements::add);
            });
    return elements;
  }

  int wholeNumber(String name, int least, int otherwise) {
    JsonNode value = object.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > MOST_SECONDS) {
      throw wrong(name, "must be a whole number from " + least + " to " + MOST_SECONDS);
    }
    return value.intValue();
  }

  Optional<Duration> seconds(String name) {
    return find(name).map(present -> Duration.ofSeconds(wholeNumber(name, 1, 1)));
  }

  /** Seconds as a number or as an expression that gives one. */
  Optional<JsonNode> secondsTemplate(String name, int least) {
    Optional<JsonNode> value = template(name);
    if (value.isPresent() && !Expressions.isExpression(value.get())) {
      wholeNumber(name, least, least);
    }
    return value;
  }

  /** Text, which may be an expression that gives it. */
  Optional<JsonNode> textTemplate(String name) {
    Optional<JsonNode> value = template(name);
    value.ifPresent(present -> text(name));
    return value;
  }

  String at(String name) {
    return where + ": \"" + name + "\"";
  }

  DefinitionException wrong(String name, String what) {
    return new DefinitionException(at(name) + " " + what + ".");
  }
}
