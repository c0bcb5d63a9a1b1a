package dev.clockbill.workflow;

import dev.clockbill.shared.AwsRefused;
import dev.clockbill.shared.AwsService;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import java.util.Map;
import java.util.Set;

/** A state machine: starts its executions and answers those that wait. */
public final class Workflow {
  /** All of them mean only that nobody waits under that token. */
  private static final Set<String> NOBODY_WAITS =
      Set.of("TaskTimedOut", "TaskDoesNotExist", "InvalidToken");

  private final AwsService stepFunctions;
  private final String stateMachine;

  /** The one that drives invoices, which the environment's {@code STATE_MACHINE_ARN} names. */
  public Workflow(Environment environment) {
    this(environment, "STATE_MACHINE_ARN");
  }

  /** The one that this variable of the environment names. */
  public Workflow(Environment environment, String variable) {
    this.stateMachine = environment.required(variable);
    this.stepFunctions = AwsService.stepFunctions(environment);
  }

  /**
   * Starts an execution. Each name starts only once, so a repeated call does no harm.
   *
   * @param name deterministic, such as {@code timer-<id>}, {@code invoice-<id>-r<n>}, {@code
   *     run-<id>-r<n>} or, for the mail of a notice about a firm, {@code notice-<id>-r<n>}
   * @return false if there is or was an execution of that name already
   * @throws NotStarted if more are being started, or are open, than Step Functions takes
   */
  public boolean start(String name, Map<String, Object> input) {
    Map<String, Object> start =
        Map.of("stateMachineArn", stateMachine, "name", name, "input", Json.write(input));
    try {
      return succeeds("StartExecution", start, Set.of("ExecutionAlreadyExists"));
    } catch (AwsRefused refused) {
      throw refused.throttled() || refused.code().equals("ExecutionLimitExceeded")
          ? new NotStarted(refused)
          : refused;
    }
  }

  /** Calls an operation; false if it is refused for one of these reasons. */
  private boolean succeeds(String operation, Map<String, Object> input, Set<String> refusals) {
    try {
      stepFunctions.call(operation, input);
      return true;
    } catch (AwsRefused refused) {
      if (refusals.contains(refused.code())) {
        return false;
      }
      throw refused;
    }
  }

  /**
   * Ends the wait under a task token.
   *
   * @return false if nothing waits under it any more
   */
  public boolean answer(String token, Map<String, Object> output) {
    return succeeds(
        "SendTaskSuccess", Map.of("taskToken", token, "output", Json.write(output)), NOBODY_WAITS);
  }

  /** Whether the execution of that name is still running. */
  public boolean running(String name) {
    String arn = stateMachine.replace(":stateMachine:", ":execution:") + ":" + name;
    try {
      Map<String, Object> execution =
          stepFunctions.call("DescribeExecution", Map.of("executionArn", arn));
      return "RUNNING".equals(execution.get("status"));
    } catch (AwsRefused refused) {
      if (refused.code().equals("ExecutionDoesNotExist")) {
        return false;
      }
      throw refused;
    }
  }
}
