package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.template.TemplateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/** An event pattern, matched by the library that EventBridge itself is built on. */
final class EventPattern {
  private static final String NAME = "pattern";

  private final Machine machine = Machine.builder().build();

  private EventPattern(JsonNode pattern) throws IOException {
    machine.addRule(NAME, pattern.toString());
  }

  /**
   * Reads a pattern.
   *
   * @param where names the pattern in error messages
   * @throws TemplateException naming the field that EventBridge would not accept
   */
  static EventPattern of(String where, JsonNode pattern) {
    check(where, pattern);
    try {
      return new EventPattern(pattern);
    } catch (IOException malformed) {
      throw new TemplateException(where + ": " + malformed.getMessage());
    }
  }

  /** Checks every field on its own, because the library does not name the field it refuses. */
  private static void check(String where, JsonNode pattern) {
    for (Map.Entry<String, JsonNode> field : pattern.properties()) {
      String here = where + "." + field.getKey();
      JsonNode wanted = field.getValue();
      if (wanted.isObject()) {
        check(here, wanted);
      } else if (!wanted.isArray()) {
        throw new TemplateException(here + " must be a list of what is wanted.");
      } else {
        JsonNode alone = JsonNodeFactory.instance.objectNode().set(field.getKey(), wanted);
        String error = JsonRuleCompiler.check(alone.toString());
        if (error != null) {
          throw new TemplateException(here + ": " + error);
        }
      }
    }
  }

  /** Whether an event matches. */
  boolean matches(JsonNode event) {
    try {
      return machine.rulesForJSONEvent(event.toString()).contains(NAME);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (Exception failed) {
      throw new IllegalStateException("The event cannot be matched: " + event, failed);
    }
  }
}
