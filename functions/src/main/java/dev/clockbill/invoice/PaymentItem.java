package dev.clockbill.invoice;

import dev.clockbill.table.Item;
import java.util.List;

/** A row of payments as the table keeps it. */
public final class PaymentItem {
  private PaymentItem() {}

  private static final String MARK = "#PAYMENT#";

  /** The key of a row's item. */
  public static String key(String invoiceId, String paymentId) {
    return InvoiceItem.key(invoiceId) + MARK + paymentId;
  }

  /** The rows of an invoice among the items of its family, in their order. */
  public static List<Payment> among(List<Item> family) {
    return family.stream().filter(item -> item.key().contains(MARK)).map(PaymentItem::of).toList();
  }

  /** The partition of a firm's payments, refunds and disputes, by when they were. */
  public static String listed(String firm) {
    return firm + "#PAYMENT";
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
