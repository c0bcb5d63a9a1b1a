package dev.clockbill.local.states;

import java.util.List;
import java.util.Set;

/** The names by which workflows know errors, as the Amazon States Language reserves them. */
final class ErrorNames {
  static final String ALL = "States.ALL";
  static final String TIMEOUT = "States.Timeout";
  static final String TASK_FAILED = "States.TaskFailed";
  static final String RUNTIME = "States.Runtime";
  static final String QUERY_EVALUATION = "States.QueryEvaluationError";
  static final String DATA_LIMIT = "States.DataLimitExceeded";
  static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";

  /** Those that a retrier or catcher may name. */
  static final Set<String> RESERVED =
      Set.of(
          ALL, TIMEOUT, TASK_FAILED, RUNTIME, QUERY_EVALUATION, DATA_LIMIT, "States.Permissions");

  private ErrorNames() {}

  /**
   * Whether a list of names catches an error. {@code States.ALL} catches everything but what ends
   * an execution for good; {@code States.TaskFailed} everything but a time-out.
   */
  static boolean match(List<String> names, String error) {
    boolean terminal = error.equals(RUNTIME) || error.equals(DATA_LIMIT);
    return names.contains(error)
        || (!terminal && names.contains(ALL))
        || (!terminal && !error.equals(TIMEOUT) && names.contains(TASK_FAILED));
  }
}
