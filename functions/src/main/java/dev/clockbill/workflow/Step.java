package dev.clockbill.workflow;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.KeepAwake;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Carries a JSON payload from a trigger to its handler, and an answer back where one is wanted. */
public final class Step {
  private Step() {}

  /** Answers a step of the workflow with what its next state reads. */
  public static void answer(
      InputStream input,
      OutputStream output,
      Function<Map<String, Object>, Map<String, Object>> step)
      throws IOException {
    Map<String, Object> event = Json.read(input);
    if (KeepAwake.asks(event)) {
      return;
    }
    Map<String, Object> answer = step.apply(event);
    output.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
  }

  /** Takes an event, a schedule's call, or a step whose answer nobody reads. */
  public static void take(InputStream input, Consumer<Map<String, Object>> event)
      throws IOException {
    Map<String, Object> read = Json.read(input);
    if (!KeepAwake.asks(read)) {
      event.accept(read);
    }
  }
}
