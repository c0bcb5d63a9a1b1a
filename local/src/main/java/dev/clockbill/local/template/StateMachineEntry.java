package dev.clockbill.local.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A state machine of the template.
 *
 * @param definition the file with its definition
 * @param substitutions values for {@code ${name}} in the file
 * @param policy what its role allows
 * @param schedules when it is started
 */
public record StateMachineEntry(
    String logicalId,
    String name,
    String arn,
    Path definition,
    Map<String, String> substitutions,
    List<Statement> policy,
    List<Schedule> schedules) {}
