package dev.clockbill.workflow;

/** Step Functions has refused to start an execution: there is none of that name. */
public final class NotStarted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotStarted(Exception refused) {
    super(refused.getMessage(), refused);
  }
}
