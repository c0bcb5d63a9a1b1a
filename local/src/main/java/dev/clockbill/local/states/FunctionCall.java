package dev.clockbill.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.Policies;
import dev.clockbill.local.aws.RequiredPermission;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import java.nio.charset.StandardCharsets;

/**
 * One invocation of a function by a task.
 *
 * @param function a name or an ARN
 */
record FunctionCall(String function, JsonNode payload) {

  /** The invocation of a task. */
  static FunctionCall of(State.Task task, Scope scope) throws StateError {
    JsonNode function = Expressions.evaluate("Arguments/FunctionName", task.functionName(), scope);
    return new FunctionCall(
        function.asText(), Expressions.evaluate("Arguments/Payload", task.payload(), scope));
  }

  /** Invokes the function if the role of the state machine allows it, and waits for the result. */
  TaskOutcome perform(Machine machine, Invoker invoker) {
    RequiredPermission needed =
        RequiredPermission.of("lambda:InvokeFunction", functionArn(machine));
    Policies.Verdict verdict = Policies.verdict(machine.policy(), needed);
    if (verdict != Policies.Verdict.ALLOWED) {
      // Step Functions uses this name for all errors of Lambda without a name of their own.
      return failed(
          "Lambda.AWSLambdaException", Policies.refusal(machine.logicalId(), verdict, needed));
    }
    try {
      byte[] answer = invoker.invoke(function, payload.toString().getBytes(StandardCharsets.UTF_8));
      return new TaskOutcome.Succeeded(result(answer));
    } catch (FunctionFailed thrown) {
      ObjectNode cause =
          JsonValues.object()
              .put("errorMessage", thrown.getMessage())
              .put("errorType", thrown.errorType());
      return failed(thrown.errorType(), cause.toString());
    } catch (JsonProcessingException noJson) {
      return failed("Lambda.Unknown", "The function " + function + " did not answer in JSON.");
    } catch (RuntimeException broken) {
      return failed(ErrorNames.RUNTIME, broken.toString());
    }
  }

  /** What the task reads as {@code $states.result}. */
  private static JsonNode result(byte[] answer) throws JsonProcessingException {
    ObjectNode result = JsonValues.object().put("ExecutedVersion", "$LATEST");
    result.set(
        "Payload",
        answer.length == 0
            ? result.nullNode()
            : JsonValues.read(new String(answer, StandardCharsets.UTF_8)));
    return result.put("StatusCode", 200);
  }

  private String functionArn(Machine machine) {
    if (function.startsWith("arn:")) {
      return function;
    }
    return machine
        .arn()
        .replaceFirst(":states:", ":lambda:")
        .replaceFirst(":stateMachine:.*", ":function:")
        .concat(function);
  }

  private static TaskOutcome failed(String error, String cause) {
    return new TaskOutcome.Failed(new StateError(error, cause));
  }
}
