package dev.clockbill.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts, stops and finds executions, by the rules of the Step Functions API. */
final class Executions {
  /** What {@code StartExecution} says of names. */
  private static final Pattern NAME =
      Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");

  /** How long the name of a closed execution stays taken. */
  private static final Duration NAME_KEPT = Duration.ofDays(90);

  private final Map<String, Machine> machines;
  private final Engine engine;
  private final List<Execution> interrupted;

  /** Finds executions that were running when the stack last stopped. */
  Executions(List<Machine> machines, Engine engine) {
    this.machines =
        machines.stream().collect(Collectors.toUnmodifiableMap(Machine::arn, Function.identity()));
    this.engine = engine;
    this.interrupted =
        engine.store().newestFirst().stream().filter(Execution::running).toList().reversed();
  }

  /**
   * Starts an execution; returns the running one if it has the same name and input.
   *
   * @param name a random name if empty
   */
  synchronized Execution start(String machineArn, Optional<String> name, String input)
      throws Refusal {
    Machine machine = machines.get(machineArn);
    if (machine == null) {
      throw Refusal.noMachine(machineArn);
    }
    String chosen = name.orElseGet(() -> UUID.randomUUID().toString());
    if (!NAME.matcher(chosen).matches()) {
      throw new Refusal("InvalidName", "Invalid Name: '" + chosen + "'");
    }
    JsonNode value = json(input, "InvalidExecutionInput", "Invalid State Machine Execution Input");
    String arn = machine.executionArn(chosen);
    Instant now = now();
    Optional<Execution> earlier = engine.store().find(arn).filter(each -> !forgotten(each, now));
    if (earlier.isPresent()) {
      if (earlier.get().running() && earlier.get().input().equals(input)) {
        return earlier.get();
      }
      throw new Refusal("ExecutionAlreadyExists", "Execution Already Exists: '" + arn + "'");
    }
    Execution execution =
        Execution.started(engine.store().nextOrder(), machine, chosen, input, now);
    Run run = new Run(machine, engine, execution, value);
    engine.runs().put(arn, run);
    engine.changed(execution);
    engine.clock().run("execution " + chosen, run::begin);
    return execution;
  }

  private static boolean forgotten(Execution execution, Instant now) {
    return !execution.running() && !execution.stoppedAt().plus(NAME_KEPT).isAfter(now);
  }

  /** Aborts an execution; one that has ended stays as it is. */
  Execution stop(String arn, String error, String cause) throws Refusal {
    find(arn);
    Run run = engine.runs().get(arn);
    if (run != null) {
      run.abort(error, cause);
    } else {
      abortInterrupted(arn, error, cause);
    }
    return find(arn);
  }

  /** Aborts executions that were running when the stack last stopped. */
  void abortInterrupted() {
    interrupted.forEach(execution -> abortInterrupted(execution.arn(), null, null));
  }

  private synchronized void abortInterrupted(String arn, String error, String cause) {
    engine
        .store()
        .find(arn)
        .filter(execution -> execution.running() && !engine.runs().containsKey(arn))
        .ifPresent(
            execution ->
                engine.changed(execution.ended(Status.ABORTED, now(), null, error, cause)));
  }

  Execution find(String arn) throws Refusal {
    return engine.store().find(arn).orElseThrow(() -> Refusal.noExecution(arn));
  }

  /** All executions, newest first. */
  List<Execution> newestFirst() {
    return engine.store().newestFirst();
  }

  /** The executions of one state machine, newest first. */
  List<Execution> of(String machineArn) throws Refusal {
    if (!machines.containsKey(machineArn)) {
      throw Refusal.noMachine(machineArn);
    }
    return newestFirst().stream()
        .filter(execution -> execution.machineArn().equals(machineArn))
        .toList();
  }

  /** Gives a task its output. */
  void succeed(String token, String output) throws Refusal {
    JsonNode value = json(output, "InvalidOutput", "Invalid Output");
    answer(token, new TaskOutcome.Succeeded(value));
  }

  /** Makes a task fail. */
  void fail(String token, String error, String cause) throws Refusal {
    answer(token, new TaskOutcome.Failed(new StateError(error, cause)));
  }

  private void answer(String token, TaskOutcome outcome) throws Refusal {
    if (TaskTokens.machineArn(token).isEmpty()) {
      throw new Refusal("InvalidToken", "Invalid Token: 'Invalid token'");
    }
    Optional<Run> run = engine.tokens().waiting(token);
    if (run.isEmpty() || !run.get().answer(token, outcome)) {
      throw new Refusal("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
    }
  }

  private static JsonNode json(String text, String code, String message) throws Refusal {
    try {
      return JsonValues.read(text);
    } catch (JsonProcessingException malformed) {
      throw new Refusal(code, message + ": '" + malformed.getOriginalMessage() + "'");
    }
  }

  private Instant now() {
    return engine.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
