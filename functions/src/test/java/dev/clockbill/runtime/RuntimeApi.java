package dev.clockbill.runtime;

import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lambda's side of one execution environment: the runtime API that AWS's runtime interface client
 * asks for events and tells answers (Lambda developer guide, "Using the Lambda runtime API").
 */
final class RuntimeApi implements AutoCloseable {
  private static final String VERSION = "/2018-06-01/runtime/";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpServer server = HttpServer.bind(0);
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final BlockingQueue<Response> replies = new SynchronousQueue<>();

  /**
   * What the runtime has sent.
   *
   * @param what {@code restore} when it waits for its snapshot to be restored, {@code next}, {@code
   *     response} or {@code error}
   * @param nanos when it was there, as {@link System#nanoTime} counts
   */
  record Arrival(String what, long nanos, String body) {}

  RuntimeApi() {
    server.serve(this::answer);
  }

  /** Host and port, as {@code AWS_LAMBDA_RUNTIME_API} names them. */
  String address() {
    return "127.0.0.1:" + server.port();
  }

  private Response answer(Request request) throws InterruptedException {
    long now = System.nanoTime();
    String path = request.path().substring(VERSION.length());
    String what =
        path.equals("restore/next") ? "restore" : path.substring(path.lastIndexOf('/') + 1);
    arrivals.add(new Arrival(what, now, request.text()));
    return what.equals("next") || what.equals("restore") ? replies.take() : Response.empty(202);
  }

  /**
   * Waits until the runtime has sent this.
   *
   * @throws IllegalStateException if it sends something else, such as an error
   * @throws TimeoutException if it sends nothing for a minute
   */
  Arrival await(String what) throws InterruptedException, TimeoutException {
    Arrival arrival = arrivals.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (arrival == null) {
      throw new TimeoutException("The runtime does not send: " + what);
    }
    if (!arrival.what().equals(what)) {
      throw new IllegalStateException(
          "In place of %s the runtime sends %s: %s"
              .formatted(what, arrival.what(), arrival.body()));
    }
    return arrival;
  }

  /** Lets the runtime, which asks for an event, have this one. */
  void hand(String event, String requestId) throws InterruptedException {
    long deadline = System.currentTimeMillis() + PATIENCE.toMillis();
    replies.put(
        new Response(
            200,
            Map.of(
                "Content-Type", List.of("application/json"),
                "Lambda-Runtime-Aws-Request-Id", List.of(requestId),
                "Lambda-Runtime-Deadline-Ms", List.of(Long.toString(deadline)),
                "Lambda-Runtime-Invoked-Function-Arn",
                    List.of("arn:aws:lambda:eu-central-1:123456789012:function:measured")),
            event.getBytes(StandardCharsets.UTF_8)));
  }

  /** Tells the runtime that it is restored. */
  void restore() throws InterruptedException {
    replies.put(Response.of(200, "application/json", new byte[0]));
  }

  @Override
  public void close() {
    // Whoever still asks for an event gets none.
    replies.offer(Response.none());
    server.close();
  }
}
