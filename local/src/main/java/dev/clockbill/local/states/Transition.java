package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The transition from a state to the next one.
 *
 * @param output the output, with expressions; empty for the own output of the state
 * @param assign variables with expressions, visible from the next state on; may be an empty object
 * @param next the next state; empty if the execution ends
 */
record Transition(Optional<JsonNode> output, JsonNode assign, Optional<String> next) {}
