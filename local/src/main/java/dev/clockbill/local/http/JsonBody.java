package dev.clockbill.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON object that a control is called with, read strictly.
 *
 * @param fields the object
 */
public record JsonBody(ObjectNode fields) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Answers one call, or refuses it by throwing an {@link IllegalArgumentException}. */
  @FunctionalInterface
  public interface Control {
    /** Answers one call. */
    Answer answer() throws Exception;
  }

  /**
   * Reads a call's body; none counts as an empty object.
   *
   * @throws IllegalArgumentException saying what is wrong, a field that is not known included
   */
  public static JsonBody of(Call call, Set<String> known) {
    JsonNode body;
    try {
      body =
          call.body().length == 0
              ? JsonNodeFactory.instance.objectNode()
              : JSON.readTree(call.body());
    } catch (IOException malformed) {
      throw new IllegalArgumentException("The body is not JSON.", malformed);
    }
    if (!(body instanceof ObjectNode object)) {
      throw new IllegalArgumentException("The body must be a JSON object.");
    }
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new IllegalArgumentException("\"" + name + "\" is unknown here.");
              }
            });
    return new JsonBody(object);
  }

  /** What a control answers; a refusal is 400 with its sentence. */
  public static Answer refusing(Control control) throws Exception {
    try {
      return control.answer();
    } catch (IllegalArgumentException refused) {
      return problem(400, refused.getMessage());
    }
  }

  /** A refusal of a control. */
  public static Answer problem(int status, String message) {
    return Answer.json(status, Map.of("message", message));
  }

  /** A text that must be there. */
  public String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" must be text."));
  }

  /** A text that may be left out. */
  public Optional<String> optionalText(String name) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.asText().isEmpty()) {
      throw new IllegalArgumentException("\"" + name + "\" must be text.");
    }
    return Optional.of(value.asText());
  }

  /** A whole number of 0 or more, or what counts where it is left out. */
  public long number(String name, long otherwise) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
      throw new IllegalArgumentException("\"" + name + "\" must be a whole number, 0 or more.");
    }
    return value.asLong();
  }

  /** True or false, or what counts where it is left out. */
  public boolean flag(String name, boolean otherwise) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("\"" + name + "\" must be true or false.");
    }
    return value.asBoolean();
  }
}
