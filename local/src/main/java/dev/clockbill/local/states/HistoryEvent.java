package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One thing that happened in an execution.
 *
 * @param state where it happened; null for what befell the execution as a whole
 * @param event named as AWS names it
 */
record HistoryEvent(String state, String event, Instant at) {

  ObjectNode toJson() {
    return JsonValues.object()
        .put("state", state)
        .put("event", event)
        .put("at", Timestamps.toTheSecond(at));
  }

  static HistoryEvent of(JsonNode json) {
    return new HistoryEvent(
        json.get("state").textValue(),
        json.get("event").textValue(),
        Instant.parse(json.get("at").textValue()));
  }
}
