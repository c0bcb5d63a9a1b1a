package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One statement of a policy.
 *
 * @param effect {@code Allow} or {@code Deny}
 * @param actions such as {@code dynamodb:PutItem}; {@code *} and {@code ?} are wildcards
 * @param resources ARNs, with the same wildcards
 * @param conditions operator → key → value or values; null if there are none
 */
public record Statement(
    String effect, List<String> actions, List<String> resources, JsonNode conditions) {}
