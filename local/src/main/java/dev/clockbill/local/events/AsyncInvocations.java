package dev.clockbill.local.events;

import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.time.StackClock;
import java.time.Duration;
import java.util.List;

/** Asynchronous invocations of Lambda: a failed one is repeated twice, some time later. */
final class AsyncInvocations {
  // After one minute and after two more, as Lambda's guide on asynchronous invocation says.
  private static final List<Duration> RETRIES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

  private final Invoker invoker;
  private final StackClock clock;

  AsyncInvocations(Invoker invoker, StackClock clock) {
    this.invoker = invoker;
    this.clock = clock;
  }

  /** Starts an invocation on a new thread. */
  void begin(String function, byte[] payload) {
    clock.run(function, () -> attempt(function, payload, 0));
  }

  /** Makes an attempt on this thread, and schedules the next one if it fails. */
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
