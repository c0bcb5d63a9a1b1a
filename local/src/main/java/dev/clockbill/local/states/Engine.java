package dev.clockbill.local.states;

import dev.clockbill.local.events.EventBus;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.time.StackClock;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What every run of a workflow works with.
 *
 * @param runs those that have not ended, by the ARN of their execution; for many threads
 */
record Engine(
    StackClock clock,
    Invoker invoker,
    EventBus events,
    ExecutionStore store,
    TaskTokens tokens,
    Map<String, Run> runs,
    RandomGenerator random) {

  /** Keeps an execution whose status has changed, and tells the world. */
  void changed(Execution execution) {
    store.put(execution);
    if (!execution.running()) {
      runs.remove(execution.arn());
    }
    events.put(
        "aws.states", "Step Functions Execution Status Change", StatusChange.detail(execution));
  }
}
