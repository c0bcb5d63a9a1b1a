package dev.clockbill.workflow;

import dev.clockbill.shared.AwsClients;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import java.util.Map;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** A state machine: starts its executions and answers those that wait. */
public final class Workflow {
  private final SfnClient client;
  private final String stateMachine;

  /** The one that drives invoices, which the environment's {@code STATE_MACHINE_ARN} names. */
  public Workflow(Environment environment) {
    this(environment, "STATE_MACHINE_ARN");
  }

  /** The one that this variable of the environment names. */
  public Workflow(Environment environment, String variable) {
    this.stateMachine = environment.required(variable);
    this.client = AwsClients.stepFunctions(environment);
  }

  /**
   * Starts an execution. Each name starts only once, so a repeated call does no harm.
   *
   * @param name deterministic, such as {@code timer-<id>}, {@code invoice-<id>-r<n>}, {@code
   *     run-<id>-r<n>} or, for the mail of a notice about a firm, {@code notice-<id>-r<n>}
   * @return false if there is or was an execution of that name already
   */
  public boolean start(String name, Map<String, Object> input) {
    try {
      client.startExecution(
          start -> start.stateMachineArn(stateMachine).name(name).input(Json.write(input)));
      return true;
    } catch (ExecutionAlreadyExistsException started) {
      return false;
    }
  }

  /**
   * Ends the wait under a task token.
   *
   * @return false if nothing waits under it any more
   */
  public boolean answer(String token, Map<String, Object> output) {
    try {
      client.sendTaskSuccess(success -> success.taskToken(token).output(Json.write(output)));
      return true;
    } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException nobody) {
      return false;
    }
  }

  /** Whether the execution of that name is still running. */
  public boolean running(String name) {
    String arn = stateMachine.replace(":stateMachine:", ":execution:") + ":" + name;
    try {
      return client.describeExecution(describe -> describe.executionArn(arn)).status()
          == ExecutionStatus.RUNNING;
    } catch (ExecutionDoesNotExistException none) {
      return false;
    }
  }
}
