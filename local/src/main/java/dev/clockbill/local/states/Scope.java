package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/**
 * What an expression can see.
 *
 * @param now the moment at which it is evaluated
 * @param states the reserved variable {@code $states}
 * @param variables those assigned by earlier states
 */
record Scope(Instant now, ObjectNode states, Map<String, JsonNode> variables) {

  /** The same with one field of {@code $states} more. */
  Scope with(String field, JsonNode value) {
    ObjectNode wider = JsonValues.object().setAll(states);
    wider.set(field, value);
    return new Scope(now, wider, variables);
  }
}
