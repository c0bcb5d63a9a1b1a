package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The intrinsic functions of CloudFormation that the stack supports. */
final class Intrinsics {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  private static final Set<String> FUNCTIONS =
      Set.of(
          "Fn::GetAtt",
          "Fn::Sub",
          "Fn::Join",
          "Fn::If",
          "Fn::Equals",
          "Fn::Not",
          "Fn::And",
          "Fn::Or",
          "Fn::Select",
          "Fn::Split",
          "Fn::FindInMap");

  /** The names of a template. */
  interface Names {
    /** The value of {@code Ref} for a parameter, pseudo parameter or resource. */
    JsonNode reference(String where, String name);

    /** The value of {@code Fn::GetAtt}. */
    String attribute(String where, String logicalId, String attribute);

    /** Refuses an unknown name. */
    void checkReference(String where, String name);
  }

  private final Names names;
  private final JsonNode conditions;
  private final JsonNode mappings;

  Intrinsics(Names names, JsonNode conditions, JsonNode mappings) {
    this.names = names;
    this.conditions = conditions;
    this.mappings = mappings;
  }

  /** Refuses unknown functions and names anywhere below a node, whether it is used or not. */
  void check(String where, JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = entry.getKey();
      String here = where + "." + key;
      JsonNode value = entry.getValue();
      if (key.startsWith("Fn::") && !FUNCTIONS.contains(key)) {
        throw new TemplateException(
            where + ": the stack does not know the intrinsic function " + key + ".");
      }
      switch (key) {
        case "Ref" -> names.checkReference(where, value.asText());
        case "Fn::GetAtt" -> names.checkReference(where, value.path(0).asText());
        case "Fn::Sub" -> checkPlaceholders(where, value);
        default -> {}
      }
      check(here, value);
    }
    if (node.isArray()) {
      for (int index = 0; index < node.size(); index++) {
        check(where + "[" + index + "]", node.get(index));
      }
    }
  }

  private void checkPlaceholders(String where, JsonNode argument) {
    JsonNode text = argument.isArray() ? argument.path(0) : argument;
    Matcher matcher = PLACEHOLDER.matcher(text.asText());
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!name.startsWith("!") && !argument.path(1).has(name)) {
        names.checkReference(where, name);
      }
    }
  }

  /**
   * Evaluates every function in a value.
   *
   * @return null if nothing is left, as for {@code AWS::NoValue}
   */
  JsonNode resolve(String where, JsonNode node) {
    if (node.isObject()) {
      if (node.size() == 1) {
        String key = node.fieldNames().next();
        if (key.equals("Ref")) {
          return names.reference(where, node.get(key).asText());
        }
        if (key.startsWith("Fn::")) {
          return apply(where, key, node.get(key));
        }
      }
      ObjectNode resolved = JSON.objectNode();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        JsonNode value = resolve(where + "." + entry.getKey(), entry.getValue());
        if (value != null) {
          resolved.set(entry.getKey(), value);
        }
      }
      return resolved;
    }
    if (node.isArray()) {
      ArrayNode resolved = JSON.arrayNode();
      for (int index = 0; index < node.size(); index++) {
        JsonNode value = resolve(where + "[" + index + "]", node.get(index));
        if (value != null) {
          resolved.add(value);
        }
      }
      return resolved;
    }
    if (node.isTextual() && node.asText().contains("{{resolve:")) {
      throw new TemplateException(where + ": the stack does not know dynamic references.");
    }
    return node;
  }

  private JsonNode apply(String where, String function, JsonNode argument) {
    return switch (function) {
      case "Fn::GetAtt" ->
          JSON.textNode(
              names.attribute(
                  where, item(where, argument, 0).asText(), attribute(where, argument)));
      case "Fn::Sub" -> JSON.textNode(substitute(where, argument));
      case "Fn::Join" ->
          JSON.textNode(
              String.join(
                  item(where, argument, 0).asText(), texts(where, item(where, argument, 1))));
      case "Fn::Split" -> {
        ArrayNode parts = JSON.arrayNode();
        String separator = item(where, argument, 0).asText();
        for (String part :
            text(where, item(where, argument, 1)).split(Pattern.quote(separator), -1)) {
          parts.add(part);
        }
        yield parts;
      }
      case "Fn::Select" -> {
        JsonNode list = resolve(where, item(where, argument, 1));
        yield item(where, list, Integer.parseInt(text(where, item(where, argument, 0))));
      }
      case "Fn::If" ->
          resolve(
              where,
              item(where, argument, condition(where, item(where, argument, 0).asText()) ? 1 : 2));
      case "Fn::FindInMap" -> {
        List<String> keys = texts(where, argument);
        JsonNode found = mappings;
        for (String key : keys) {
          found = found.path(key);
        }
        if (found.isMissingNode()) {
          throw new TemplateException(where + ": Mappings has nothing under " + keys + ".");
        }
        yield found;
      }
      case "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or" ->
          JSON.booleanNode(holds(where, JSON.objectNode().set(function, argument)));
      default ->
          throw new TemplateException(
              where + ": the stack does not know the intrinsic function " + function + ".");
    };
  }

  private static String attribute(String where, JsonNode argument) {
    List<String> parts = new ArrayList<>();
    item(where, argument, 1);
    for (int index = 1; index < argument.size(); index++) {
      parts.add(argument.get(index).asText());
    }
    return String.join(".", parts);
  }

  private String substitute(String where, JsonNode argument) {
    JsonNode variables = argument.isArray() ? argument.path(1) : JSON.objectNode();
    String text = (argument.isArray() ? item(where, argument, 0) : argument).asText();
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(placeholder(where, variables, found.group(1))));
  }

  private String placeholder(String where, JsonNode variables, String name) {
    if (name.startsWith("!")) {
      return "${" + name.substring(1) + "}";
    }
    if (variables.has(name)) {
      return text(where, variables.get(name));
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? text(where, JSON.objectNode().put("Ref", name))
        : names.attribute(where, name.substring(0, dot), name.substring(dot + 1));
  }

  /** Evaluates a condition of the template. */
  boolean condition(String where, String name) {
    JsonNode definition = conditions.path(name);
    if (definition.isMissingNode()) {
      throw new TemplateException(where + ": there is no condition \"" + name + "\".");
    }
    return holds("Conditions." + name, definition);
  }

  private boolean holds(String where, JsonNode test) {
    String function = test.isObject() && test.size() == 1 ? test.fieldNames().next() : "";
    JsonNode argument = test.path(function);
    return switch (function) {
      case "Condition" -> condition(where, argument.asText());
      case "Fn::Equals" ->
          text(where, item(where, argument, 0)).equals(text(where, item(where, argument, 1)));
      case "Fn::Not" -> !holds(where, item(where, argument, 0));
      case "Fn::And" -> stream(argument).allMatch(each -> holds(where, each));
      case "Fn::Or" -> stream(argument).anyMatch(each -> holds(where, each));
      default -> throw new TemplateException(where + ": the stack does not know this condition.");
    };
  }

  /** A value resolved to text; numbers and booleans as they are written. */
  String text(String where, JsonNode node) {
    JsonNode resolved = resolve(where, node);
    if (resolved == null || !resolved.isValueNode()) {
      throw new TemplateException(where + " must be a single value.");
    }
    return resolved.asText();
  }

  private List<String> texts(String where, JsonNode node) {
    JsonNode resolved = resolve(where, node);
    if (resolved == null || !resolved.isArray()) {
      throw new TemplateException(where + " must be a list.");
    }
    return stream(resolved).map(JsonNode::asText).toList();
  }

  private static JsonNode item(String where, JsonNode list, int index) {
    JsonNode item = list == null ? null : list.get(index);
    if (item == null) {
      throw new TemplateException(where + ": an intrinsic function lacks its part " + index + ".");
    }
    return item;
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
