package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An execution as API clients see it.
 *
 * @param order grows with every started execution
 * @param input the JSON text that was given
 * @param stoppedAt null while it runs
 * @param output JSON text; null unless it succeeded
 * @param error null unless it failed with an error name
 * @param cause null unless it failed with a cause
 */
record Execution(
    long order,
    String arn,
    String machineArn,
    String name,
    Status status,
    String input,
    Instant startedAt,
    Instant stoppedAt,
    String output,
    String error,
    String cause,
    List<HistoryEvent> history) {

  /** An execution that begins now. */
  static Execution started(long order, Machine machine, String name, String input, Instant now) {
    return new Execution(
        order,
        machine.executionArn(name),
        machine.arn(),
        name,
        Status.RUNNING,
        input,
        now,
        null,
        null,
        null,
        null,
        List.of(new HistoryEvent(null, Status.RUNNING.event(), now)));
  }

  boolean running() {
    return status == Status.RUNNING;
  }

  Execution with(List<HistoryEvent> newHistory) {
    return new Execution(
        order,
        arn,
        machineArn,
        name,
        status,
        input,
        startedAt,
        stoppedAt,
        output,
        error,
        cause,
        List.copyOf(newHistory));
  }

  /** The same execution after it has ended, with the event in its history. */
  Execution ended(Status how, Instant at, String newOutput, String newError, String newCause) {
    List<HistoryEvent> longer = new ArrayList<>(history);
    longer.add(new HistoryEvent(null, how.event(), at));
    return new Execution(
        order,
        arn,
        machineArn,
        name,
        how,
        input,
        startedAt,
        at,
        newOutput,
        newError,
        newCause,
        List.copyOf(longer));
  }

  ObjectNode toJson() {
    ObjectNode json =
        JsonValues.object()
            .put("order", order)
            .put("arn", arn)
            .put("machineArn", machineArn)
            .put("name", name)
            .put("status", status.name())
            .put("input", input)
            .put("startedAt", startedAt.toString())
            .put("stoppedAt", stoppedAt == null ? null : stoppedAt.toString())
            .put("output", output)
            .put("error", error)
            .put("cause", cause);
    json.set("history", historyJson());
    return json;
  }

  ArrayNode historyJson() {
    ArrayNode events = JsonValues.object().arrayNode();
    history.forEach(event -> events.add(event.toJson()));
    return events;
  }

  static Execution of(JsonNode json) {
    List<HistoryEvent> history = new ArrayList<>();
    json.get("history").forEach(event -> history.add(HistoryEvent.of(event)));
    String stoppedAt = json.get("stoppedAt").textValue();
    return new Execution(
        json.get("order").longValue(),
        json.get("arn").textValue(),
        json.get("machineArn").textValue(),
        json.get("name").textValue(),
        Status.valueOf(json.get("status").textValue()),
        json.get("input").textValue(),
        Instant.parse(json.get("startedAt").textValue()),
        stoppedAt == null ? null : Instant.parse(stoppedAt),
        json.get("output").textValue(),
        json.get("error").textValue(),
        json.get("cause").textValue(),
        List.copyOf(history));
  }
}
