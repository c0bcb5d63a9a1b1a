package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Duration;

/**
 * A refund that the processor has to be asked for, as the table keeps it. It waits in the due queue
 * until it is known what became of it.
 */
final class RefundItem {
  private static final String PREFIX = "REFUND#";
  private static final Duration KEPT = Duration.ofDays(60);

  private RefundItem() {}

  /** Whether an item is one. */
  static boolean is(Item item) {
    return item.key().startsWith(PREFIX);
  }

  /** The key of a refund's item. */
  static String key(String rowId) {
    return PREFIX + rowId;
  }

  /**
   * What to ask for. The idempotency key is another one after each answer that is known to be
   * repeated under the last one.
   */
  static Processor.RefundRequest request(Item item) {
    String rowId = item.key().substring(PREFIX.length());
    return new Processor.RefundRequest(
        item.text("account"),
        item.text("paymentId"),
        item.number("units"),
        rowId,
        "refund-" + rowId + "-" + item.number("keys", 1));
  }

  /** Queues a refund; part of the transaction that makes its row. */
  static Write queued(String firm, String rowId, String account, String paymentId, long units) {
    return Write.put(
            firm,
            key(rowId),
            Json.object("account", account, "paymentId", paymentId, "units", units, "keys", 1))
        .due(DueQueue.PUSHES, rowId, Time.now().plus(DueQueue.PATIENCE))
        .ifAbsent();
  }

  /** Has the next attempt use another idempotency key. */
  static Write withAnotherKey(Item item) {
    long keys = item.number("keys", 1);
    return Write.update(item.firm(), item.key()).set("keys", keys + 1).ifEquals("keys", keys);
  }

  /** Takes it out of the queue: the charge has what became of it. */
  static Write done(Item item) {
    return Write.update(item.firm(), item.key())
        .set("expiresAt", Time.now().plus(KEPT).getEpochSecond())
        .notDue();
  }
}
