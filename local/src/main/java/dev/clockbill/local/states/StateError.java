package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A state that failed, by the name under which the workflow may catch it. */
final class StateError extends Exception {
  private static final long serialVersionUID = 1;

  private final String name;

  /**
   * A failure.
   *
   * @param name such as {@code States.Timeout} or the full name of an exception's class
   * @param explanation what AWS calls the cause; may be empty
   */
  StateError(String name, String explanation) {
    super(explanation);
    this.name = name;
  }

  /** An expression that could not be evaluated. */
  static StateError query(String explanation) {
    return new StateError(ErrorNames.QUERY_EVALUATION, explanation);
  }

  String name() {
    return name;
  }

  boolean isTimeout() {
    return name.equals(ErrorNames.TIMEOUT);
  }

  /** What the workflow reads as {@code $states.errorOutput}. */
  ObjectNode output() {
    return JsonValues.object().put("Error", name).put("Cause", getMessage());
  }
}
