package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.storage.DocumentStore;
import dev.clockbill.local.time.StackClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Asynchronous invocations of Lambda: each is kept until it has succeeded, also while the stack is
 * not running; a failed one is repeated twice, some time later.
 */
public final class AsyncInvocations {
  // After one minute and after two more, as Lambda's guide on asynchronous invocation says.
  private static final List<Duration> RETRIES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

  private final Invoker invoker;
  private final StackClock clock;
  private final DocumentStore queue;

  /** Keeps what is not done yet in a store. */
  public AsyncInvocations(Invoker invoker, StackClock clock, DocumentStore queue) {
    this.invoker = invoker;
    this.clock = clock;
    this.queue = queue;
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
    queue.put(
        id,
        JsonNodeFactory.instance
            .objectNode()
            .put("function", function)
            .put("payload", new String(payload, StandardCharsets.UTF_8))
            .put("failures", 0)
            .put("at", clock.instant().toString()));
    clock.run(function, () -> attempt(id));
  }

  /** Makes an attempt on this thread, and schedules the next one if it fails. */
  private void attempt(String id) {
    JsonNode kept = queue.get(id).orElseThrow();
    String function = kept.path("function").asText();
    try {
      invoker.invoke(function, kept.path("payload").asText().getBytes(StandardCharsets.UTF_8));
      queue.remove(id);
    } catch (FunctionFailed failed) {
      int failures = kept.path("failures").asInt();
      boolean last = failures == RETRIES.size();
      System.err.println(
          "%s failed: %s: %s (%s)"
              .formatted(
                  function,
                  failed.errorType(),
                  failed.getMessage(),
                  last ? "given up" : "again in " + RETRIES.get(failures).toMinutes() + " min"));
      if (last) {
        queue.remove(id);
      } else {
        Instant again = clock.instant().plus(RETRIES.get(failures));
        ObjectNode next = kept.deepCopy();
        queue.put(id, next.put("failures", failures + 1).put("at", again.toString()));
        clock.at(again, function, () -> attempt(id));
      }
    }
  }
}
