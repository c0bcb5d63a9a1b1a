package dev.clockbill.local.lambda;

/** Runs the template's functions. Called by many threads at once. */
public interface Invoker {

  /**
   * Invokes a function and waits for its answer.
   *
   * @param function its logical id, or its ARN with or without a version or alias
   * @param payload the event, as JSON
   * @return the answer, as JSON
   * @throws FunctionFailed if it threw, ran longer than its time-out or does not exist
   */
  byte[] invoke(String function, byte[] payload) throws FunctionFailed;
}
