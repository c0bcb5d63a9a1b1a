package dev.clockbill.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A function of the template.
 *
 * @param handlerClass full name of its handler class
 * @param environment its variables, resolved
 * @param timeout how long one invocation may take
 * @param policy what its role allows
 * @param queues ARNs of the queues that it takes from
 * @param async how it is invoked asynchronously
 * @param arn without a version or an alias
 */
public record FunctionEntry(
    String logicalId,
    String handlerClass,
    Map<String, String> environment,
    Duration timeout,
    List<Statement> policy,
    List<Route> routes,
    List<Schedule> schedules,
    List<Rule> rules,
    List<String> queues,
    AsyncEntry async,
    String arn) {}
