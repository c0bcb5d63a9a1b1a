package dev.clockbill.local.states;

/** How an execution stands; all but the first are final. */
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

  /** The event in an execution's history that tells of it. */
  String event() {
    return event;
  }
}
