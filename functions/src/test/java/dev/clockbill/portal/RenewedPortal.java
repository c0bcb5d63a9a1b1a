package dev.clockbill.portal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.clockbill.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * A way to the stack on which its portal can be renewed: from then on it has the same files under
 * another hash, and those of the earlier one are no longer there, as after a deployment.
 */
final class RenewedPortal implements AutoCloseable {
  /** The hash of the files once they were renewed. */
  static final String HASH = "f0f0f0f0f0f0f0f0";

  private static final Set<String> BOUND =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "accept-encoding"); // texts are changed on their way

  /** Longer than service-worker.js waits for the page. */
  private static final Duration LATE = Duration.ofMillis(4_500);

  private final String stack;
  private final String earlier = new PortalFiles().hash();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;
  private volatile boolean renewed;
  private volatile boolean asleep;
  private volatile boolean slow;

  RenewedPortal(String stack) throws IOException {
    this.stack = stack;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::pass);
    server.start();
  }

  String base() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  void renew() {
    renewed = true;
  }

  /** From now on the page itself is answered as by a function that is asleep. */
  void fallAsleep() {
    asleep = true;
  }

  /** From now on the second half of the page itself comes later than its service worker waits. */
  void slowDown() {
    slow = true;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      if (asleep && path.equals("/")) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      HttpResponse<byte[]> answer =
          renewed && path.contains("/assets/" + earlier)
              ? ask(exchange, "/assets/gone/file")
              : ask(exchange, path.replace(HASH, earlier));
      byte[] body = answer.body();
      if (renewed && (path.equals("/") || path.equals("/service-worker.js"))) {
        body =
            new String(body, StandardCharsets.UTF_8)
                .replace(earlier, HASH)
                .getBytes(StandardCharsets.UTF_8);
      }
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!BOUND.contains(name) && !name.startsWith(":")) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      int half = slow && path.equals("/") ? body.length / 2 : body.length;
      exchange.getResponseBody().write(body, 0, half);
      if (half < body.length) {
        exchange.getResponseBody().flush();
        long begun = System.nanoTime();
        Eventually.get("the moment", System::nanoTime, now -> now - begun > LATE.toNanos());
        exchange.getResponseBody().write(body, half, body.length - half);
      }
    }
  }

  private HttpResponse<byte[]> ask(HttpExchange exchange, String path) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(stack + path))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!BOUND.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
