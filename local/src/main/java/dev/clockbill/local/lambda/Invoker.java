package dev.clockbill.local.lambda;

/** Invokes the functions of the template. Safe for many threads. */
public interface Invoker {

  /**
   * Invokes a function and waits for its result.
   *
   * @param function its logical id, or its ARN with or without a version or alias
   * @param payload the event, as JSON
   * @return the result, as JSON
   * @throws FunctionFailed if it threw an exception, exceeded its time-out or does not exist
   */
  byte[] invoke(String function, byte[] payload) throws FunctionFailed;
}
