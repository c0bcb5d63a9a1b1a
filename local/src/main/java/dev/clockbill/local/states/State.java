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

  /**
   * Invokes a function.
   *
   * @param awaitsToken whether its result is what someone gives with the task's token, rather than
   *     what the function answers
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
      implements State {}

  /** Takes the first rule whose condition holds. */
  record Choice(String name, List<Rule> rules, Optional<Transition> otherwise) implements State {

    /** A condition, and where it leads. */
    record Rule(JsonNode condition, Transition exit) {}
  }

  /** Passes its input on. */
  record Pass(String name, Transition exit) implements State {}

  /** Waits for some seconds or until a moment: exactly one of the two is there. */
  record Wait(
      String name, Optional<JsonNode> seconds, Optional<JsonNode> timestamp, Transition exit)
      implements State {}

  /** Ends the execution well. */
  record Succeed(String name, Transition exit) implements State {}

  /** Ends the execution as failed. */
  record Fail(String name, Optional<JsonNode> error, Optional<JsonNode> cause) implements State {}
}
