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
 * One HTTP response.
 *
 * @param status the status code
 * @param headers by name as sent
 * @param body empty where there is none
 */
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {
  private static final JsonMapper JSON = new JsonMapper();

  /** An answer without a body. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }

  /** A JSON answer. */
  public static Answer json(int status, JsonNode value) {
    return json(status, (Object) value);
  }

  /** A JSON answer from maps, lists, text, numbers and booleans. */
  public static Answer json(int status, Object value) {
    try {
      return of(status, "application/json", JSON.writeValueAsBytes(value));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** An HTML page. */
  public static Answer html(int status, String page) {
    return of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** Plain text. */
  public static Answer text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** A body of any type. */
  public static Answer of(int status, String contentType, byte[] body) {
    return empty(status).with("Content-Type", contentType).withBody(body);
  }

  /** A redirection. */
  public static Answer redirect(int status, String location) {
    return empty(status).with("Location", location);
  }

  /** The same with one header more, or with another value for it. */
  public Answer with(String name, String value) {
    Map<String, List<String>> changed = new LinkedHashMap<>(headers);
    changed.put(name, List.of(value));
    return new Answer(status, changed, body);
  }

  private Answer withBody(byte[] changed) {
    return new Answer(status, headers, changed);
  }
}
