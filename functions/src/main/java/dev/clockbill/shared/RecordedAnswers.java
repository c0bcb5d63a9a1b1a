package dev.clockbill.shared;

import com.github.davidmoten.aws.lw.client.HttpClient;
import com.github.davidmoten.aws.lw.client.ResponseInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Answers AWS's services in the order in which they were asked when their answers were recorded.
 */
final class RecordedAnswers implements HttpClient {
  private final Iterator<Map<String, Object>> calls;

  /**
   * The answers to these calls.
   *
   * @param calls each with {@code target}, such as {@code DynamoDB_20120810.GetItem}, and {@code
   *     answer}
   */
  RecordedAnswers(List<Map<String, Object>> calls) {
    this.calls = calls.iterator();
  }

  /** Whether all were asked for. */
  boolean spent() {
    return !calls.hasNext();
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
    String asked = headers.get("x-amz-target");
    Map<String, Object> call = calls.hasNext() ? calls.next() : Map.of();
    if (!asked.equals(Json.text(call, "target"))) {
      throw new IOException("recorded: " + Json.text(call, "target") + ", asked: " + asked);
    }
    byte[] answer = Json.write(Json.object(call, "answer")).getBytes(StandardCharsets.UTF_8);
    return AwsConnections.answer(HttpURLConnection.HTTP_OK, Map.of(), answer);
  }
}
