package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;

/** The record that an event of the processor was handled: it is handled once. */
final class InboxItem {
  /** Longer than the processor keeps delivering an event. */
  private static final Duration KEPT = Duration.ofDays(60);

  private InboxItem() {}

  /** The key of an event's item. */
  static String key(String eventId) {
    return "INBOX#" + eventId;
  }

  /** Records that an event is handled, unless it was before; part of the transaction that does. */
  static Write handled(String firm, String eventId) {
    Instant now = Time.now();
    return Write.put(
            firm,
            key(eventId),
            Json.object("at", now, "expiresAt", now.plus(KEPT).getEpochSecond()))
        .ifAbsent();
  }
}
