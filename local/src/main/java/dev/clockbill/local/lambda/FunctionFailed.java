package dev.clockbill.local.lambda;

/** A function ended without a result; the error as Lambda reports it. */
public final class FunctionFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorType;

  /**
   * Creates a failure.
   *
   * @param errorType full class name of the exception, with {@code $} for nested classes; {@code
   *     Sandbox.Timedout} if the function took too long
   * @param errorMessage the message; may be null
   */
  public FunctionFailed(String errorType, String errorMessage, Throwable cause) {
    super(errorMessage, cause);
    this.errorType = errorType;
  }

  /** The name that a workflow catches it by. */
  public String errorType() {
    return errorType;
  }
}
