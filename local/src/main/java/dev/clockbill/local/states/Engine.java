package dev.clockbill.local.states;

import dev.clockbill.local.events.EventBus;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.time.StackClock;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Everything that the runs of workflows share.
 *
 * @param runs unfinished runs by the ARN of their execution; safe for many threads
 */
record Engine(
    StackClock clock,
    Invoker invoker,
    EventBus events,
    ExecutionStore store,
    TaskTokens tokens,
    Map<String, Run> runs,
    RandomGenerator random) {

  /** Stores an execution whose status has changed, and publishes the event. */
  void changed(Execution execution) {
    store.put(execution);
    if (!execution.running()) {
      runs.remove(execution.arn());
    }
    events.put(
        "aws.states", "Step Functions Execution Status Change", StatusChange.detail(execution));
  }
}
