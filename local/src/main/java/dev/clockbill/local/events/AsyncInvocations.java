package dev.clockbill.local.events;

import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.time.StackClock;
import java.time.Duration;
import java.util.List;

/** Lambda's asynchronous invocations: one that fails is tried twice again, later. */
final class AsyncInvocations {
  // After one minute, and after two more: as Lambda's guide on asynchronous invocation has it.
  private static final List<Duration> RETRIES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

  private final Invoker invoker;
  private final StackClock clock;

  AsyncInvocations(Invoker invoker, StackClock clock) {
    this.invoker = invoker;
    this.clock = clock;
  }

  /** Begins an invocation on a thread of its own. */
  void begin(String function, byte[] payload) {
    clock.run(function, () -> attempt(function, payload, 0));
  }

  /** Makes an attempt on this thread, and has the next one made later if it fails. */
  void attempt(String function, byte[] payload, int failures) {
    try {
      invoker.invoke(function, payload);
    } catch (FunctionFailed failed) {
      boolean last = failures == RETRIES.size();
      System.err.println(
          "%s failed: %s: %s (%s)"
              .formatted(
                  function,
                  failed.errorType(),
                  failed.getMessage(),
                  last ? "given up" : "again in " + RETRIES.get(failures).toMinutes() + " min"));
      if (!last) {
        clock.at(
            clock.instant().plus(RETRIES.get(failures)),
            function,
            () -> attempt(function, payload, failures + 1));
      }
    }
  }
}
