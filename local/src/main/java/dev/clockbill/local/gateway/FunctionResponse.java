package dev.clockbill.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.local.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns the result of a function into an HTTP response, by payload format 2.0. */
public final class FunctionResponse {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGEST = 6 * 1024 * 1024;

  private FunctionResponse() {}

  /** The response when a function failed or returned something invalid. */
  public static Response failure() {
    return Response.json(500, Map.of("message", "Internal Server Error"));
  }

  /**
   * Reads the result of a function: an object with {@code statusCode} is a response, any other JSON
   * is the body of a response.
   */
  public static Response read(byte[] payload) {
    if (payload.length > LARGEST) {
      return failure();
    }
    try {
      JsonNode answer = JSON.readTree(payload);
      if (answer.isMissingNode()) {
        return failure();
      }
      return answer.has("statusCode")
          ? response(answer)
          : Response.of(200, "application/json", payload);
    } catch (IOException | IllegalArgumentException malformed) {
      return failure();
    }
  }

  private static Response response(JsonNode answer) {
    int status = answer.get("statusCode").asInt();
    JsonNode written = answer.path("body");
    if (status < 100 || status > 599 || written.isContainerNode()) {
      return failure();
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : answer.path("headers").properties()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), List.of(header.getValue().asText()));
    }
    List<String> cookies = new ArrayList<>();
    answer.path("cookies").forEach(cookie -> cookies.add(cookie.asText()));
    if (!cookies.isEmpty()) {
      headers.put("set-cookie", cookies);
    }
    String text = written.asText("");
    byte[] body =
        answer.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8);
    if (body.length > 0) {
      headers.putIfAbsent("content-type", List.of("text/plain;charset=UTF-8"));
    }
    return new Response(status, headers, body);
  }
}
