package dev.clockbill.local.states;

import dev.clockbill.local.time.StackClock;
import java.util.Optional;
import java.util.function.Consumer;

/** One attempt at a task; guarded by the lock of its run. */
final class Attempt {
  private final Optional<String> token;
  private final FunctionCall call;
  private Optional<StackClock.Due> timeout = Optional.empty();
  private boolean begun;

  /**
   * Creates an attempt that has not started.
   *
   * @param token the task token; empty if the result of the function is the result of the task
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

  /** Sets the time after which it is ended. */
  void timeout(StackClock.Due due) {
    timeout = Optional.of(due);
  }

  /** Whether its function still has to be called: true only the first time. */
  boolean begin() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  /** Ends it; its token, if it has one, is to be forgotten. */
  void close(Consumer<String> forget) {
    timeout.ifPresent(StackClock.Due::cancel);
    token.ifPresent(forget);
  }
}
