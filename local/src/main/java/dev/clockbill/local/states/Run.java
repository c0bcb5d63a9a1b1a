package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.time.StackClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A running execution: its current state and how it continues.
 *
 * <p>It <em>proceeds</em> from state to state until a task waits for a token, or until time has to
 * pass. While it waits it uses no thread; the token or the clock makes it proceed again. Of a
 * result, a time-out and an abort the first one wins: each checks whether its attempt is still the
 * current one. Functions are called without the lock, so that an execution can be aborted at the
 * same time.
 */
final class Run {
  /** The largest input or output, as on AWS. */
  private static final int MOST_BYTES = 262_144;

  /** The longest history, as on AWS. */
  private static final int MOST_EVENTS = 25_000;

  private final Machine machine;
  private final Engine engine;
  private final Position position;
  private final List<HistoryEvent> history;

  private Execution execution;
  private Attempt attempt;
  private boolean paused;
  private Optional<StackClock.Due> pause = Optional.empty();
  private Optional<StackClock.Due> deadline = Optional.empty();

  /** Creates the run of an execution that has not started. */
  Run(Machine machine, Engine engine, Execution execution, JsonNode executionInput) {
    this.machine = machine;
    this.engine = engine;
    this.execution = execution;
    this.position = new Position(machine, execution, executionInput);
    this.history = new ArrayList<>(execution.history());
  }

  /** Starts the execution, on a thread of the clock. */
  void begin() {
    synchronized (this) {
      if (!execution.running()) {
        return;
      }
      deadline =
          machine
              .definition()
              .timeout()
              .map(length -> at(execution.startedAt().plus(length), this::endTimedOut));
      guarded(() -> enter(machine.definition().startAt(), position.executionInput()));
    }
    proceed();
  }

  /** Aborts the execution; does nothing if it has ended. */
  synchronized void abort(String error, String cause) {
    if (execution.running()) {
      end(Status.ABORTED, null, error, cause);
    }
  }

  /** Accepts the result for a token; false if no task waits for it any more. */
  synchronized boolean answer(String token, TaskOutcome outcome) {
    if (attempt == null || !attempt.token().equals(Optional.of(token))) {
      return false;
    }
    guarded(() -> settle(outcome));
    save();
    engine.clock().run(what(), this::proceed);
    return true;
  }

  private void proceed() {
    for (Optional<Attempt> next = advance(); next.isPresent(); next = advance()) {
      Attempt called = next.get();
      answered(called, called.call().perform(machine, engine.invoker()));
    }
  }

  /** Continues until a function has to be called, or until the execution waits or ends. */
  private synchronized Optional<Attempt> advance() {
    while (execution.running() && !paused && attempt == null) {
      guarded(this::step);
    }
    save();
    return Optional.ofNullable(attempt).filter(Attempt::begin);
  }

  private synchronized void answered(Attempt called, TaskOutcome outcome) {
    if (attempt != called) {
      return;
    }
    if (called.token().isPresent() && outcome instanceof TaskOutcome.Succeeded) {
      record("TaskSubmitted");
    } else {
      guarded(() -> settle(outcome));
    }
  }

  private void step() throws StateError {
    switch (position.state()) {
      case State.Task task -> schedule(task);
      case State.Choice choice -> leave(Position.chosen(choice, scope()), scope());
      case State.Pass pass -> leave(pass.exit(), scope());
      case State.Wait waiting ->
          pauseUntil(WaitTimes.end(waiting, scope()), () -> leave(waiting.exit(), scope()));
      case State.Succeed succeed -> leave(succeed.exit(), scope());
      case State.Fail fail -> {
        String error = Expressions.text("Error", fail.error(), scope());
        String cause = Expressions.text("Cause", fail.cause(), scope());
        end(Status.FAILED, null, error, cause);
      }
    }
  }

  private void schedule(State.Task task) throws StateError {
    Optional<String> token =
        task.awaitsToken()
            ? Optional.of(engine.tokens().issue(machine.arn(), this))
            : Optional.empty();
    try {
      Scope scope = position.scope(now(), token);
      Attempt begun = new Attempt(token, FunctionCall.of(task, scope));
      WaitTimes.timeout(task, scope)
          .ifPresent(length -> begun.timeout(at(now().plus(length), () -> timeOut(begun))));
      attempt = begun;
    } catch (StateError error) {
      token.ifPresent(engine.tokens()::forget);
      throw error;
    }
    record("TaskScheduled");
    record("TaskStarted");
  }

