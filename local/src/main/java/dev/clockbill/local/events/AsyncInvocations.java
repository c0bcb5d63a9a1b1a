package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.storage.DocumentStore;
import dev.clockbill.local.template.FailureQueue;
import dev.clockbill.local.time.StackClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asynchronous invocations of Lambda: each is kept until it has succeeded, also while the stack is
 * not running; a failed one is repeated twice, some time later. What fails even then goes to the
 * function's queue for failures, if it has one, and from there comes again and again to the
 * function that takes from the queue (Lambda's guide, "Capturing records of asynchronous
 * invocations" and "Using Lambda with Amazon SQS").
 */
public final class AsyncInvocations {
  // After one minute and after two more, as Lambda's guide on asynchronous invocation says.
  private static final List<Duration> RETRIES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

  private final Invoker invoker;
  private final StackClock clock;
  private final DocumentStore queue;
  private final Map<String, FailureQueue> failureQueues;

  /**
   * Keeps what is not done yet in a store.
   *
   * @param failureQueues at most one for each function
   */
  public AsyncInvocations(
      Invoker invoker, StackClock clock, DocumentStore queue, List<FailureQueue> failureQueues) {
    this.invoker = invoker;
    this.clock = clock;
    this.queue = queue;
    this.failureQueues =
        failureQueues.stream()
            .collect(Collectors.toUnmodifiableMap(FailureQueue::from, Function.identity()));
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
    ObjectNode kept =
        JsonNodeFactory.instance
            .objectNode()
            .put("function", function)
            .put("payload", new String(payload, StandardCharsets.UTF_8))
            .put("failures", 0);
    begin(function, kept);
  }

  private void begin(String function, ObjectNode kept) {
    String id = UUID.randomUUID().toString();
    queue.put(id, kept.put("at", clock.instant().toString()));
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
      Optional<Duration> wait = kept.has("visibility") ? fromQueue(kept) : repeated(kept);
      System.err.println(
          "%s failed: %s: %s (%s)"
              .formatted(
                  function,
                  failed.errorType(),
                  failed.getMessage(),
                  wait.map(time -> "again in " + time.toMinutes() + " min").orElse("given up")));
      if (wait.isPresent()) {
        Instant again = clock.instant().plus(wait.get());
        int failures = kept.path("failures").asInt() + 1;
        queue.put(id, kept.put("failures", failures).put("at", again.toString()));
        clock.at(again, function, () -> attempt(id));
      } else {
        // Kept twice for a moment rather than not at all: the stack may be killed in between.
        if (failureQueues.containsKey(function) && !kept.has("visibility")) {
          begin(failureQueues.get(function), kept, failed);
        }
        queue.remove(id);
      }
    }
  }

  private static Optional<Duration> repeated(JsonNode kept) {
    return RETRIES.stream().skip(kept.path("failures").asInt()).findFirst();
  }

  private Optional<Duration> fromQueue(JsonNode kept) {
    Duration visibility = Duration.parse(kept.path("visibility").asText());
    Instant until = Instant.parse(kept.path("until").asText());
    return clock.instant().plus(visibility).isBefore(until)
        ? Optional.of(visibility)
        : Optional.empty();
  }

  /** Puts an event into a queue for failures, which hands it on at once. */
  private void begin(FailureQueue to, JsonNode failedEvent, FunctionFailed failure) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    body.put("timestamp", clock.instant().toString());
    body.putObject("requestContext")
        .put("requestId", UUID.randomUUID().toString())
        .put("condition", "RetriesExhausted")
        .put("approximateInvokeCount", RETRIES.size() + 1);
    body.putRawValue("requestPayload", new RawValue(failedEvent.path("payload").asText()));
    body.putObject("responsePayload")
        .put("errorType", failure.errorType())
        .put("errorMessage", failure.getMessage());
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .putArray("Records")
        .addObject()
        .put("messageId", UUID.randomUUID().toString())
        .put("receiptHandle", UUID.randomUUID().toString())
        .put("body", body.toString())
        .put("eventSource", "aws:sqs")
        .put("eventSourceARN", to.arn())
        .put("awsRegion", "eu-central-1");
    begin(
        to.to(),
        JsonNodeFactory.instance
            .objectNode()
            .put("function", to.to())
            .put("payload", event.toString())
            .put("failures", 0)
            .put("visibility", to.visibility().toString())
            .put("until", clock.instant().plus(to.retention()).toString()));
  }
}
