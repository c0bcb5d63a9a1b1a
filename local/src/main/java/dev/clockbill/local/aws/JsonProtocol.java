package dev.clockbill.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.http.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * The AWS JSON protocols 1.0 and 1.1: the operation in a header, JSON both ways.
 *
 * @param version {@code 1.0} or {@code 1.1}
 * @param target what stands before the operation in {@code X-Amz-Target}, without the dot
 * @param operations those that the stack knows
 */
public record JsonProtocol(String version, String target, Set<String> operations) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The operation that a request asks for.
   *
   * @throws IllegalArgumentException naming one that the stack does not know
   */
  public String operation(Call call) {
    String asked = call.header("x-amz-target").orElse("");
    String operation = asked.startsWith(target + ".") ? asked.substring(target.length() + 1) : "";
    if (!operations.contains(operation)) {
      throw new IllegalArgumentException(
          "The stack does not know the operation \"" + asked + "\" of " + target + ".");
    }
    return operation;
  }

  /** A successful answer. */
  public Answer answer(JsonNode body) {
    return of(200, body);
  }

  /** An error as the SDK reads it. */
  public Answer error(int status, String code, String message) {
    return of(
            status,
            JsonNodeFactory.instance.objectNode().put("__type", code).put("message", message))
        .with("x-amzn-ErrorType", code);
  }

  private Answer of(int status, JsonNode body) {
    try {
      return Answer.of(status, "application/x-amz-json-" + version, JSON.writeValueAsBytes(body));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
