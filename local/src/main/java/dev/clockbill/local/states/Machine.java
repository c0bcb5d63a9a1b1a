package dev.clockbill.local.states;

import dev.clockbill.local.template.StateMachineEntry;
import dev.clockbill.local.template.Statement;
import java.util.List;

/**
 * A state machine of the template with its parsed definition.
 *
 * @param policy what its role allows
 */
record Machine(
    String logicalId, String name, String arn, List<Statement> policy, Definition definition) {

  static Machine of(StateMachineEntry entry) {
    return new Machine(
        entry.logicalId(), entry.name(), entry.arn(), entry.policy(), DefinitionReader.read(entry));
  }

  /** The ARN of one of its executions. */
  String executionArn(String execution) {
    return arn.replace(":stateMachine:", ":execution:") + ":" + execution;
  }
}
