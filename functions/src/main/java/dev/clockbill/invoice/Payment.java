package dev.clockbill.invoice;

import dev.clockbill.shared.Json;
import dev.clockbill.table.Index;
import dev.clockbill.table.Write;
import java.time.Instant;
import java.util.Map;

/**
 * One row of an invoice's table of payments and refunds.
 *
 * @param paymentId the last part of its item's key
 * @param kind {@code payment}, {@code refund} or {@code dispute}
 * @param status {@code processing}, {@code settled} or {@code failed}
 * @param amount positive, minor units
 * @param method how it was paid, such as {@code card}
 * @param byHand whether a person recorded it; what the processor told is no person's to change
 * @param reference what the person noted of it; or null
 */
public record Payment(
    String paymentId,
    String kind,
    String status,
    long amount,
    String method,
    Instant at,
    boolean byHand,
    String reference) {
  /** Whether it is money that may come or not. */
  public boolean underWay() {
    return kind.equals("payment") && status.equals("processing");
  }

  /**
   * Writes its row, where reports find it and can add it up.
   *
   * @param currency that of its invoice
   * @param origin what the row keeps of where it came from
   */
  public Write row(String firm, String invoiceId, String currency, Map<String, Object> origin) {
    String key = PaymentItem.key(invoiceId, paymentId);
    Map<String, Object> attributes =
        Json.object(
            "kind",
            kind,
            "status",
            status,
            "amount",
            amount,
            "method",
            method,
            "at",
            at,
            "byHand",
            byHand ? true : null,
            "reference",
            reference,
            "currency",
            currency,
            Index.LISTED.partition(),
            PaymentItem.listed(firm),
            Index.LISTED.sort(),
            at + "#" + key);
    attributes.putAll(origin);
    return Write.put(firm, key, attributes);
  }

  /**
   * What it adds to what is paid, minor units: nothing unless it is settled; refunds and lost
   * disputes take away.
   */
  public long net() {
    if (!status.equals("settled")) {
      return 0;
    }
    return kind.equals("payment") ? amount : -amount;
  }
}
