package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The shapes of requests that Stripe's published API description allows: which parameters an
 * operation has, their types, lengths and words. The file beside this class names the version.
 */
final class RequestShapes {
  /** Source: Stripe's documentation, "Metadata". */
  private static final int METADATA_KEYS = 50;

  private static final int METADATA_KEY = 40;
  private static final int METADATA_VALUE = 500;

  private static final JsonNode OPERATIONS = operations();

  private final Map<String, JsonNode> byOperation = new LinkedHashMap<>();

  RequestShapes() {
    for (JsonNode operation : OPERATIONS) {
      byOperation.put(
          key(operation.path("method").asText(), operation.path("path").asText()),
          operation.path("parameters"));
    }
  }

  private static JsonNode operations() {
    try (InputStream file = RequestShapes.class.getResourceAsStream("stripe-shapes.json")) {
      return new JsonMapper().readTree(file).path("operations");
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** A method and a path whose variables have any name. */
  private static String key(String method, String path) {
    return method + " " + path.replaceAll("\\{[^}]*}", "{}");
  }

  /**
   * Refuses a request of another shape.
   *
   * @param path below the API's base, such as {@code /accounts/{id}}
   * @throws StripeError naming the parameter that is wrong
   */
  void check(String method, String path, Form form) {
    JsonNode shape = byOperation.get(key(method, "/v1" + path));
    if (shape == null) {
      throw new IllegalStateException("Stripe's description has no " + method + " " + path);
    }
    checkObject("", shape, Tree.of(form));
  }

  /** Parameters as they nest; a leaf has text alone. */
  private record Tree(String text, Map<String, Tree> below) {
    static Tree of(Form form) {
      Tree root = new Tree(null, new LinkedHashMap<>());
      form.values().forEach((path, value) -> root.add(path, value));
      return root;
    }

    private void add(String path, String value) {
      int dot = path.indexOf('.');
      if (dot < 0) {
        below.put(path, new Tree(value, new LinkedHashMap<>()));
      } else {
        below
            .computeIfAbsent(path.substring(0, dot), step -> new Tree(null, new LinkedHashMap<>()))
            .add(path.substring(dot + 1), value);
      }
    }
  }

  private void check(String path, JsonNode shape, Tree given) {
    if (shape.has("anyOf")) {
      checkAny(path, shape.path("anyOf"), given);
      return;
    }
    switch (shape.path("type").asText()) {
      case "object" -> {
        if (given.text() != null) {
          throw StripeError.wrongParameter("parameter_invalid", path, "Invalid object");
        }
        checkObject(path, shape, given);
      }
      case "array" -> {
        for (Map.Entry<String, Tree> item : given.below().entrySet()) {
          if (!item.getKey().matches("\\d+")) {
            throw StripeError.wrongParameter("parameter_invalid", path, "Invalid array");
          }
          check(path + "." + item.getKey(), shape.path("items"), item.getValue());
        }
      }
      default -> checkText(path, shape, given.text());
    }
  }

  private void checkAny(String path, JsonNode choices, Tree given) {
    StripeError last = null;
    for (JsonNode choice : choices) {
      try {
        check(path, choice, given);
        return;
      } catch (StripeError refused) {
        last = refused;
      }
    }
    throw last;
  }

  private void checkObject(String path, JsonNode shape, Tree given) {
    JsonNode more = shape.path("additionalProperties");
    if (more.isObject() && shape.path("properties").isEmpty()) {
      checkMetadata(path, given);
      return;
    }
    given
        .below()
        .forEach(
            (name, value) -> {
              JsonNode property = shape.path("properties").path(name);
              String below = path.isEmpty() ? name : path + "." + name;
              if (property.isMissingNode()) {
                throw StripeError.wrongParameter(
                    "parameter_unknown", below, "Received unknown parameter: " + Form.name(below));
              }
              check(below, property, value);
            });
    for (JsonNode required : shape.path("required")) {
      String name = required.asText();
      if (!given.below().containsKey(name)) {
        throw StripeError.missingParameter(path.isEmpty() ? name : path + "." + name);
      }
    }
  }

  private static void checkMetadata(String path, Tree given) {
    if (given.below().size() > METADATA_KEYS) {
      throw StripeError.wrongParameter(
          "parameter_invalid", path, "Metadata can have at most %d keys.".formatted(METADATA_KEYS));
    }
    given
        .below()
        .forEach(
            (name, value) -> {
              if (name.length() > METADATA_KEY) {
                throw StripeError.wrongParameter(
                    "parameter_invalid",
                    path,
                    "Metadata keys can have at most %d characters: %s"
                        .formatted(METADATA_KEY, name));
              }
              if (value.text() == null || value.text().length() > METADATA_VALUE) {
                throw StripeError.wrongParameter(
                    "parameter_invalid",
                    path + "." + name,
                    "Metadata values can have at most %d characters.".formatted(METADATA_VALUE));
              }
            });
  }

  private static void checkText(String path, JsonNode shape, String text) {
    if (text == null) {
      throw StripeError.wrongParameter("parameter_invalid", path, "Invalid " + Form.name(path));
    }
    switch (shape.path("type").asText()) {
      case "integer" -> {
        if (!text.matches("-?\\d{1,18}")) {
          throw StripeError.wrongParameter(
              "parameter_invalid_integer", path, "Invalid integer: " + text);
        }
      }
      case "boolean" -> {
        if (!text.equals("true") && !text.equals("false")) {
          throw StripeError.wrongParameter("parameter_invalid", path, "Invalid boolean: " + text);
        }
      }
      default -> checkWord(path, shape, text);
    }
  }

  private static void checkWord(String path, JsonNode shape, String text) {
    JsonNode words = shape.path("enum");
    if (words.isArray()) {
      for (JsonNode word : words) {
        if (word.asText().equals(text)) {
          return;
        }
      }
      throw StripeError.wrongParameter(
          "parameter_invalid", path, "Invalid " + Form.name(path) + ": must be one of " + words);
    }
    int longest = shape.path("maxLength").asInt(Integer.MAX_VALUE);
    if (text.length() > longest) {
      throw StripeError.wrongParameter(
          "parameter_invalid",
          path,
          "Invalid string: %s…; must be at most %d characters"
              .formatted(text.substring(0, Math.min(20, text.length())), longest));
    }
  }
}
