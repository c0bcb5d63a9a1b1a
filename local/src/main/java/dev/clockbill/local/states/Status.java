package dev.clockbill.local.states;

/** The status of an execution; all but the first are final. */
enum Status {
  RUNNING("ExecutionStarted"),
  SUCCEEDED("ExecutionSucceeded"),
  FAILED("ExecutionFailed"),
  TIMED_OUT("ExecutionTimedOut"),
  ABORTED("ExecutionAborted");

  private final String event;

  Status(String event) {
    this.event = event;
  }

  /** The event in the history of an execution. */
  String event() {
    return event;
  }
}
