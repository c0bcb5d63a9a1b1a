package dev.clockbill.workflow;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.KeepAwake;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
    if (KeepAwake.answered(event, output)) {
      return;
    }
    Map<String, Object> answer = step.apply(event);
    Json.write(answer, output);
  }

  /**
   * Takes an event, a schedule's call, or a step whose answer nobody reads. It answers all the
   * same, since Step Functions parses what a function answers as JSON (Step Functions' guide,
   * "Invoke Lambda with Step Functions").
   */
  public static void take(
      InputStream input, OutputStream output, Consumer<Map<String, Object>> taken)
      throws IOException {
    Map<String, Object> event = Json.read(input);
    if (!KeepAwake.answered(event, output)) {
      taken.accept(event);
      Json.write(Map.of(), output);
    }
  }
}
