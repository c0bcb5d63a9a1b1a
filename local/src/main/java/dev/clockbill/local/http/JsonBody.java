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
 * The JSON body of a request to a control; unknown fields are refused.
 *
 * @param fields the object
 */
public record JsonBody(ObjectNode fields) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Answers one request, or refuses it with an {@link IllegalArgumentException}. */
  @FunctionalInterface
  public interface Control {
    /** Answers one request. */
    Response answer() throws Exception;
  }

  /**
   * Reads the body of a request; no body counts as an empty object.
   *
   * @throws IllegalArgumentException saying what is wrong, for instance an unknown field
   */
  public static JsonBody of(Request request, Set<String> known) {
    JsonNode body;
    try {
      body =
          request.body().length == 0
              ? JsonNodeFactory.instance.objectNode()
              : JSON.readTree(request.body());
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

  /** The response of a control; a refusal becomes a 400 with its message. */
  public static Response refusing(Control control) throws Exception {
    try {
      return control.answer();
    } catch (IllegalArgumentException refused) {
      return problem(400, refused.getMessage());
    }
  }

  /** An error response. */
  public static Response problem(int status, String message) {
    return Response.json(status, Map.of("message", message));
  }

  /** A required text. */
  public String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" must be text."));
  }

  /** An optional text. */
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

  /** An optional whole number, 0 or more, with its default. */
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

  /** An optional boolean with its default. */
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
