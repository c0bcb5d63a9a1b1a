package dev.clockbill.http;

import dev.clockbill.shared.Json;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer over HTTP.
 *
 * @param status the status code
 * @param headers by name
 * @param body text, or base64 where {@code binary}; null where there is none
 * @param binary whether the body is base64 of bytes
 */
public record Response(int status, Map<String, String> headers, String body, boolean binary) {

  /** A JSON answer. */
  public static Response json(int status, Object value) {
    return of(status, "application/json", Json.write(value));
  }

  /** A text of any type. */
  public static Response of(int status, String contentType, String body) {
    return new Response(status, Map.of("content-type", contentType), body, false);
  }

  /** A file of any type. */
  public static Response of(int status, String contentType, byte[] bytes) {
    String body = Base64.getEncoder().encodeToString(bytes);
    return new Response(status, Map.of("content-type", contentType), body, true);
  }

  /** 204: done, no body. */
  public static Response noContent() {
    return new Response(204, Map.of(), null, false);
  }

  /** The same with one header more. */
  public Response with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Response(status, more, body, binary);
  }

  /** The same with an {@code ETag} of a version. */
  public Response withVersion(long version) {
    return with("etag", "\"" + version + "\"");
  }

  /** As API Gateway's payload format 2.0 has it. */
  Map<String, Object> payload() {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("x-content-type-options", "nosniff");
    Map<String, Object> payload = Json.object("statusCode", status, "headers", all);
    if (body != null) {
      payload.put("body", body);
      payload.put("isBase64Encoded", binary);
    }
    return payload;
  }
}
