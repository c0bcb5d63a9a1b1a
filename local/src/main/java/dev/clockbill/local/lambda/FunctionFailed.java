package dev.clockbill.local.lambda;

/** A function that ended without an answer, as Lambda tells it. */
public final class FunctionFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorType;

  /**
   * A failure.
   *
   * @param errorType full name of what was thrown, nested classes with their {@code $}; {@code
   *     Sandbox.Timedout} when it ran too long
   * @param errorMessage what was said; may be null
   */
  public FunctionFailed(String errorType, String errorMessage, Throwable cause) {
    super(errorMessage, cause);
    this.errorType = errorType;
  }

  /** The name by which a workflow catches it. */
  public String errorType() {
    return errorType;
  }
}
