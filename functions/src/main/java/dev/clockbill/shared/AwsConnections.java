package dev.clockbill.shared;

import com.github.davidmoten.aws.lw.client.HttpClient;
import com.github.davidmoten.aws.lw.client.ResponseInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** HTTP by the JDK's own client that is quickest to start. */
enum AwsConnections implements HttpClient {
  /** Kept for the next request. */
  KEPT,

  /**
   * Kept, and looked at before they are used again, which takes a millisecond: the other end may
   * have closed as many as there are.
   */
  CHECKED,

  /** Not kept. */
  SINGLE;

  static {
    // It would repeat a request by itself where the kept connection has ended, unseen by whoever
    // counts repetitions; and close connections that are idle for five seconds.
    System.setProperty("sun.net.http.retryPost", "false");
    System.setProperty("http.keepAlive.time.server", "60");
    System.setProperty("http.maxConnections", "50");
  }

  @Override
  public ResponseInputStream request(
      URL url,
      String method,
      Map<String, String> headers,
      byte[] body,
      int connectTimeoutMs,
      int readTimeoutMs)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setRequestMethod(method);
    headers.forEach(connection::setRequestProperty);
    if (this == SINGLE) {
      connection.setRequestProperty("Connection", "close");
    }
    connection.setUseCaches(false);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(connectTimeoutMs);
    connection.setReadTimeout(readTimeoutMs);
    connection.setDoOutput(true);
    if (this == CHECKED) {
      // Before it streams the JDK sees whether a kept connection is still open.
      connection.setFixedLengthStreamingMode(body.length);
    }
    try {
      try (OutputStream output = connection.getOutputStream()) {
        output.write(body);
      }
      int status = connection.getResponseCode();
      byte[] content = content(connection, status);
      // The JDK takes what came before the connection broke for the whole.
      long announced = connection.getContentLengthLong();
      if (announced >= 0 && content.length != announced) {
        throw new EOFException(
            "The answer has %d bytes of %d.".formatted(content.length, announced));
      }
      return answer(status, connection.getHeaderFields(), content);
    } catch (IOException failed) {
      connection.disconnect();
      throw failed;
    }
  }

  /** An answer as the library takes it: one that has no length it would take for empty. */
  static ResponseInputStream answer(int status, Map<String, List<String>> headers, byte[] content) {
    Map<String, List<String>> all = new HashMap<>(headers);
    all.put("Content-Length", List.of(Integer.toString(content.length)));
    return new ResponseInputStream(() -> {}, status, all, new ByteArrayInputStream(content));
  }

  /** Read to its end, so that the connection can be used again. */
  private static byte[] content(HttpURLConnection connection, int status) throws IOException {
    try (InputStream content =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      return content == null ? new byte[0] : content.readAllBytes();
    }
  }
}
