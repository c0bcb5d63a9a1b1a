package dev.clockbill.office;

import dev.clockbill.http.Caller;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.invoice.mail.MailOfInvoice;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.List;
import java.util.Optional;

/** Has an invoice mailed once more: what is on it stays, and so does its number. */
final class Resend {
  private final Table table;
  private final QueuedMails mails;

  Resend(Table table, QueuedMails mails) {
    this.table = table;
    this.mails = mails;
  }

  /**
   * Queues the mail, unless one of the invoice is queued already.
   *
   * @param email where it goes; empty for the customer's present address
   * @throws dev.clockbill.http.Problem 409 {@code not-sent} or {@code invoice-void}
   */
  void resend(Caller caller, Invoice invoice, Optional<String> email) {
    boolean allowed = StateRules.in(invoice.state()).resend().allows();
    if (!allowed || invoice.delivery().status() == DeliveryStatus.QUEUED) {
      return;
    }
    String firm = caller.firm();
    String to = email.orElseGet(() -> new InvoiceStore(table).customerNow(firm, invoice).email());
    Mail.Id id = MailOfInvoice.next(firm, invoice);
    Write change = InvoiceStore.changed(firm, invoice).set("mails", id.n());
    InvoiceStore.delivery(change, DeliveryStatus.QUEUED, Time.now());
    table.write(
        List.of(
            QueuedMails.queued(id, invoice, change, QueuedMail.recipient(to)),
            change,
            HistoryEvent.now(
                firm, invoice.invoiceId(), caller.name(), "Asked to mail it again to " + to)));
    mails.tryToBegin(id, invoice);
  }
}
