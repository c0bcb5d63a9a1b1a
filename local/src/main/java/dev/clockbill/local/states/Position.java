package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The current state of a run, with its input and variables; guarded by the lock of the run. */
final class Position {
  private final Machine machine;
  private final Execution execution;
  private final JsonNode executionInput;
  private final Optional<JsonNode> item;
  private final Map<String, JsonNode> variables = new HashMap<>();

  private State state;
  private JsonNode input;
  private Instant enteredAt;
  private Map<Retrier, Integer> retries = Map.of();

  /** Creates the position before the first state. */
  Position(Machine machine, Execution execution, JsonNode executionInput) {
    this(machine, execution, executionInput, Optional.empty());
  }

  private Position(
      Machine machine, Execution execution, JsonNode executionInput, Optional<JsonNode> item) {
    this.machine = machine;
    this.execution = execution;
    this.executionInput = executionInput;
    this.item = item;
  }

  /**
   * The position before the first state of an iteration. It sees the variables that are set when it
   * begins; what it sets itself is seen by nobody else.
   */
  Position iteration(int index, JsonNode value) {
    ObjectNode description = JsonValues.object().put("Index", index);
    description.set("Value", value);
    Position inner = new Position(machine, execution, executionInput, Optional.of(description));
    inner.variables.putAll(variables);
    return inner;
  }

  /** The current state; null before the first. */
  State state() {
    return state;
  }

  JsonNode input() {
    return input;
  }

  void enter(State entered, JsonNode newInput, Instant now) {
    state = entered;
    input = newInput;
    enteredAt = now;
    retries = new HashMap<>();
  }

  /** The output of a state that is left; its variables are visible from now on. */
  JsonNode leave(Transition exit, JsonNode otherwise, Scope scope) throws StateError {
    JsonNode output =
        exit.output().isPresent()
            ? Expressions.evaluate("Output", exit.output().get(), scope)
            : otherwise;
    JsonNode assigned = Expressions.evaluate("Assign", exit.assign(), scope);
    assigned.properties().forEach(each -> variables.put(each.getKey(), each.getValue()));
    return output;
  }

  /** The transition that a choice takes. */
  static Transition chosen(State.Choice choice, Scope scope) throws StateError {
    for (State.Choice.Rule rule : choice.rules()) {
      JsonNode holds = Expressions.evaluate("Condition", rule.condition(), scope);
      if (!holds.isBoolean()) {
        throw StateError.query(
            "The condition %s gave no boolean.".formatted(rule.condition().textValue()));
      }
      if (holds.booleanValue()) {
        return rule.exit();
      }
    }
    return choice
        .otherwise()
        .orElseThrow(
            () ->
                new StateError(
                    ErrorNames.NO_CHOICE_MATCHED, "No rule holds and there is no Default."));
  }

  /** Counts a retry and returns the delay before it; empty if no retries are left. */
  Optional<Duration> retry(State.Recoverable state, StateError error, RandomGenerator random) {
    Optional<Retrier> first =
        state.retriers().stream().filter(each -> each.matches(error.name())).findFirst();
    int done = first.map(retrier -> retries.getOrDefault(retrier, 0)).orElse(0);
    if (first.isEmpty() || done >= first.get().maxAttempts()) {
      return Optional.empty();
    }
    retries.put(first.get(), done + 1);
    return Optional.of(first.get().delay(done, random));
  }

  /** The scope in which a Map selects the input of this iteration: the Map's, and the item. */
  Scope selecting(Position map, Instant now) {
    Scope scope = map.scope(now);
    item.ifPresent(
        each -> scope.states().withObjectProperty("context").putObject("Map").set("Item", each));
    return scope;
  }

  /** The scope of expressions in the state. */
  Scope scope(Instant now) {
    ObjectNode context = JsonValues.object();
    context
        .putObject("Execution")
        .put("Id", execution.arn())
        .put("Name", execution.name())
        .put("StartTime", Timestamps.toTheMillisecond(execution.startedAt()))
        .set("Input", executionInput);
    context
        .putObject("State")
        .put("Name", state.name())
        .put("EnteredTime", Timestamps.toTheMillisecond(enteredAt))
        .put("RetryCount", retries.values().stream().mapToInt(Integer::intValue).sum());
    context.putObject("StateMachine").put("Id", machine.arn()).put("Name", machine.name());
    item.ifPresent(each -> context.putObject("Map").set("Item", each));
    ObjectNode states = JsonValues.object();
    states.set("input", input);
    states.set("context", context);
    return new Scope(now, states, variables);
  }

  /** The scope of a task that waits for a token. */
  Scope scope(Instant now, Optional<String> token) {
    Scope scope = scope(now);
    token.ifPresent(
        present ->
            scope.states().withObjectProperty("context").putObject("Task").put("Token", present));
    return scope;
  }
}
