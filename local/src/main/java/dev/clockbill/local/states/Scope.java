package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/**
 * What expressions can refer to.
 *
 * @param now the time of the evaluation
 * @param states the reserved variable {@code $states}
 * @param variables variables of earlier states
 */
record Scope(Instant now, ObjectNode states, Map<String, JsonNode> variables) {

  /** The same scope with one more field of {@code $states}. */
  Scope with(String field, JsonNode value) {
    ObjectNode wider = JsonValues.object().setAll(states);
    wider.set(field, value);
    return new Scope(now, wider, variables);
  }
}
