package dev.clockbill.local.states;

/** Step Functions refuses a request. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final String code;

  /** Creates a refusal with the error code of the API. */
  Refusal(String code, String message) {
    super(message);
    this.code = code;
  }

  static Refusal noExecution(String arn) {
    return new Refusal("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
  }

  static Refusal noMachine(String arn) {
    return new Refusal("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
  }

  String code() {
    return code;
  }
}
