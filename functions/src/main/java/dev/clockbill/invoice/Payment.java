package dev.clockbill.invoice;

import dev.clockbill.shared.Index;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Write;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One row of an invoice's ledger of payments and refunds.
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
  private static final String MARK = "#PAYMENT#";

  /** The key of a row's item. */
  public static String key(String invoiceId, String paymentId) {
    return Invoice.key(invoiceId) + MARK + paymentId;
  }

  /** Whether it is money that may come or not. */
  public boolean underWay() {
    return kind.equals("payment") && status.equals("processing");
  }

  /** The rows of an invoice among the items of its family, in their order. */
  public static List<Payment> among(List<Item> family) {
    return family.stream().filter(item -> item.key().contains(MARK)).map(Payment::of).toList();
  }

  /** The partition of a firm's payments, refunds and disputes, by when they were. */
  public static String listed(String firm) {
    return firm + "#PAYMENT";
  }

  /**
   * Writes its row, where reports find it and can add it up.
   *
   * @param currency that of its invoice
   * @param origin what the row keeps of where it came from
   */
  public Write row(String firm, String invoiceId, String currency, Map<String, Object> origin) {
    String key = key(invoiceId, paymentId);
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
            listed(firm),
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

  /** Reads a row's item. */
  public static Payment of(Item item) {
    return new Payment(
        item.key().substring(item.key().indexOf(MARK) + MARK.length()),
        item.text("kind"),
        item.text("status"),
        item.number("amount"),
        item.text("method"),
        item.instant("at"),
        item.bool("byHand"),
        item.text("reference"));
  }
}
