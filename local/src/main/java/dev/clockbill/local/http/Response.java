package dev.clockbill.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status the status code; 0 for no response at all
 * @param headers by name as sent
 * @param body empty where there is none
 */
public record Response(int status, Map<String, List<String>> headers, byte[] body) {
  private static final JsonMapper JSON = new JsonMapper();

  /** A response without a body. */
  public static Response empty(int status) {
    return new Response(status, Map.of(), new byte[0]);
  }

  /** No response: the connection ends without one. */
  public static Response none() {
    return empty(0);
  }

  /** A JSON response. */
  public static Response json(int status, JsonNode value) {
    return json(status, (Object) value);
  }

  /** A JSON response from maps, lists, text, numbers and booleans. */
  public static Response json(int status, Object value) {
    try {
      return of(status, "application/json", JSON.writeValueAsBytes(value));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** An HTML page. */
  public static Response html(int status, String page) {
    return of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** Plain text. */
  public static Response text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** A body of any type. */
  public static Response of(int status, String contentType, byte[] body) {
    return empty(status).with("Content-Type", contentType).withBody(body);
  }

  /** A redirection. */
  public static Response redirect(int status, String location) {
    return empty(status).with("Location", location);
  }

  /** The same response with one more header, or with a new value for it. */
  public Response with(String name, String value) {
    Map<String, List<String>> changed = new LinkedHashMap<>(headers);
    changed.put(name, List.of(value));
    return new Response(status, changed, body);
  }

  private Response withBody(byte[] changed) {
    return new Response(status, headers, changed);
  }
}
