package dev.clockbill.invoice;

import dev.clockbill.shared.Caller;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Mail;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has an invoice mailed once more: what is on it stays, and so does its number. */
final class Resending {
  private final Ledger ledger;
  private final QueuedMails mails;

  Resending(Ledger ledger, QueuedMails mails) {
    this.ledger = ledger;
    this.mails = mails;
  }

  /**
   * Queues the mail, unless one of the invoice is queued already.
   *
   * @param email where it goes; empty for the customer's present address
   * @throws dev.clockbill.shared.Problem 409 {@code not-sent} or {@code invoice-void}
   */
  void resend(Caller caller, Invoice invoice, Optional<String> email) {
    boolean allowed = Rulings.in(invoice.state()).resend().allows();
    if (!allowed || invoice.delivery().status().equals("queued")) {
      return;
    }
    String firm = caller.firm();
    String to = email.orElseGet(() -> new InvoiceStore(ledger).customerNow(firm, invoice).email());
    Mail.Id id = new Mail.Id(firm, "invoice", invoice.invoiceId(), invoice.mails() + 1);
    Write change = InvoiceStore.changed(firm, invoice).set("mails", id.n());
    InvoiceStore.delivery(change, "queued", Time.now());
    ledger.write(
        List.of(
            QueuedMails.queued(id, invoice, change, Map.of("to", to)),
            change,
            Happening.now(
                firm, invoice.invoiceId(), caller.name(), "Asked to mail it again to " + to)));
    mails.tryToBegin(id, invoice);
  }
}
