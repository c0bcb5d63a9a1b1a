package dev.clockbill.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * An HTTP server on the loopback address.
 *
 * <p>It opens its port when it is created, so that its address is known, and answers once it has a
 * handler.
 */
public final class HttpServer implements AutoCloseable {
  /**
   * How long it keeps a connection on which nothing happens: longer than clients do, who would else
   * ask on one that has just been closed.
   */
  public static final Duration IDLE = Duration.ofSeconds(90);

  /** The largest request body, 6 MB as on Lambda. */
  public static final int LARGEST_BODY = 6 * 1024 * 1024;

  /**
   * The largest request line with its headers. Source: API Gateway's developer guide, "Quotas for
   * configuring and running an HTTP API".
   */
  private static final int LARGEST_HEAD = 10_240;

  private static final long STOP_TIMEOUT_MILLIS = 10_000;
  // Jetty gives connections that clients keep open this long when it stops.
  private static final long IDLE_AT_STOP_MILLIS = 20;
  private static final long LOOK_AGAIN_MILLIS = 2;

  private final Server server;
  private final ServerConnector connector;
  private final int port;
  private final GracefulHandler requests = new GracefulHandler();

  private HttpServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
    this.port = connector.getLocalPort();
  }

  /**
   * Opens a port of 127.0.0.1.
   *
   * @param port 0 for any free one
   * @throws PortTaken if another program uses it
   */
  public static HttpServer bind(int port) {
    Server server = new Server(new VirtualThreadPool());
    server.setErrorHandler(HttpServer::refuse);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(LARGEST_HEAD);
    // The handler decides which paths it takes, as the gateway's functions do on AWS.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
    server.addConnector(connector);
    server.setStopTimeout(STOP_TIMEOUT_MILLIS);
    try {
      connector.open();
    } catch (IOException failed) {
      if (failed.getCause() instanceof BindException || failed instanceof BindException) {
        throw new PortTaken(port);
      }
      throw new IllegalStateException("The port " + port + " cannot be opened.", failed);
    }
    return new HttpServer(server, connector);
  }

  /** Begins to answer; requests that came before have waited. */
  public void serve(HttpHandler handler) {
    serve(
        new Handler.Abstract() {
          @Override
          public boolean handle(
              org.eclipse.jetty.server.Request received,
              org.eclipse.jetty.server.Response target,
              Callback callback)
              throws IOException {
            Response response = answer(handler, received);
            if (response.status() == 0) {
              received.getConnectionMetaData().getConnection().close();
              callback.succeeded();
            } else {
              write(response, target, callback);
            }
            return true;
          }
        });
  }

  private void serve(Handler handler) {
    requests.setHandler(handler);
    server.setHandler(requests);
    try {
      server.start();
    } catch (Exception failed) {
      throw new IllegalStateException("The HTTP server does not start.", failed);
    }
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** Its address on this machine. */
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Takes no more requests and waits at most ten seconds for those that are being answered. */
  @Override
  public void close() {
    try {
      awaitRequests();
      server.stop();
      connector.close();
    } catch (Exception failed) {
      throw new IllegalStateException("The HTTP server does not stop.", failed);
    }
  }

  /** Waits for open requests, so that Jetty itself need not wait for idle connections. */
  private void awaitRequests() throws InterruptedException {
    long begun = System.nanoTime();
    while (requests.getCurrentRequestCount() > 0
        && System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(STOP_TIMEOUT_MILLIS)) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static Response answer(HttpHandler handler, org.eclipse.jetty.server.Request received)
      throws IOException {
    byte[] body;
    try (InputStream content = Content.Source.asInputStream(received)) {
      // Of a length that is known no more is read into memory than that.
      long length = received.getLength();
      boolean known = length >= 0 && length <= LARGEST_BODY;
      body = content.readNBytes(known ? (int) length : LARGEST_BODY + 1);
    }
    if (body.length > LARGEST_BODY) {
      return Response.json(413, Map.of("message", "Request Entity Too Large"))
          .with("Connection", "close");
    }
    Request request = read(received, body);
    try {
      return handler.answer(request);
    } catch (Exception | StackOverflowError failed) {
      System.err.println(request.method() + " " + request.path() + " failed:");
      failed.printStackTrace();
      return Response.json(500, Map.of("message", "Internal Server Error"));
    }
  }

  private static Request read(org.eclipse.jetty.server.Request received, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : received.getHeaders()) {
      headers
          .computeIfAbsent(field.getLowerCaseName(), name -> new ArrayList<>())
          .add(field.getValue() == null ? "" : field.getValue());
    }
    String path = received.getHttpURI().getPath();
    String query = received.getHttpURI().getQuery();
    return new Request(
        received.getMethod(),
        path == null || path.isEmpty() ? "/" : path,
        query == null ? "" : query,
        headers,
        body);
  }

  /**
   * Answers what is no valid request, such as a path with a control character in it, or one that is
   * too long (414 and 431, as Jetty tells them apart).
   */
  private static boolean refuse(
      org.eclipse.jetty.server.Request received,
      org.eclipse.jetty.server.Response target,
      Callback callback) {
    int status = target.getStatus();
    Response refusal =
        status == HttpStatus.URI_TOO_LONG_414
                || status == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431
            ? Response.json(status, Map.of("message", HttpStatus.getMessage(status)))
            : Response.json(400, Map.of("message", "Bad Request"));
    write(refusal, target, callback);
    return true;
  }

  private static void write(
      Response response, org.eclipse.jetty.server.Response target, Callback callback) {
    target.setStatus(response.status());
    response
        .headers()
        .forEach((name, values) -> values.forEach(value -> target.getHeaders().add(name, value)));
    target.write(true, ByteBuffer.wrap(response.body()), callback);
  }
}