  private void timeOut(Attempt late) {
    synchronized (this) {
      if (attempt != late) {
        return;
      }
      guarded(() -> settle(new TaskOutcome.Failed(new StateError(ErrorNames.TIMEOUT, ""))));
    }
    proceed();
  }

  private void settle(TaskOutcome outcome) throws StateError {
    State.Task task = (State.Task) position.state();
    closeAttempt();
    switch (outcome) {
      case TaskOutcome.Succeeded succeeded -> {
        record("TaskSucceeded");
        JsonNode result = succeeded.result();
        leave(task.exit(), result, scope().with("result", result));
      }
      case TaskOutcome.Failed failed -> {
        record(failed.error().isTimeout() ? "TaskTimedOut" : "TaskFailed");
        throw failed.error();
      }
    }
  }

  private void enter(String name, JsonNode input) throws StateError {
    if (input.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new StateError(ErrorNames.DATA_LIMIT, "The input of state " + name + " is too large.");
    }
    if (history.size() > MOST_EVENTS) {
      throw new StateError(
          ErrorNames.RUNTIME,
          "The execution reached the maximum number of history events (25000).");
    }
    position.enter(machine.definition().state(name), input, now());
    record(position.state().type() + "StateEntered");
  }

  private void leave(Transition exit, Scope scope) throws StateError {
    leave(exit, position.input(), scope);
  }

  private void leave(Transition exit, JsonNode otherwise, Scope scope) throws StateError {
    JsonNode output = position.leave(exit, otherwise, scope);
    record(position.state().type() + "StateExited");
    if (exit.next().isPresent()) {
      enter(exit.next().get(), output);
    } else {
      end(Status.SUCCEEDED, output.toString(), null, null);
    }
  }

  /** A step whose failure the workflow handles. */
  private interface Step {
    void take() throws StateError;
  }

  private void guarded(Step step) {
    try {
      step.take();
    } catch (StateError error) {
      if (error.name().equals(ErrorNames.QUERY_EVALUATION)) {
        record("EvaluationFailed");
      }
      try {
        recover(error);
      } catch (StateError last) {
        end(Status.FAILED, null, last.name(), last.getMessage());
      }
    }
  }

  /** Retries the task or continues where the error is caught; throws the error otherwise. */
  private void recover(StateError error) throws StateError {
    if (!(position.state() instanceof State.Task task)) {
      throw error;
    }
    Optional<Duration> delay = position.retry(task, error, engine.random());
    if (delay.isPresent()) {
      pauseUntil(now().plus(delay.get()), () -> {});
      return;
    }
    for (Catcher catcher : task.catchers()) {
      if (catcher.matches(error.name())) {
        leave(catcher.exit(), error.output(), scope().with("errorOutput", error.output()));
        return;
      }
    }
    throw error;
  }

  private void pauseUntil(Instant moment, Step then) {
    paused = true;
    pause = Optional.of(at(moment, () -> resume(then)));
  }

  private void resume(Step then) {
    synchronized (this) {
      if (!execution.running()) {
        return;
      }
      paused = false;
      guarded(then);
    }
    proceed();
  }

  private synchronized void endTimedOut() {
    if (execution.running()) {
      end(Status.TIMED_OUT, null, null, null);
    }
  }

  private void end(Status status, String output, String error, String cause) {
    closeAttempt();
    pause.ifPresent(StackClock.Due::cancel);
    deadline.ifPresent(StackClock.Due::cancel);
    execution = execution.with(history).ended(status, now(), output, error, cause);
    engine.changed(execution);
  }

  private void closeAttempt() {
    if (attempt != null) {
      attempt.close(engine.tokens());
      attempt = null;
    }
  }

  private void save() {
    if (execution.running()) {
      execution = execution.with(history);
      engine.store().put(execution);
    }
  }

  private void record(String event) {
    history.add(new HistoryEvent(position.state().name(), event, now()));
  }

  private Scope scope() {
    return position.scope(now());
  }

  private Instant now() {
    return engine.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private StackClock.Due at(Instant moment, Runnable task) {
    return engine.clock().at(moment, what(), task);
  }

  private String what() {
    return "execution " + execution.name();
  }
}
