package dev.clockbill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Calls the API as a client does, and holds every answer against {@code openapi.yaml}.
 *
 * <p>What only the stack has, under paths that begin with an underscore, is not part of that
 * document and not held against it.
 */
public final class Api {
  static final JsonMapper JSON = new JsonMapper();

  /** Long enough for weeks to pass on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final String base;
  private final Map<String, String> headers;
  private final boolean checked;

  private Api(String base, Map<String, String> headers, boolean checked) {
    this.base = base;
    this.headers = headers;
    this.checked = checked;
  }

  /** Calls without a token. */
  public static Api at(String base) {
    return new Api(base, Map.of(), true);
  }

  /** The same with a token. */
  public Api as(String token) {
    return with("authorization", "Bearer " + token);
  }

  /** The same with one header more. */
  public Api with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Api(base, more, checked);
  }

  /** The same, but answers are not held against the document: for measuring how long they take. */
  public Api unchecked() {
    return new Api(base, headers, false);
  }

  /** The same with an {@code If-Match} of a version. */
  public Api ifMatch(long version) {
    return with("if-match", "\"" + version + "\"");
  }

  /** The address below which all paths are. */
  public String base() {
    return base;
  }

  /** The token that it calls with. */
  public Optional<String> token() {
    return Optional.ofNullable(headers.get("authorization"))
        .map(header -> header.substring("Bearer ".length()));
  }

  /** Reads. */
  public Answer get(String path) {
    return call("GET", path, null);
  }

  /** Reads a file, whose bytes text would not hold. */
  public byte[] bytes(String path) {
    Answer described = get(path);
    if (described.status() != 200) {
      throw new AssertionError("no file but " + described);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(described.http().uri());
    headers.forEach(request::header);
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofByteArray()).body();
    } catch (IOException failed) {
      throw new UncheckedIOException("GET " + path, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Posts nothing. */
  public Answer post(String path) {
    return call("POST", path, null);
  }

  /** Posts JSON text. */
  public Answer post(String path, String body) {
    return call("POST", path, body);
  }

  /** Posts a file of any type. */
  public Answer post(String path, String contentType, String body) {
    return with("content-type", contentType).call("POST", path, body);
  }

  /** Puts a file's bytes, as they are. */
  public Answer put(String path, String contentType, byte[] bytes) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .PUT(BodyPublishers.ofByteArray(bytes))
            .setHeader("content-type", contentType);
    headers.forEach(request::setHeader);
    return send(request.build(), "(bytes)");
  }

  /** Patches with JSON text. */
  public Answer patch(String path, String body) {
    return call("PATCH", path, body);
  }

  /** Deletes. */
  public Answer delete(String path) {
    return call("DELETE", path, null);
  }

  /** Calls with any method, and a body or null. */
  public Answer call(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
            .timeout(PATIENCE)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.setHeader("content-type", "application/json");
    }
    headers.forEach(request::setHeader);
    return send(request.build(), body);
  }

  private Answer send(HttpRequest sent, String body) {
    try {
      HttpResponse<String> answer = CLIENT.send(sent, BodyHandlers.ofString());
      // An error of ours is not part of the contract; a test that expects an answer fails anyway.
      if (checked && !sent.uri().getPath().startsWith("/_") && answer.statusCode() < 500) {
        ApiDescription.OURS.check(sent, body, answer);
      }
      return new Answer(answer);
    } catch (IOException failed) {
      throw new UncheckedIOException(sent.method() + " " + sent.uri(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** JSON text of alternating names and values. */
  public static String json(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      object.put((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return JSON.valueToTree(object).toString();
  }

  /** What came back. */
  public record Answer(HttpResponse<String> http) {

    /** The status. */
    public int status() {
      return http.statusCode();
    }

    /** The body as text. */
    public String body() {
      return http.body();
    }

    /** The body as JSON. */
    public JsonNode json() {
      try {
        return JSON.readTree(http.body());
      } catch (IOException wrong) {
        throw new UncheckedIOException(toString(), wrong);
      }
    }

    /**
     * The body as JSON, if the status is this one.
     *
     * @throws AssertionError telling the whole answer if it is another
     */
    public JsonNode expect(int status) {
      if (status() != status) {
        throw new AssertionError("not " + status + " but " + this);
      }
      return body().isEmpty() ? JSON.createObjectNode() : json();
    }

    /** The word that a problem's type ends in. */
    public String word() {
      return json().path("type").asText().replaceAll(".*/", "");
    }

    /** A header's value. */
    public Optional<String> header(String name) {
      return http.headers().firstValue(name);
    }

    @Override
    public String toString() {
      return http.request().method() + " " + http.uri() + " → " + status() + " " + body();
    }
  }
}
