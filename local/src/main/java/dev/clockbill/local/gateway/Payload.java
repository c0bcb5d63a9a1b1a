package dev.clockbill.local.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Creates events of payload format 2.0, as an HTTP API passes them to a function. */
final class Payload {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final DateTimeFormatter CLF =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Pattern OTHER_CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?(?!utf-8)[^\\s\";]");

  private static final String ACCOUNT = "000000000000";

  private Payload() {}

  /**
   * The event of a request.
   *
   * @param claims claims of the verified token; empty on an open route
   * @param now the time of the request
   */
  static ObjectNode event(
      Request request, RouteTable.Match match, Optional<Map<String, Object>> claims, Instant now) {
    ObjectNode event = JSON.objectNode();
    event.put("version", "2.0").put("routeKey", match.key());
    event.put("rawPath", request.path()).put("rawQueryString", request.query());
    ArrayNode cookies = JSON.arrayNode();
    for (String header : request.headers().getOrDefault("cookie", List.of())) {
      for (String cookie : header.split(";")) {
        cookies.add(cookie.strip());
      }
    }
    if (!cookies.isEmpty()) {
      event.set("cookies", cookies);
    }
    ObjectNode headers = event.putObject("headers");
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equals("cookie")) {
                headers.put(name, String.join(",", values));
              }
            });
    ObjectNode query = query(request.query());
    if (!query.isEmpty()) {
      event.set("queryStringParameters", query);
    }
    event.set("requestContext", context(request, match, claims, now));
    if (!match.parameters().isEmpty()) {
      ObjectNode parameters = event.putObject("pathParameters");
      match.parameters().forEach(parameters::put);
    }
    boolean text = request.header("content-type").map(Payload::isText).orElse(false);
    if (request.body().length > 0) {
      event.put("body", text ? request.text() : Base64.getEncoder().encodeToString(request.body()));
    }
    return event.put("isBase64Encoded", !text && request.body().length > 0);
  }

  private static ObjectNode context(
      Request request, RouteTable.Match match, Optional<Map<String, Object>> claims, Instant now) {
    String host = request.header("host").orElse("localhost").replaceFirst(":[0-9]+$", "");
    ObjectNode context = JSON.objectNode();
    context.put("accountId", ACCOUNT).put("apiId", "local");
    if (claims.isPresent()) {
      ObjectNode jwt = context.putObject("authorizer").putObject("jwt");
      ObjectNode values = jwt.putObject("claims");
      claims.get().forEach((name, value) -> values.put(name, asText(value)));
      jwt.putNull("scopes");
    }
    context.put("domainName", host).put("domainPrefix", host.split("\\.", 2)[0]);
    context
        .putObject("http")
        .put("method", request.method())
        .put("path", request.path())
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", "127.0.0.1")
        .put("userAgent", request.header("user-agent").orElse(""));
    return context
        .put("requestId", UUID.randomUUID().toString())
        .put("routeKey", match.key())
        .put("stage", "$default")
        .put("time", CLF.format(now))
        .put("timeEpoch", now.toEpochMilli());
  }

  /** Values of a repeated name are joined by commas. */
  private static ObjectNode query(String query) {
    ObjectNode parameters = JSON.objectNode();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
        String before = parameters.path(name).asText(null);
        parameters.put(name, before == null ? value : before + "," + value);
      }
    }
    return parameters;
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return encoded;
    }
  }

  /** A claim as text: a list becomes {@code [a b]}. */
  private static String asText(Object claim) {
    return claim instanceof List<?> list
        ? "[" + String.join(" ", list.stream().map(String::valueOf).toList()) + "]"
        : String.valueOf(claim);
  }

  /**
   * Whether a body is passed on as text. The documents say only that "if the content type of the
   * request is binary, the body is base64-encoded" (Amazon API Gateway, "Create AWS Lambda proxy
   * integrations for HTTP APIs"). Measured on AWS and reported in public (ministack, pull request
   * 766; floci, issue 2172 and pull request 2203): text is {@code text/*} and these three; forms,
   * other types that end in {@code +json}, a type with another charset than UTF-8, and no type at
   * all are binary.
   */
  private static boolean isText(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", 2);
    String type = parts[0].strip();
    boolean textual =
        type.startsWith("text/")
            || List.of("application/json", "application/xml", "application/javascript")
                .contains(type);
    return textual && (parts.length == 1 || !OTHER_CHARSET.matcher(parts[1]).find());
  }
}
