package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * A function's schedule.
 *
 * @param name its name among the function's events
 * @param every how long from one run to the next
 * @param input what the function gets in place of the usual event; null for the usual event
 */
public record Schedule(String name, Duration every, JsonNode input) {}
