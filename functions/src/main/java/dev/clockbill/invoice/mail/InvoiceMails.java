package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.mail.Mail;
import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.util.Map;
import java.util.Optional;

/**
 * The mails of an invoice, counted from 1: the first is part of its way from draft to receipt, the
 * others are asked for by a person and queued.
 */
public final class InvoiceMails {
  private InvoiceMails() {}

  /** The mail that a step's payload names; the first where it names none. */
  static Mail.Id id(Map<String, Object> payload) {
    String n = Json.text(payload, "mail");
    return new Mail.Id(
        Json.text(payload, "firmId"),
        "invoice",
        Json.text(payload, "invoiceId"),
        n == null ? 1 : Long.parseLong(n));
  }

  /**
   * Whether a mail is still to be sent, or what follows from it to be kept.
   *
   * @param kept its item, if there is one
   */
  static boolean waits(Mail.Id id, Invoice invoice, Optional<Item> kept) {
    return id.n() == 1
        ? invoice.state() == InvoiceState.SENDING
        : kept.filter(DueQueue::holds).isPresent();
  }

  /** Where a mail goes: to the customer as printed, or where a person asked for it. */
  static String to(Invoice invoice, Optional<Item> kept) {
    return kept.map(mail -> mail.text("to")).orElseGet(() -> invoice.customer().email());
  }

  /** Where an invoice was mailed at last: reminders and the receipt follow it. */
  public static String lastTo(Table table, String firm, Invoice invoice) {
    Mail.Id last = new Mail.Id(firm, "invoice", invoice.invoiceId(), invoice.mails());
    return to(invoice, table.get(firm, last.key()));
  }

  /** Where an invoice stands once a mail of it went. */
  static InvoiceState mailed(Invoice invoice) {
    return switch (invoice.state()) {
      case SENDING, UNDELIVERABLE -> InvoiceState.byPayment(invoice.total(), invoice.amountPaid());
      case DRAFT, SENT, PARTLY_PAID, PAID, VOID -> invoice.state();
    };
  }
}
