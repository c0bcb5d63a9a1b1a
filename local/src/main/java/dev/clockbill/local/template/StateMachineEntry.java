package dev.clockbill.local.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A state machine of the template.
 *
 * @param definition the file that defines it
 * @param substitutions what {@code ${name}} in the file stands for
 * @param policy what its role grants
 */
public record StateMachineEntry(
    String logicalId,
    String name,
    String arn,
    Path definition,
    Map<String, String> substitutions,
    List<Statement> policy) {}
