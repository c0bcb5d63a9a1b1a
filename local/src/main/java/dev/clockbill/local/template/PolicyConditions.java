package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The condition blocks of policy statements that the stack supports.
 *
 * <p>A context key has one value here, so {@code ForAllValues} and {@code ForAnyValue} only differ
 * for a missing key: the first is then fulfilled, the second is not.
 */
public final class PolicyConditions {
  private static final Set<String> KEYS =
      Set.of("ses:fromaddress", "dynamodb:leadingkeys", "dynamodb:enclosingoperation");

  private PolicyConditions() {}

  private enum Quantifier {
    NONE,
    FOR_ALL_VALUES,
    FOR_ANY_VALUE
  }

  private record Operator(
      Quantifier quantifier, boolean like, boolean negated, boolean ignoresCase, boolean ifExists) {

    static Optional<Operator> named(String name) {
      Quantifier quantifier = Quantifier.NONE;
      String rest = name;
      if (rest.startsWith("ForAllValues:")) {
        quantifier = Quantifier.FOR_ALL_VALUES;
        rest = rest.substring("ForAllValues:".length());
      } else if (rest.startsWith("ForAnyValue:")) {
        quantifier = Quantifier.FOR_ANY_VALUE;
        rest = rest.substring("ForAnyValue:".length());
      }
      boolean ifExists = rest.endsWith("IfExists");
      if (ifExists) {
        rest = rest.substring(0, rest.length() - "IfExists".length());
      }
      Quantifier found = quantifier;
      return switch (rest) {
        case "StringEquals" -> Optional.of(new Operator(found, false, false, false, ifExists));
        case "StringNotEquals" -> Optional.of(new Operator(found, false, true, false, ifExists));
        case "StringEqualsIgnoreCase" ->
            Optional.of(new Operator(found, false, false, true, ifExists));
        case "StringLike" -> Optional.of(new Operator(found, true, false, false, ifExists));
        case "StringNotLike" -> Optional.of(new Operator(found, true, true, false, ifExists));
        default -> Optional.empty();
      };
    }

    boolean fulfilled(Optional<String> value, List<String> wanted) {
      if (value.isEmpty()) {
        return ifExists || negated || quantifier == Quantifier.FOR_ALL_VALUES;
      }
      return negated != wanted.stream().anyMatch(pattern -> matches(pattern, value.get()));
    }

    private boolean matches(String pattern, String value) {
      if (like) {
        return Wildcards.match(pattern, value);
      }
      return ignoresCase ? pattern.equalsIgnoreCase(value) : pattern.equals(value);
    }
  }

  /**
   * Refuses operators and keys that the stack does not support.
   *
   * @param where names the place in the message
   * @throws TemplateException naming the operator or key
   */
  static void check(String where, JsonNode conditions) {
    for (Map.Entry<String, JsonNode> block : conditions.properties()) {
      if (Operator.named(block.getKey()).isEmpty()) {
        throw new TemplateException(
            where + ": the stack does not know the condition operator \"" + block.getKey() + "\".");
      }
      for (Map.Entry<String, JsonNode> condition : block.getValue().properties()) {
        if (!KEYS.contains(condition.getKey().toLowerCase(Locale.ROOT))) {
          throw new TemplateException(
              where
                  + ": the stack does not know the condition key \""
                  + condition.getKey()
                  + "\".");
        }
      }
    }
  }

  /**
   * Whether a request fulfils all conditions of a statement.
   *
   * @param conditions null if there are none
   * @param context the condition keys of the request
   * @throws TemplateException naming an operator that the stack does not know
   */
  public static boolean fulfilled(JsonNode conditions, Map<String, String> context) {
    if (conditions == null) {
      return true;
    }
    for (Map.Entry<String, JsonNode> block : conditions.properties()) {
      Operator operator =
          Operator.named(block.getKey())
              .orElseThrow(
                  () ->
                      new TemplateException(
                          "The stack does not know the condition operator \""
                              + block.getKey()
                              + "\"."));
      for (Map.Entry<String, JsonNode> condition : block.getValue().properties()) {
        if (!operator.fulfilled(value(context, condition.getKey()), texts(condition.getValue()))) {
          return false;
        }
      }
    }
    return true;
  }

  private static Optional<String> value(Map<String, String> context, String key) {
    return context.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(each -> texts.add(each.asText()));
    } else {
      texts.add(value.asText());
    }
    return texts;
  }
}
