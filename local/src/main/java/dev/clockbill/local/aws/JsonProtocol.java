package dev.clockbill.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * The AWS JSON protocols 1.0 and 1.1: the operation in a header, JSON both ways.
 *
 * @param version {@code 1.0} or {@code 1.1}
 * @param target the part of {@code X-Amz-Target} before the dot and the operation
 * @param operations the operations that the stack supports
 */
public record JsonProtocol(String version, String target, Set<String> operations) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The operation that a request asks for.
   *
   * @throws IllegalArgumentException if the stack does not support it
   */
  public String operation(Request request) {
    String asked = request.header("x-amz-target").orElse("");
    String operation = asked.startsWith(target + ".") ? asked.substring(target.length() + 1) : "";
    if (!operations.contains(operation)) {
      throw new IllegalArgumentException(
          "The stack does not know the operation \"" + asked + "\" of " + target + ".");
    }
    return operation;
  }

  /** A successful response. */
  public Response answer(JsonNode body) {
    return of(200, body);
  }

  /** An error as the SDK reads it. */
  public Response error(int status, String code, String message) {
    return of(
            status,
            JsonNodeFactory.instance.objectNode().put("__type", code).put("message", message))
        .with("x-amzn-ErrorType", code);
  }

  private Response of(int status, JsonNode body) {
    try {
      return Response.of(status, "application/x-amz-json-" + version, JSON.writeValueAsBytes(body));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
