package dev.clockbill.shared;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An invocation that was recorded: {@code variables} beside those of the environment, the {@code
 * event}, the {@code calls} to AWS's services with their answers, and the {@code status} that was
 * answered.
 */
record Rehearsal(Class<? extends RequestStreamHandler> handler, Map<String, Object> recorded) {
  /** How long it may take. */
  private static final int MILLIS = 10_000;

  /** The one of a handler. */
  static Rehearsal of(Class<? extends RequestStreamHandler> handler) throws IOException {
    try (InputStream file =
        handler.getResourceAsStream("/rehearsals/" + handler.getSimpleName() + ".json")) {
      return new Rehearsal(handler, Json.read(file));
    }
  }

  /**
   * Repeats it.
   *
   * @throws IllegalStateException if something else is asked or answered than was then
   */
  void run(Map<String, String> variables, UnaryOperator<Map<String, Object>> event)
      throws Exception {
    Map<String, String> all = new HashMap<>(variables);
    Json.object(recorded, "variables").forEach((name, value) -> all.put(name, (String) value));
    RecordedAnswers answers = new RecordedAnswers(Json.objects(recorded, "calls"));
    byte[] input =
        Json.write(event.apply(Json.object(recorded, "event"))).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ScopedValue.where(AwsService.CARRIER, answers)
        .where(Log.REHEARSAL, true)
        .<Void, Exception>call(
            () -> {
              handler
                  .getConstructor(Map.class)
                  .newInstance(all)
                  .handleRequest(
                      new ByteArrayInputStream(input), output, new RehearsedInvocation(MILLIS));
              return null;
            });
    Object status = Json.readObject(output.toString(StandardCharsets.UTF_8)).get("statusCode");
    if (!recorded.get("status").equals(status) || !answers.spent()) {
      throw new IllegalStateException("It answers otherwise than was recorded: " + status);
    }
  }
}
