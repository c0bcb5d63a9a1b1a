package dev.clockbill.invoice;

import dev.clockbill.invoice.Invoice.Delivery;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Invoice.Links;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.Invoice.TaxAmount;
import dev.clockbill.table.Item;
import java.math.BigDecimal;

/** An invoice as the table keeps it: its key, its indexes, and the item to and from the record. */
public final class InvoiceItem {
  private InvoiceItem() {}

  /** The key of an invoice's item. */
  public static String key(String invoiceId) {
    return "INVOICE#" + invoiceId;
  }

  /** Reads an invoice's item. */
  public static Invoice of(Item item) {
    Item customer = item.object("customer");
    return new Invoice(
        item.key().substring("INVOICE#".length()),
        InvoiceState.of(item.text("state")),
        item.text("number"),
        new Party(
            customer.text("customerId"),
            customer.text("name"),
            customer.text("email"),
            customer.text("address")),
        item.text("currency"),
        item.objects("lines").stream().map(Line::of).toList(),
        item.number("subtotal"),
        item.has("discount") ? discount(item.object("discount")) : null,
        item.objects("taxes").stream().map(InvoiceItem::tax).toList(),
        item.number("total"),
        item.number("amountPaid", 0),
        item.date("issuedOn"),
        item.date("dueOn"),
        item.text("note"),
        item.text("payToken"),
        item.has("delivery") ? delivery(item.object("delivery")) : Delivery.NONE,
        item.date("madeOn"),
        item.number("mails", 0),
        item.text("token"),
        item.text("execution"),
        item.number("restarts", 0),
        new Links(item.text("revises"), item.text("revisedBy"), item.text("checkout")),
        item.number("version"));
  }

  private static TaxAmount tax(Item item) {
    return new TaxAmount(
        item.text("name"), new BigDecimal(item.text("ratePercent")), item.number("amount"));
  }

  private static Delivery delivery(Item item) {
    return new Delivery(DeliveryStatus.of(item.text("status")), item.instant("at"));
  }

  private static Discount discount(Item item) {
    String percent = item.text("percent");
    long amount = item.number("amount");
    return new Discount(
        percent == null ? null : new BigDecimal(percent), item.number("asked", amount), amount);
  }
}
