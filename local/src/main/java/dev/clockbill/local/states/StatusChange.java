package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The event that Step Functions publishes when the status of an execution changes. */
final class StatusChange {
  private StatusChange() {}

  /**
   * Its detail, as in the Step Functions Developer Guide: times in milliseconds, input and output
   * as JSON text, error and cause only for FAILED.
   */
  static JsonNode detail(Execution execution) {
    ObjectNode detail =
        JsonValues.object()
            .put("executionArn", execution.arn())
            .put("stateMachineArn", execution.machineArn())
            .put("name", execution.name())
            .put("status", execution.status().name())
            .put("startDate", execution.startedAt().toEpochMilli());
    if (execution.stoppedAt() == null) {
      detail.putNull("stopDate");
    } else {
      detail.put("stopDate", execution.stoppedAt().toEpochMilli());
    }
    detail.put("input", execution.input()).put("output", execution.output());
    detail.putObject("inputDetails").put("included", true);
    if (execution.output() == null) {
      detail.putNull("outputDetails");
    } else {
      detail.putObject("outputDetails").put("included", true);
    }
    if (execution.status() == Status.FAILED) {
      detail.put("error", execution.error()).put("cause", execution.cause());
    }
    return detail;
  }
}
