package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * A function's schedule.
 *
 * @param name its name among the function's events
 * @param every the interval between runs
 * @param input replaces the scheduled event; null for the event itself
 */
public record Schedule(String name, Duration every, JsonNode input) {}
