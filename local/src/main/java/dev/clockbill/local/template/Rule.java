package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A rule of the event bus whose target is a function.
 *
 * @param name its name among the function's events
 * @param pattern the event pattern
 * @param input replaces the event for the function; null for the event itself
 */
public record Rule(String name, JsonNode pattern, JsonNode input) {}
