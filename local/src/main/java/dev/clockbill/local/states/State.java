package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** One state of a workflow. A {@link JsonNode} here may hold expressions, at any depth. */
sealed interface State {

  /** Its name in the definition. */
  String name();

  /** Its {@code Type}, with which the names of its history events begin. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** A state that may be tried again and whose errors may be caught. */
  sealed interface Recoverable extends State {
    List<Retrier> retriers();

    List<Catcher> catchers();
  }

  /**
   * Invokes a function.
   *
   * @param awaitsToken whether the result is sent with the task token instead of returned by the
   *     function
   * @param timeoutSeconds how long one attempt may take
   */
  record Task(
      String name,
      boolean awaitsToken,
      JsonNode functionName,
      JsonNode payload,
      Optional<JsonNode> timeoutSeconds,
      List<Retrier> retriers,
      List<Catcher> catchers,
      Transition exit)
      implements Recoverable {}

  /**
   * Runs a workflow of its own for each item of a list, inline: within the same execution.
   *
   * @param items the list; empty for the state's input
   * @param itemSelector the input of each iteration; empty for the item
   * @param maxConcurrency how many run at once; empty or 0 for as many as can
   */
  record Map(
      String name,
      Optional<JsonNode> items,
      Optional<JsonNode> itemSelector,
      Optional<JsonNode> maxConcurrency,
      Definition processor,
      List<Retrier> retriers,
      List<Catcher> catchers,
      Transition exit)
      implements Recoverable {}

  /** Follows the first rule whose condition is true. */
  record Choice(String name, List<Rule> rules, Optional<Transition> otherwise) implements State {

    /** A condition and its transition. */
    record Rule(JsonNode condition, Transition exit) {}
  }

  /** Passes its input on. */
  record Pass(String name, Transition exit) implements State {}

  /** Waits for some seconds or until a time: exactly one of the two is present. */
  record Wait(
      String name, Optional<JsonNode> seconds, Optional<JsonNode> timestamp, Transition exit)
      implements State {}

  /** Ends the execution as succeeded. */
  record Succeed(String name, Transition exit) implements State {}

  /** Ends the execution as failed. */
  record Fail(String name, Optional<JsonNode> error, Optional<JsonNode> cause) implements State {}
}
