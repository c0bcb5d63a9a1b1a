package dev.clockbill.http;

import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request over HTTP, from API Gateway's payload format 2.0.
 *
 * @param route method and path as the template writes them, such as {@code GET /invoices}
 * @param path the path asked for
 * @param pathParameters by name, decoded
 * @param query by name, decoded
 * @param headers by lower-case name
 * @param content the body's bytes; empty where there is none
 * @param claims of the verified token; empty on public routes
 * @param id of the request, for logs
 * @param member as {@link Caller} has it
 */
public record Request(
    String route,
    String path,
    Map<String, Object> pathParameters,
    Map<String, Object> query,
    Map<String, Object> headers,
    byte[] content,
    Map<String, Object> claims,
    String id,
    Item member) {

  /** Reads the event that a function is invoked with. */
  public static Request of(Map<String, Object> event) {
    Map<String, Object> context = Json.object(event, "requestContext");
    Map<String, Object> jwt = Json.object(Json.object(context, "authorizer"), "jwt");
    Map<String, Object> headers = new LinkedHashMap<>();
    Json.object(event, "headers")
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new Request(
        Json.text(event, "routeKey"),
        Json.text(event, "rawPath"),
        Json.object(event, "pathParameters"),
        Json.object(event, "queryStringParameters"),
        headers,
        contentOf(event),
        Json.object(jwt, "claims"),
        Json.text(context, "requestId"),
        null);
  }

  private static byte[] contentOf(Map<String, Object> event) {
    String body = Json.text(event, "body");
    if (body == null) {
      return new byte[0];
    }
    return Boolean.TRUE.equals(event.get("isBase64Encoded"))
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }

  /** The body as text; empty where there is none. */
  public String body() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** Who calls; only on routes behind the authorizer. */
  public Caller caller() {
    return Caller.of(claims, member);
  }

  /** The same request, made by the person whose item this is. */
  Request by(Item itsMember) {
    return new Request(route, path, pathParameters, query, headers, content, claims, id, itsMember);
  }

  /** The same request, made with another role. */
  Request as(Role role) {
    Map<String, Object> narrowed = new LinkedHashMap<>(claims);
    narrowed.put(Caller.ROLE, "[" + role.word() + "]");
    return new Request(route, path, pathParameters, query, headers, content, narrowed, id, member);
  }

  /** A header's value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(Json.text(headers, name.toLowerCase(Locale.ROOT)));
  }

  /** Whether a list is wanted as CSV: where that is the first thing the client accepts. */
  public boolean wantsCsv() {
    String first = header("accept").orElse("").split("[,;]", 2)[0];
    return first.strip().equalsIgnoreCase("text/csv");
  }

  /** What a person looks for, as texts are kept; empty where nothing is asked for. */
  public String search(String name) {
    return Characters.plain(query(name).orElse(""));
  }

  /** A parameter of the query. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(Json.text(query, name));
  }

  /**
   * A parameter of the query that is {@code true} or {@code false}.
   *
   * @throws Problem 400 for any other text
   */
  public Optional<Boolean> flag(String name) {
    return query(name)
        .map(
            word ->
                switch (word) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw Problem.invalid(name, "This has to be true or false.");
                });
  }

  /**
   * The page size asked for: 1 to 100, by default 50.
   *
   * @throws Problem 400 for anything else
   */
  public int limit() {
    return limit(100, 50);
  }

  /**
   * The page size asked for.
   *
   * @throws Problem 400 for anything but a whole number from 1 to {@code most}
   */
  public int limit(int most, int otherwise) {
    String asked = query("limit").orElse(Integer.toString(otherwise));
    if (!asked.matches("\\d{1,6}")
        || Integer.parseInt(asked) < 1
        || Integer.parseInt(asked) > most) {
      throw Problem.invalid("limit", "This has to be a whole number from 1 to " + most + ".");
    }
    return Integer.parseInt(asked);
  }

  /**
   * An id in the path.
   *
   * @param name such as {@code invoiceId}
   * @param kind such as {@code invoice}, for the refusal
   * @throws Problem 404 if it cannot be an id at all
   */
  public String pathId(String name, String kind) {
    String id = Json.text(pathParameters, name);
    if (!Ids.looksLikeOne(id)) {
      throw Problem.notFound(kind);
    }
    return id;
  }

  /** The fields of the JSON body; an absent body counts as an empty object. */
  public Fields fields() {
    return Fields.of(this);
  }

  /**
   * The version that {@code If-Match} asks for, if any. HTTP's {@code *} is refused: it would let a
   * client change what it has not read.
   *
   * @throws Problem 412 {@code version-changed} for anything but a version
   */
  public Optional<Long> ifMatch() {
    Optional<String> header = header("if-match").map(String::strip);
    if (header.isPresent() && !header.get().matches("\"\\d{1,15}\"")) {
      throw Problem.versionChanged();
    }
    return header.map(value -> Long.valueOf(value.substring(1, value.length() - 1)));
  }
}
