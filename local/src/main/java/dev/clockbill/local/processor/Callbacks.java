package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.storage.DocumentStore;
import dev.clockbill.local.time.StackClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The events that the processor sends to the webhook.
 *
 * <p>An event is stored before it is delivered. If the webhook cannot be reached or answers 500 or
 * more, delivery is repeated for three days of the clock. What happens in an account while it is
 * not connected with the platform is never told: a Connect endpoint hears of connected accounts
 * (Stripe's documentation, "Connect webhooks").
 */
final class Callbacks {
  /** The version of Stripe's API that these events follow: the one of stripe-java 33.3. */
  static final String API_VERSION = "2026-07-29.dahlia";

  private static final Duration GIVES_UP = Duration.ofDays(3);
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(12));
  private static final String HOLD = "hold";
  private static final String DISCONNECTED = "disconnected ";

  private final DocumentStore events;
  private final DocumentStore switches;
  private final Webhook webhook;
  private final boolean live;
  private final StackClock clock;
  private final AtomicLong next;

  Callbacks(DataFile data, Webhook webhook, boolean live, StackClock clock) {
    this.events = data.store("processor-events");
    this.switches = data.store("processor-switches");
    this.webhook = webhook;
    this.live = live;
    this.clock = clock;
    this.next = new AtomicLong(events.all().size());
  }

  /** Continues the deliveries that an earlier run did not finish. */
  void begin() {
    for (JsonNode kept : events.all().values()) {
      if (kept.has("nextAttemptAt")) {
        schedule(id(kept), Instant.parse(kept.path("nextAttemptAt").asText()));
      }
    }
  }

  /**
   * Stores a new event, to be delivered by {@link #deliver} or {@link #deliverSoon}.
   *
   * @param account the connected account; empty for the platform
   * @param data Stripe's {@code data}: the object and its changes
   * @return its id
   */
  String record(String type, String account, ObjectNode data) {
    return record(type, account, data, live);
  }

  /** The same for an event of a given mode. */
  String record(String type, String account, ObjectNode data, boolean livemode) {
    byte[] random = new byte[8];
    ThreadLocalRandom.current().nextBytes(random);
    String id = "evt_%08d%s".formatted(next.getAndIncrement(), HexFormat.of().formatHex(random));
    Instant now = clock.instant();
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("object", "event")
            .put("api_version", API_VERSION)
            .put("created", now.getEpochSecond())
            .put("livemode", livemode)
            .put("pending_webhooks", 1)
            .put("type", type);
    if (!account.isEmpty()) {
      event.put("account", account);
    }
    event.putObject("request").putNull("id").putNull("idempotency_key");
    event.set("data", data.deepCopy());
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    kept.set("event", event);
    kept.putArray("deliveries");
    if (!isOn(HOLD) && !isOn(DISCONNECTED + account)) {
      kept.put("nextAttemptAt", now.toString());
    }
    events.put(id, kept);
    return id;
  }

  /** Delivers new events in order, unless deliveries are on hold. */
  void deliver(List<String> ids) {
    for (String id : ids) {
      if (find(id).filter(kept -> kept.has("nextAttemptAt")).isPresent()) {
        attempt(id, clock.instant());
      }
    }
  }

  /** Delivers new events on a new thread; the clock does not advance before that has finished. */
  void deliverSoon(List<String> ids) {
    clock.run("callbacks " + ids, () -> deliver(ids));
  }

  /**
   * Delivers an event, even if it was delivered before.
   *
   * @param signedAt the time in its signature
   * @return the webhook's status; 0 if it could not be reached
   */
  int attempt(String id, Instant signedAt) {
    JsonNode event = find(id).orElseThrow().path("event");
    int status = webhook.post(event.toString(), signedAt);
    note(id, status);
    return status;
  }

  private synchronized void note(String id, int status) {
    ObjectNode kept = find(id).orElseThrow();
    Instant now = clock.instant();
    ((ArrayNode) kept.path("deliveries"))
        .addObject()
        .put("status", status)
        .put("at", now.truncatedTo(ChronoUnit.SECONDS).toString());
    kept.remove("nextAttemptAt");
    int attempts = kept.path("deliveries").size();
    Instant again = now.plus(DELAYS.get(Math.min(attempts, DELAYS.size()) - 1));
    Instant created = Instant.ofEpochSecond(kept.path("event").path("created").asLong());
    boolean failed = status == 0 || status >= 500;
    boolean comesAgain = failed && !again.isAfter(created.plus(GIVES_UP));
    if (comesAgain) {
      kept.put("nextAttemptAt", again.toString());
    }
    events.put(id, kept);
    if (comesAgain) {
      schedule(id, again);
    }
  }

  private void schedule(String id, Instant when) {
    clock.at(
        when,
        "callback " + id,
        () -> {
          // If it was delivered or postponed since, the stored time is another one or missing.
          String due = when.toString();
          if (find(id)
              .filter(kept -> kept.path("nextAttemptAt").asText().equals(due))
              .isPresent()) {
            attempt(id, clock.instant());
          }
        });
  }

  /** The stored event: {@code event}, {@code deliveries}, {@code nextAttemptAt}. */
  Optional<ObjectNode> find(String id) {
    return events.get(id).map(ObjectNode.class::cast);
  }

  /** The mode of the events. */
  boolean live() {
    return live;
  }

  /** All events, newest first. */
  List<JsonNode> newestFirst() {
    return new ArrayList<>(events.all().values()).reversed();
  }

  /** Holds new events back until they are delivered by hand, or stops doing so. */
  void hold(boolean held) {
    switches.put(HOLD, BooleanNode.valueOf(held));
  }

  /** Tells nothing of what happens in an account from now on, or does so again. */
  void connect(String account, boolean connected) {
    switches.put(DISCONNECTED + account, BooleanNode.valueOf(!connected));
  }

  private boolean isOn(String name) {
    return switches.get(name).map(JsonNode::asBoolean).orElse(false);
  }

  private static String id(JsonNode kept) {
    return kept.path("event").path("id").asText();
  }
}
