package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The iterations of a Map state that is entered, inline. At most as many run at once as the state
 * allows, and never more than 40; the first that fails ends the others and fails the state (Step
 * Functions' guide, "Using Map state in Inline mode"). Guarded by the lock of the run.
 */
final class Iterations {
  /** How many iterations of an inline Map run at once at most, as on AWS. */
  private static final int MOST_AT_ONCE = 40;

  private final Run run;
  private final Branch owner;
  private final Position position;
  private final State.Map map;
  private final Map<Integer, Branch> running = new HashMap<>();
  private final List<JsonNode> items = new ArrayList<>();
  private JsonNode[] outputs = {};
  private int atOnce;
  private int next;
  private int succeeded;

  /** The iterations of a state in which the owner stands. */
  Iterations(Run run, Branch owner, Position position, State.Map map) {
    this.run = run;
    this.owner = owner;
    this.position = position;
    this.map = map;
  }

  /**
   * Starts as many as may run at once.
   *
   * @throws StateError if an expression of the state fails, or gives something else than a list
   */
  void begin() throws StateError {
    Scope scope = position.scope(run.now());
    JsonNode list =
        map.items().isPresent()
            ? Expressions.evaluate("Items", map.items().get(), scope)
            : position.input();
    if (!list.isArray()) {
      throw StateError.query("The field 'Items' of a Map must give an array.");
    }
    list.forEach(items::add);
    outputs = new JsonNode[items.size()];
    atOnce = atOnce(scope);
    owner.record("MapStateStarted");
    if (items.isEmpty()) {
      end();
    } else {
      startMore();
    }
  }

  private int atOnce(Scope scope) throws StateError {
    if (map.maxConcurrency().isEmpty()) {
      return MOST_AT_ONCE;
    }
    JsonNode most = Expressions.evaluate("MaxConcurrency", map.maxConcurrency().get(), scope);
    if (!most.isIntegralNumber() || most.intValue() < 0) {
      throw StateError.query("The field 'MaxConcurrency' must give a whole number of at least 0.");
    }
    return most.intValue() == 0 ? MOST_AT_ONCE : Math.min(most.intValue(), MOST_AT_ONCE);
  }

  private void startMore() throws StateError {
    while (running.size() < atOnce && next < items.size()) {
      start(next++);
    }
  }

  private void start(int index) throws StateError {
    Position inner = position.iteration(index, items.get(index));
    JsonNode input =
        map.itemSelector().isPresent()
            ? Expressions.evaluate(
                "ItemSelector", map.itemSelector().get(), inner.selecting(position, run.now()))
            : items.get(index);
    owner.record("MapIterationStarted");
    Branch iteration =
        new Branch(
            run,
            map.processor(),
            inner,
            new Branch.Ending() {
              @Override
              public void succeeded(JsonNode output) {
                succeed(index, output);
              }

              @Override
              public void failed(String error, String cause) {
                fail(index, error, cause);
              }
            });
    running.put(index, iteration);
    run.add(iteration);
    iteration.begin(input);
  }

  private void succeed(int index, JsonNode output) {
    owner.record("MapIterationSucceeded");
    run.remove(running.remove(index));
    outputs[index] = output;
    succeeded++;
    if (succeeded == items.size()) {
      end();
      return;
    }
    try {
      startMore();
    } catch (StateError unselectable) {
      cancel();
      owner.mapFailed(unselectable);
    }
  }

  private void fail(int index, String error, String cause) {
    owner.record("MapIterationFailed");
    run.remove(running.remove(index));
    cancel();
    owner.mapFailed(new StateError(error == null ? "" : error, cause == null ? "" : cause));
  }

  private void end() {
    ArrayNode all = JsonValues.object().arrayNode();
    for (JsonNode output : outputs) {
      all.add(output);
    }
    owner.mapped(map, all);
  }

  /** Ends those that run. */
  void cancel() {
    List<Branch> aborted = List.copyOf(running.values());
    running.clear();
    next = items.size();
    for (Branch each : aborted) {
      owner.record("MapIterationAborted");
      each.cancel();
      run.remove(each);
    }
  }
}
