package dev.clockbill.local.states;

import dev.clockbill.local.time.StackClock;
import java.util.Optional;

/** One try at a task; guarded by the lock of its run. */
final class Attempt {
  private final Optional<String> token;
  private final FunctionCall call;
  private Optional<StackClock.Due> timeout = Optional.empty();
  private boolean begun;

  /**
   * A try that is about to begin.
   *
   * @param token under which the task's answer is awaited; empty where the function's is taken
   */
  Attempt(Optional<String> token, FunctionCall call) {
    this.token = token;
    this.call = call;
  }

  Optional<String> token() {
    return token;
  }

  FunctionCall call() {
    return call;
  }

  /** What ends it when it has taken too long. */
  void timeout(StackClock.Due due) {
    timeout = Optional.of(due);
  }

  /** Whether its function is still to be called; says so once. */
  boolean begin() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  void close(TaskTokens tokens) {
    timeout.ifPresent(StackClock.Due::cancel);
    token.ifPresent(tokens::forget);
  }
}
