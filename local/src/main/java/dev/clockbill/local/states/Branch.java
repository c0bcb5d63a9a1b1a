package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.time.StackClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One sequence of states: the workflow's own, or one iteration of a Map. It stands in a state and
 * knows how to continue from there. Guarded by the lock of its run, which performs the calls.
 *
 * <p>Of a result, a time-out and an abort the first one wins: each checks whether its attempt is
 * still the current one.
 */
final class Branch {
  /** The largest input or output, as on AWS. */
  private static final int MOST_BYTES = 262_144;

  /** What follows from the end of a branch. */
  interface Ending {
    /** The last state was left with an output. */
    void succeeded(JsonNode output);

    /** An error that no state caught; both null where a Fail state names none. */
    void failed(String error, String cause);
  }

  private final Run run;
  private final Definition definition;
  private final Position position;
  private final Ending ending;

  private Attempt attempt;
  private Iterations iterations;
  private boolean paused;
  private boolean over;
  private Optional<StackClock.Due> pause = Optional.empty();

  /** A branch that has not begun. */
  Branch(Run run, Definition definition, Position position, Ending ending) {
    this.run = run;
    this.definition = definition;
    this.position = position;
    this.ending = ending;
  }

  /** Enters the first state. */
  void begin(JsonNode input) {
    guarded(() -> enter(definition.startAt(), input));
  }

  Optional<Attempt> attempt() {
    return Optional.ofNullable(attempt);
  }

  /** Whether its task waits under this token. */
  boolean awaits(String token) {
    return attempt != null && attempt.token().equals(Optional.of(token));
  }

  /** Takes the next step; false if it waits for something, or is over. */
  boolean advance() {
    if (over || paused || attempt != null || iterations != null) {
      return false;
    }
    guarded(this::step);
    return true;
  }

  private void step() throws StateError {
    switch (position.state()) {
      case State.Task task -> schedule(task);
      case State.Map map -> {
        iterations = new Iterations(run, this, position, map);
        iterations.begin();
      }
      case State.Choice choice -> leave(Position.chosen(choice, scope()), scope());
      case State.Pass pass -> leave(pass.exit(), scope());
      case State.Wait waiting ->
          pauseUntil(WaitTimes.end(waiting, scope()), () -> leave(waiting.exit(), scope()));
      case State.Succeed succeed -> leave(succeed.exit(), scope());
      case State.Fail fail -> {
        String error = Expressions.text("Error", fail.error(), scope());
        String cause = Expressions.text("Cause", fail.cause(), scope());
        over = true;
        ending.failed(error, cause);
      }
    }
  }

  private void schedule(State.Task task) throws StateError {
    Optional<String> token = task.awaitsToken() ? Optional.of(run.issueToken()) : Optional.empty();
    try {
      Scope scope = position.scope(run.now(), token);
      Attempt begun = new Attempt(token, FunctionCall.of(task, scope));
      WaitTimes.timeout(task, scope)
          .ifPresent(length -> begun.timeout(run.at(run.now().plus(length), () -> timeOut(begun))));
      attempt = begun;
    } catch (StateError error) {
      token.ifPresent(run::forgetToken);
      throw error;
    }
    record("TaskScheduled");
    record("TaskStarted");
  }

  private void timeOut(Attempt late) {
    run.change(
        () -> {
          if (attempt == late) {
            answer(new TaskOutcome.Failed(new StateError(ErrorNames.TIMEOUT, "")));
          }
        });
  }

  /** Takes the answer of the function that an attempt has called. */
  void answered(Attempt called, TaskOutcome outcome) {
    if (attempt != called) {
      return;
    }
    if (called.token().isPresent() && outcome instanceof TaskOutcome.Succeeded) {
      record("TaskSubmitted");
    } else {
      answer(outcome);
    }
  }

  /** Takes the result of the task. */
  void answer(TaskOutcome outcome) {
    guarded(() -> settle(outcome));
  }

  private void settle(TaskOutcome outcome) throws StateError {
    State.Task task = (State.Task) position.state();
    closeAttempt();
    switch (outcome) {
      case TaskOutcome.Succeeded succeeded -> {
        record("TaskSucceeded");
        leaveWith(task.exit(), succeeded.result());
      }
      case TaskOutcome.Failed failed -> {
        record(failed.error().isTimeout() ? "TaskTimedOut" : "TaskFailed");
        throw failed.error();
      }
    }
  }

  /** Leaves the Map state whose iterations have all succeeded. */
  void mapped(State.Map map, JsonNode outputs) {
    iterations = null;
    record("MapStateSucceeded");
    guarded(() -> leaveWith(map.exit(), outputs));
  }

  /** Fails the Map state of which an iteration has failed. */
  void mapFailed(StateError error) {
    iterations = null;
    record("MapStateFailed");
    guarded(
        () -> {
          throw error;
        });
  }

  private void enter(String name, JsonNode input) throws StateError {
    if (input.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new StateError(ErrorNames.DATA_LIMIT, "The input of state " + name + " is too large.");
    }
    run.checkHistory();
    position.enter(definition.state(name), input, run.now());
    record(position.state().type() + "StateEntered");
  }

  private void leaveWith(Transition exit, JsonNode result) throws StateError {
    leave(exit, result, scope().with("result", result));
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
      over = true;
      ending.succeeded(output);
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
      if (iterations != null) {
        iterations.cancel();
        iterations = null;
      }
      try {
        recover(error);
      } catch (StateError last) {
        over = true;
        ending.failed(last.name(), last.getMessage());
      }
    }
  }

  /** Retries the state or continues where the error is caught; throws the error otherwise. */
  private void recover(StateError error) throws StateError {
    if (!(position.state() instanceof State.Recoverable state)) {
      throw error;
    }
    Optional<Duration> delay = position.retry(state, error, run.random());
    if (delay.isPresent()) {
      pauseUntil(run.now().plus(delay.get()), () -> {});
      return;
    }
    for (Catcher catcher : state.catchers()) {
      if (catcher.matches(error.name())) {
        leave(catcher.exit(), error.output(), scope().with("errorOutput", error.output()));
        return;
      }
    }
    throw error;
  }

  private void pauseUntil(Instant moment, Step then) {
    paused = true;
    pause = Optional.of(run.at(moment, () -> run.change(() -> resume(then))));
  }

  private void resume(Step then) {
    if (!over) {
      paused = false;
      guarded(then);
    }
  }

  /** Ends it where it stands, with what is under way below it. */
  void cancel() {
    over = true;
    closeAttempt();
    pause.ifPresent(StackClock.Due::cancel);
    if (iterations != null) {
      iterations.cancel();
      iterations = null;
    }
  }

  private void closeAttempt() {
    if (attempt != null) {
      attempt.close(run::forgetToken);
      attempt = null;
    }
  }

  /** Notes an event in the state in which it stands. */
  void record(String event) {
    run.record(position.state() == null ? null : position.state().name(), event);
  }

  private Scope scope() {
    return position.scope(run.now());
  }
}
