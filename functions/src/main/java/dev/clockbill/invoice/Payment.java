package dev.clockbill.invoice;

import dev.clockbill.shared.Item;
import java.time.Instant;

/**
 * One row of an invoice's ledger of payments and refunds.
 *
 * @param paymentId the last part of its item's key
 * @param kind {@code payment}, {@code refund} or {@code dispute}
 * @param status {@code processing}, {@code settled} or {@code failed}
 * @param amount positive, minor units
 * @param method how it was paid, such as {@code card}
 */
public record Payment(
    String paymentId, String kind, String status, long amount, String method, Instant at) {
  private static final String MARK = "#PAYMENT#";

  /** The key of a row's item. */
  public static String key(String invoiceId, String paymentId) {
    return Invoice.key(invoiceId) + MARK + paymentId;
  }

  /** Whether an item of an invoice's family is such a row. */
  public static boolean is(Item item) {
    return item.key().contains(MARK);
  }

  /** Reads a row's item. */
  public static Payment of(Item item) {
    return new Payment(
        item.key().substring(item.key().indexOf(MARK) + MARK.length()),
        item.text("kind"),
        item.text("status"),
        item.number("amount"),
        item.text("method"),
        item.instant("at"));
  }
}
