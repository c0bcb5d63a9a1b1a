package dev.clockbill.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * A schedule of a function or a state machine.
 *
 * @param name its name among the events of its target
 * @param every the interval between runs
 * @param input replaces the scheduled event; null for the event itself
 */
public record Schedule(String name, Duration every, JsonNode input) {}
