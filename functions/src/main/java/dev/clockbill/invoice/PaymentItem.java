package dev.clockbill.invoice;

import dev.clockbill.shared.Json;
import dev.clockbill.table.Index;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.List;

/**
 * A payment as the table keeps it: its key, its index entry, and the item to and from the record.
 */
public final class PaymentItem {
  private static final String MARK = "#PAYMENT#";

  private PaymentItem() {}

  /** The key of a payment's item. */
  public static String key(String invoiceId, String paymentId) {
    return InvoiceItem.key(invoiceId) + MARK + paymentId;
  }

  /** What the keys of an invoice's payments begin with. */
  public static String prefix(String invoiceId) {
    return InvoiceItem.key(invoiceId) + MARK;
  }

  /** The partition of a firm's payments, refunds and disputes, ordered by time. */
  public static String listed(String firm) {
    return firm + "#PAYMENT";
  }

  /** The payments among the items of an invoice, in their order. */
  public static List<Payment> among(List<Item> family) {
    return family.stream().filter(item -> item.key().contains(MARK)).map(PaymentItem::of).toList();
  }

  /** Reads a payment's item. */
  public static Payment of(Item item) {
    return new Payment(
        item.key().substring(item.key().indexOf(MARK) + MARK.length()),
        Payment.Kind.of(item.text("kind")),
        Payment.Status.of(item.text("status")),
        item.number("amount"),
        item.text("method"),
        item.instant("at"),
        item.bool("byHand"),
        item.text("reference"),
        item.text("sessionId"),
        item.text("ofPayment"));
  }

  /** Adds a payment to an invoice. */
  public static Write added(String firm, Invoice invoice, Payment payment) {
    return put(firm, invoice, payment).ifAbsent();
  }

  /** Replaces a payment that has come further, if its status is still the one that was read. */
  public static Write replaced(String firm, Invoice invoice, Payment before, Payment payment) {
    return put(firm, invoice, payment).ifEquals("status", before.status().word());
  }

  /** Deletes a payment that was recorded by hand. */
  public static Write takenBack(String firm, Invoice invoice, Payment payment) {
    return Write.delete(firm, key(invoice.invoiceId(), payment.paymentId()))
        .ifEquals("byHand", true);
  }

  /** Deletes a row that another one stands for now, if it still has the amount that was read. */
  public static Write replacedByOthers(String firm, Invoice invoice, Payment payment) {
    return Write.delete(firm, key(invoice.invoiceId(), payment.paymentId()))
        .ifEquals("amount", payment.amount());
  }

  private static Write put(String firm, Invoice invoice, Payment payment) {
    String key = key(invoice.invoiceId(), payment.paymentId());
    return Write.put(
        firm,
        key,
        Json.object(
            "kind",
            payment.kind().word(),
            "status",
            payment.status().word(),
            "amount",
            payment.amount(),
            "method",
            payment.method(),
            "at",
            payment.at(),
            "byHand",
            payment.byHand() ? true : null,
            "reference",
            payment.reference(),
            "sessionId",
            payment.sessionId(),
            "ofPayment",
            payment.ofPayment(),
            "currency",
            invoice.currency(),
            Index.LISTED.partition(),
            listed(firm),
            Index.LISTED.sort(),
            payment.at() + "#" + key));
  }
}
