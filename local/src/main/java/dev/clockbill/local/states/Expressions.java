package dev.clockbill.local.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** JSON in which text of the form <code>{% … %}</code> is JSONata, as Step Functions takes it. */
final class Expressions {
  private static final String BEGIN = "{%";
  private static final String END = "%}";

  /** How long and how deep an evaluation may go: an endless one must not hold a thread forever. */
  private static final long MOST_MILLIS = 5_000;

  private static final int DEEPEST = 500;

  /**
   * Text, comments, quoted names and regular expressions: what looks like an operator in there is
   * not one.
   */
  private static final Pattern QUOTED =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`|/\\*.*?\\*/"
              + "|(?<=[(,\\[{:;=!&|~>]\\s{0,9})/(?:[^/\\\\]|\\\\.)+/",
          Pattern.DOTALL);

  private static final Map<Pattern, String> REFUSED =
      Map.of(
          Pattern.compile("\\$eval\\b"), "$eval",
          Pattern.compile("\\?:"), "?:",
          Pattern.compile("\\?\\?"), "??");

  private Expressions() {}

  static boolean isExpression(JsonNode value) {
    return value.isTextual()
        && value.textValue().length() >= BEGIN.length() + END.length()
        && value.textValue().startsWith(BEGIN)
        && value.textValue().endsWith(END);
  }

  /**
   * Refuses JSON whose expressions cannot be evaluated.
   *
   * @param where names the state and the field
   */
  static void check(String where, JsonNode value) {
    if (isExpression(value)) {
      checkExpression(where, source(value));
    } else if (value.isTextual() && value.textValue().startsWith(BEGIN)) {
      throw new DefinitionException(where + ": an expression must end with \"%}\".");
    } else {
      value.forEach(each -> check(where, each));
    }
  }

  private static void checkExpression(String where, String expression) {
    String bare = QUOTED.matcher(expression).replaceAll("''");
    REFUSED.forEach(
        (pattern, name) -> {
          if (pattern.matcher(bare).find()) {
            throw new DefinitionException(
                where + ": Step Functions does not take " + name + " in JSONata.");
          }
        });
    // The parser runs out of bounds on some texts that are not JSONata.
    try {
      Jsonata.jsonata(expression);
    } catch (RuntimeException invalid) {
      throw new DefinitionException(
          where + ": \"" + expression + "\" is not JSONata: " + invalid.getMessage());
    }
  }

  /**
   * The value with its expressions evaluated.
   *
   * @param field named in errors
   * @throws StateError {@code States.QueryEvaluationError} if one fails or gives nothing
   */
  static JsonNode evaluate(String field, JsonNode value, Scope scope) throws StateError {
    if (isExpression(value)) {
      return evaluateExpression(field, source(value), scope);
    }
    if (value.isObject()) {
      ObjectNode object = JsonValues.object();
      for (Map.Entry<String, JsonNode> each : value.properties()) {
        object.set(each.getKey(), evaluate(field + "/" + each.getKey(), each.getValue(), scope));
      }
      return object;
    }
    if (value.isArray()) {
      ArrayNode array = JsonValues.object().arrayNode();
      for (JsonNode each : value) {
        array.add(evaluate(field + "/" + array.size(), each, scope));
      }
      return array;
    }
    return value;
  }

  /** The text that a field gives; null where there is no such field. */
  static String text(String field, Optional<JsonNode> value, Scope scope) throws StateError {
    return value.isEmpty() ? null : evaluate(field, value.get(), scope).asText();
  }

  private static JsonNode evaluateExpression(String field, String expression, Scope scope)
      throws StateError {
    String what =
        "The JSONata expression '%s' specified for the field '%s'".formatted(expression, field);
    Object result;
    try {
      // Parsed anew each time: a parsed expression is not safe for many threads.
      Jsonata jsonata = Jsonata.jsonata(expression);
      jsonata.setOutputConvertNulls(false);
      Jsonata.Frame frame = jsonata.createFrame();
      frame.setRuntimeBounds(MOST_MILLIS, DEEPEST);
      AddedFunctions.bind(frame, scope.now());
      scope.variables().forEach((name, value) -> frame.bind(name, JsonValues.toJava(value)));
      frame.bind("states", JsonValues.toJava(scope.states()));
      result = jsonata.evaluate(null, frame);
    } catch (RuntimeException failed) {
      throw StateError.query(what + " threw an error during evaluation. " + failed.getMessage());
    }
    if (result == null) {
      throw StateError.query(what + " returned nothing (undefined).");
    }
    try {
      return JsonValues.toJson(result);
    } catch (IllegalArgumentException noJson) {
      throw StateError.query(what + " returned an unsupported result type: " + noJson.getMessage());
    }
  }

  private static String source(JsonNode expression) {
    String text = expression.textValue();
    return text.substring(BEGIN.length(), text.length() - END.length()).strip();
  }
}
