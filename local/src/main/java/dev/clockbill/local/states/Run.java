package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.time.StackClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A running execution: the branches in which it stands, and how it continues.
 *
 * <p>It <em>proceeds</em> from state to state until every branch waits: for a function, for a
 * token, or for time to pass. While it waits it uses no thread; the token or the clock makes it
 * proceed again. Functions are called without the lock, so that an execution can be aborted at the
 * same time; several that are due at once are called on threads of their own.
 */
final class Run {
  /** The longest history, as on AWS. */
  private static final int MOST_EVENTS = 25_000;

  private final Machine machine;
  private final Engine engine;
  private final JsonNode executionInput;
  private final List<HistoryEvent> history;
  private final List<Branch> branches = new ArrayList<>();
  private final Branch trunk;

  private Execution execution;
  private Optional<StackClock.Due> deadline = Optional.empty();

  /** Creates the run of an execution that has not started. */
  Run(Machine machine, Engine engine, Execution execution, JsonNode executionInput) {
    this.machine = machine;
    this.engine = engine;
    this.execution = execution;
    this.executionInput = executionInput;
    this.history = new ArrayList<>(execution.history());
    this.trunk =
        new Branch(
            this,
            machine.definition(),
            new Position(machine, execution, executionInput),
            new Branch.Ending() {
              @Override
              public void succeeded(JsonNode output) {
                end(Status.SUCCEEDED, output.toString(), null, null);
              }

              @Override
              public void failed(String error, String cause) {
                end(Status.FAILED, null, error, cause);
              }
            });
  }

  /** Starts the execution, on a thread of the clock. */
  void begin() {
    change(
        () -> {
          deadline =
              machine
                  .definition()
                  .timeout()
                  .map(length -> at(execution.startedAt().plus(length), this::endTimedOut));
          add(trunk);
          trunk.begin(executionInput);
        });
  }

  /** Aborts the execution; does nothing if it has ended. */
  synchronized void abort(String error, String cause) {
    if (execution.running()) {
      end(Status.ABORTED, null, error, cause);
    }
  }

  /** Accepts the result for a token; false if no task waits for it any more. */
  synchronized boolean answer(String token, TaskOutcome outcome) {
    Optional<Branch> waiting = branches.stream().filter(each -> each.awaits(token)).findFirst();
    if (waiting.isEmpty()) {
      return false;
    }
    waiting.get().answer(outcome);
    save();
    engine.clock().run(what(), this::proceed);
    return true;
  }

  /** Changes a running execution, and lets it proceed from there. */
  void change(Runnable change) {
    synchronized (this) {
      if (!execution.running()) {
        return;
      }
      change.run();
    }
    proceed();
  }

  private record Call(Branch branch, Attempt attempt) {}

  private void proceed() {
    for (Optional<Call> next = next(); next.isPresent(); next = next()) {
      perform(next.get());
    }
  }

  /** The call to make on this thread; further ones that are due get threads of their own. */
  private Optional<Call> next() {
    List<Call> due = advance();
    for (Call other : due.subList(Math.min(1, due.size()), due.size())) {
      engine
          .clock()
          .run(
              what(),
              () -> {
                perform(other);
                proceed();
              });
    }
    return due.stream().findFirst();
  }

  private void perform(Call call) {
    TaskOutcome outcome = call.attempt().call().perform(machine, engine.invoker());
    synchronized (this) {
      call.branch().answered(call.attempt(), outcome);
    }
  }

  /** Continues until the execution waits or ends; the functions that have to be called now. */
  private synchronized List<Call> advance() {
    boolean moved = execution.running();
    while (moved && execution.running()) {
      moved = false;
      for (Branch each : List.copyOf(branches)) {
        moved |= each.advance();
      }
    }
    save();
    List<Call> due = new ArrayList<>();
    for (Branch each : branches) {
      each.attempt().filter(Attempt::begin).ifPresent(begun -> due.add(new Call(each, begun)));
    }
    return due;
  }

  private synchronized void endTimedOut() {
    if (execution.running()) {
      end(Status.TIMED_OUT, null, null, null);
    }
  }

  private void end(Status status, String output, String error, String cause) {
    trunk.cancel();
    branches.clear();
    deadline.ifPresent(StackClock.Due::cancel);
    execution = execution.with(history).ended(status, now(), output, error, cause);
    engine.changed(execution);
  }

  private void save() {
    if (execution.running() && history.size() > execution.history().size()) {
      execution = execution.with(history);
      engine.store().put(execution);
    }
  }

  void add(Branch branch) {
    branches.add(branch);
  }

  void remove(Branch branch) {
    branches.remove(branch);
  }

  /** Fails what would make the history longer than it may be. */
  void checkHistory() throws StateError {
    if (history.size() > MOST_EVENTS) {
      throw new StateError(
          ErrorNames.RUNTIME,
          "The execution reached the maximum number of history events (25000).");
    }
  }

  void record(String state, String event) {
    history.add(new HistoryEvent(state, event, now()));
  }

  String issueToken() {
    return engine.tokens().issue(machine.arn(), this);
  }

  void forgetToken(String token) {
    engine.tokens().forget(token);
  }

  RandomGenerator random() {
    return engine.random();
  }

  Instant now() {
    return engine.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  StackClock.Due at(Instant moment, Runnable task) {
    return engine.clock().at(moment, what(), task);
  }

  private String what() {
    return "execution " + execution.name();
  }
}
