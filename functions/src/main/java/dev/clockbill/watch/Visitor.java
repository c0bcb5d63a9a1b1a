package dev.clockbill.watch;

import dev.clockbill.shared.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Calls the product from outside. */
final class Visitor {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** What API Gateway gives a function at most: {@code HTTP API quotas}, integration time-out. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final HttpClient client;
  private final String base;
  private final String token;

  /** Whoever has not logged in. */
  Visitor(String base) {
    this(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build(),
        base,
        null);
  }

  private Visitor(HttpClient client, String base, String token) {
    this.client = client;
    this.base = base;
    this.token = token;
  }

  /** Somebody who has logged in. */
  Visitor withToken(String token) {
    return new Visitor(client, base, token);
  }

  /**
   * An answer of the product.
   *
   * @param asked method and path, as a failure names them
   */
  record Answer(String asked, int status, String body) {
    /**
     * This answer, if it has that status.
     *
     * @throws IllegalStateException saying what it has instead
     */
    Answer expect(int expected) {
      if (status != expected) {
        throw new IllegalStateException(
            "%s answered %d%s, not %d.".formatted(asked, status, problem(), expected));
      }
      return this;
    }

    /** The word of a problem; never its text, which may name people. */
    private String problem() {
      String type = body.startsWith("{") ? Json.text(json(), "type") : null;
      return type == null ? "" : " (" + type + ")";
    }

    /** Its JSON object. */
    Map<String, Object> json() {
      return Json.readObject(body);
    }
  }

  Answer get(String path) {
    return call("GET", path, BodyPublishers.noBody());
  }

  Answer post(String path, Map<String, Object> body) {
    return call("POST", path, BodyPublishers.ofString(Json.write(body)));
  }

  Answer delete(String path) {
    return call("DELETE", path, BodyPublishers.noBody());
  }

  /** A path of the product, or another address in full. */
  private Answer call(String method, String path, BodyPublisher body) {
    String asked = method + " " + withoutSecrets(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(asked, path.startsWith("/") ? base + path : path))
            .timeout(ANSWER)
            .header("user-agent", "clockbill-journey")
            .header("content-type", "application/json")
            .method(method, body);
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(asked, answer.statusCode(), answer.body());
    } catch (IOException failed) {
      throw new UncheckedIOException(
          asked + " got no answer: " + failed.getClass().getSimpleName(), failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(asked + " was interrupted.", ended);
    }
  }

  /** The address as it is written; what is wrong with it would say it whole. */
  private static URI address(String asked, String written) {
    try {
      return URI.create(written);
    } catch (IllegalArgumentException noAddress) {
      throw new IllegalStateException(asked + " is no address: look for blanks in it.");
    }
  }

  /** A pay link is a credential. */
  private static String withoutSecrets(String path) {
    return path.replaceAll("/pay/[^/?]+", "/pay/…").replaceAll("[?].*", "");
  }
}
