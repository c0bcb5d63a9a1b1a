package dev.clockbill.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * An HTTP server on the loopback address.
 *
 * <p>It takes its port when it is made, so that others can be told the address, and answers once a
 * front is given.
 */
public final class HttpServer implements AutoCloseable {
  /** The most that a request's body may hold, as Lambda takes it: 6 MB. */
  public static final int LARGEST_BODY = 6 * 1024 * 1024;

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
   * Takes a port of 127.0.0.1.
   *
   * @param port 0 for any that is free
   * @throws PortTaken if another program listens there
   */
  public static HttpServer bind(int port) {
    Server server = new Server(new VirtualThreadPool());
    server.setErrorHandler(HttpServer::refuse);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // What a path may hold is for the front to say, as it is for the gateway's functions on AWS.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
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

  /** Begins to answer; calls that came before have waited. */
  public void serve(Front front) {
    serve(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws IOException {
            write(answer(front, request), response, callback);
            return true;
          }
        });
  }

  /** Begins to answer by a handler of Jetty's. */
  public void serve(Handler handler) {
    requests.setHandler(handler);
    server.setHandler(requests);
    try {
      server.start();
    } catch (Exception failed) {
      throw new IllegalStateException("The HTTP server does not start.", failed);
    }
  }

  /** The port that it has. */
  public int port() {
    return port;
  }

  /** Its address on this machine. */
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Takes no more calls and waits for those under way, for ten seconds at most. */
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

  /** Waits for the requests under way, so that stopping need not be patient with connections. */
  private void awaitRequests() throws InterruptedException {
    long begun = System.nanoTime();
    while (requests.getCurrentRequestCount() > 0
        && System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(STOP_TIMEOUT_MILLIS)) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static Answer answer(Front front, Request request) throws IOException {
    byte[] body;
    try (InputStream content = Content.Source.asInputStream(request)) {
      body = content.readNBytes(LARGEST_BODY + 1);
    }
    if (body.length > LARGEST_BODY) {
      return Answer.json(413, Map.of("message", "Request Entity Too Large"))
          .with("Connection", "close");
    }
    Call call = call(request, body);
    try {
      return front.answer(call);
    } catch (Exception | StackOverflowError failed) {
      System.err.println(call.method() + " " + call.path() + " failed:");
      failed.printStackTrace();
      return Answer.json(500, Map.of("message", "Internal Server Error"));
    }
  }

  private static Call call(Request request, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getLowerCaseName(), name -> new ArrayList<>())
          .add(field.getValue() == null ? "" : field.getValue());
    }
    String path = request.getHttpURI().getPath();
    String query = request.getHttpURI().getQuery();
    return new Call(
        request.getMethod(),
        path == null || path.isEmpty() ? "/" : path,
        query == null ? "" : query,
        headers,
        body);
  }

  /** Answers what is no request at all, such as a path with a control character in it. */
  private static boolean refuse(Request request, Response response, Callback callback) {
    write(Answer.json(400, Map.of("message", "Bad Request")), response, callback);
    return true;
  }

  private static void write(Answer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer
        .headers()
        .forEach((name, values) -> values.forEach(value -> response.getHeaders().add(name, value)));
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }
}
