package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A way out of a state.
 *
 * @param output what the next state gets, with expressions; empty: what the state itself gives
 * @param assign variables with expressions, visible from the next state on; an empty object where
 *     there are none
 * @param next the state to go to; empty where the execution ends
 */
record Transition(Optional<JsonNode> output, JsonNode assign, Optional<String> next) {}
