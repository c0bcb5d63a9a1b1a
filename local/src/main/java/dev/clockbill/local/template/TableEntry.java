package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A table of the template.
 *
 * @param properties its CloudFormation properties, resolved
 */
public record TableEntry(String logicalId, String name, JsonNode properties) {}
