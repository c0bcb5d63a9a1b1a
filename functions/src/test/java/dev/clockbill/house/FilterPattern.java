package dev.clockbill.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter pattern of CloudWatch Logs for lines of JSON, as far as the template uses it: {@code {
 * $.a = "text" && ($.b > 2 || $.c != 0) }} (CloudWatch Logs user guide, "Filter pattern syntax for
 * metric filters"). What it does not know it refuses.
 */
final class FilterPattern {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\\(|\\)|&&|\\|\\||\\$[.\\w]+|!=|>=|<=|=|>|<|\"[^\"]*\"|-?\\d+)");

  private final List<String> tokens = new ArrayList<>();
  private int next;

  private FilterPattern(String pattern) {
    String text = pattern.strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw new IllegalArgumentException("not for JSON: " + pattern);
    }
    String inner = text.substring(1, text.length() - 1).strip();
    Matcher token = TOKEN.matcher(inner);
    int at = 0;
    while (at < inner.length()) {
      if (!token.region(at, inner.length()).lookingAt()) {
        throw new IllegalArgumentException("not known here: " + inner.substring(at));
      }
      tokens.add(token.group(1));
      at = token.end();
    }
  }

  /** Whether a pattern matches a line. */
  static boolean matches(String pattern, JsonNode line) {
    FilterPattern parsed = new FilterPattern(pattern);
    boolean matches = parsed.any(line);
    if (parsed.next < parsed.tokens.size()) {
      throw new IllegalArgumentException("something follows: " + pattern);
    }
    return matches;
  }

  private String take() {
    return tokens.get(next++);
  }

  private boolean takes(String token) {
    boolean there = next < tokens.size() && tokens.get(next).equals(token);
    next += there ? 1 : 0;
    return there;
  }

  private boolean any(JsonNode line) {
    boolean holds = all(line);
    while (takes("||")) {
      holds |= all(line);
    }
    return holds;
  }

  private boolean all(JsonNode line) {
    boolean holds = one(line);
    while (takes("&&")) {
      holds &= one(line);
    }
    return holds;
  }

  private boolean one(JsonNode line) {
    if (takes("(")) {
      boolean holds = any(line);
      if (!takes(")")) {
        throw new IllegalArgumentException("a bracket is not closed");
      }
      return holds;
    }
    JsonNode found = line.at(take().substring(1).replace('.', '/'));
    String comparison = take();
    String expected = take();
    if (expected.startsWith("\"")) {
      boolean same =
          found.isTextual() && found.asText().equals(expected.substring(1, expected.length() - 1));
      return switch (comparison) {
        case "=" -> same;
        case "!=" -> found.isTextual() && !same;
        default -> throw new IllegalArgumentException("text is not compared by " + comparison);
      };
    }
    long number = Long.parseLong(expected);
    return found.isNumber()
        && switch (comparison) {
          case "=" -> found.asLong() == number;
          case "!=" -> found.asLong() != number;
          case ">" -> found.asLong() > number;
          case "<" -> found.asLong() < number;
          case ">=" -> found.asLong() >= number;
          case "<=" -> found.asLong() <= number;
          default -> throw new IllegalArgumentException(comparison);
        };
  }
}
