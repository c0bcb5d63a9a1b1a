package dev.clockbill.local.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request with its complete body.
 *
 * @param method in capitals
 * @param path as sent, percent-encoded, without the query
 * @param query as sent, without the question mark; empty where there is none
 * @param headers by lower-case name, values in the order sent
 * @param body empty where there is none
 */
public record Request(
    String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The decoded query parameters; the last value of a repeated name. */
  public Map<String, String> parameters() {
    return decoded(query);
  }

  /** The decoded fields of an HTML form; the last value of a repeated name. */
  public Map<String, String> form() {
    return decoded(text());
  }

  private static Map<String, String> decoded(String pairs) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String pair : pairs.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        found.put(decode(name), decode(value));
      }
    }
    return found;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
