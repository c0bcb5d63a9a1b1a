package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.storage.DocumentStore;
import dev.clockbill.local.template.AsyncEntry;
import dev.clockbill.local.time.StackClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Asynchronous invocations of Lambda: each is kept until it has succeeded, also while the stack is
 * not running; a failed one is repeated twice, some time later, or as often as its function says.
 * What fails even then, or has become too old, goes to the function's queue for failures, if it has
 * one (Lambda's guide, "Configuring error handling settings for asynchronous invocations" and
 * "Capturing records of asynchronous invocations").
 */
public final class AsyncInvocations {
  // After one minute and after two more, as Lambda's guide on asynchronous invocation says.
  private static final List<Duration> RETRIES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

  private final Invoker invoker;
  private final StackClock clock;
  private final DocumentStore queue;
  private final Map<String, AsyncEntry> settings;
  private final Queues dead;

  /**
   * Keeps what is not done yet in a store.
   *
   * @param settings those of functions that have some of their own
   * @param dead the queues for what functions fail at
   */
  public AsyncInvocations(
      Invoker invoker,
      StackClock clock,
      DocumentStore queue,
      Map<String, AsyncEntry> settings,
      Queues dead) {
    this.invoker = invoker;
    this.clock = clock;
    this.queue = queue;
    this.settings = Map.copyOf(settings);
    this.dead = dead;
  }

  /** Continues what an earlier run did not finish. */
  public void resume() {
    queue
        .all()
        .forEach(
            (id, kept) ->
                clock.at(
                    Instant.parse(kept.path("at").asText()),
                    kept.path("function").asText(),
                    () -> attempt(id)));
  }

  /** Starts an invocation on a new thread. */
  void begin(String function, byte[] payload) {
    String id = UUID.randomUUID().toString();
    String now = clock.instant().toString();
    queue.put(
        id,
        JsonNodeFactory.instance
            .objectNode()
            .put("function", function)
            .put("payload", new String(payload, StandardCharsets.UTF_8))
            .put("failures", 0)
            .put("since", now)
            .put("at", now));
    clock.run(function, () -> attempt(id));
  }

  /** Makes an attempt on this thread, and schedules the next one if it fails. */
  private void attempt(String id) {
    ObjectNode kept = queue.get(id).map(ObjectNode.class::cast).orElseThrow();
    String function = kept.path("function").asText();
    try {
      invoker.invoke(function, kept.path("payload").asText().getBytes(StandardCharsets.UTF_8));
      queue.remove(id);
    } catch (FunctionFailed failed) {
      int failures = kept.path("failures").asInt() + 1;
      AsyncEntry setting = settings.getOrDefault(function, AsyncEntry.STANDARD);
      Optional<Duration> wait = wait(setting, failures - 1);
      Instant again = clock.instant().plus(wait.orElse(Duration.ZERO));
      boolean tooOld =
          again.isAfter(Instant.parse(kept.path("since").asText()).plus(setting.maximumAge()));
      System.err.println(
          "%s failed: %s: %s (%s)"
              .formatted(
                  function,
                  failed.errorType(),
                  failed.getMessage(),
                  wait.filter(time -> !tooOld)
                      .map(time -> "again in " + time.toMinutes() + " min")
                      .orElse("given up")));
      if (wait.isPresent() && !tooOld) {
        queue.put(id, kept.put("failures", failures).put("at", again.toString()));
        clock.at(again, function, () -> attempt(id));
      } else {
        String condition = wait.isPresent() ? "EventAgeExceeded" : "RetriesExhausted";
        // Kept twice for a moment rather than not at all: the stack may be killed in between.
        setting
            .onFailure()
            .ifPresent(arn -> dead.send(arn, record(kept, failed, failures, condition)));
        queue.remove(id);
      }
    }
  }

  private static Optional<Duration> wait(AsyncEntry setting, int retried) {
    return RETRIES.stream().limit(setting.retries()).skip(retried).findFirst();
  }

  /** The record of an invocation that failed for good. */
  private String record(
      JsonNode failedEvent, FunctionFailed failure, int invocations, String condition) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    body.put("timestamp", clock.instant().toString());
    body.putObject("requestContext")
        .put("requestId", UUID.randomUUID().toString())
        .put("condition", condition)
        .put("approximateInvokeCount", invocations);
    body.putRawValue("requestPayload", new RawValue(failedEvent.path("payload").asText()));
    body.putObject("responsePayload")
        .put("errorType", failure.errorType())
        .put("errorMessage", failure.getMessage());
    return body.toString();
  }
}
