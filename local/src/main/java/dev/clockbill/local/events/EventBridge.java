package dev.clockbill.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Rule;
import dev.clockbill.local.time.StackClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The default bus of EventBridge, with the rules of the template. */
public final class EventBridge implements EventBus {

  private record Target(String function, EventPattern pattern, JsonNode input) {}

  private final List<Target> targets = new ArrayList<>();
  private final AsyncInvocations invocations;
  private final StackClock clock;

  /**
   * Creates a bus with the rules of these functions.
   *
   * @throws dev.clockbill.local.template.TemplateException naming a field of a pattern that
   *     EventBridge would not accept
   */
  public EventBridge(
      List<FunctionEntry> functions, AsyncInvocations invocations, StackClock clock) {
    this.invocations = invocations;
    this.clock = clock;
    for (FunctionEntry function : functions) {
      for (Rule rule : function.rules()) {
        String where = function.logicalId() + ".Events." + rule.name() + ".Pattern";
        EventPattern pattern = EventPattern.of(where, rule.pattern());
        targets.add(new Target(function.logicalId(), pattern, rule.input()));
      }
    }
  }

  @Override
  public void put(String source, String detailType, JsonNode detail) {
    ObjectNode event = envelope(source, detailType, clock.instant());
    event.set("detail", detail);
    for (Target target : targets) {
      if (target.pattern().matches(event)) {
        JsonNode payload = target.input() == null ? event : target.input();
        invocations.begin(target.function(), payload.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** The envelope of an event, without its detail. */
  static ObjectNode envelope(String source, String detailType, Instant now) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .put("version", "0")
        .put("id", UUID.randomUUID().toString())
        .put("detail-type", detailType)
        .put("source", source)
        .put("account", "000000000000")
        .put("time", now.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("region", "eu-central-1");
    event.putArray("resources");
    return event;
  }
}
