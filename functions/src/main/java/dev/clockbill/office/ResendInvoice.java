package dev.clockbill.office;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.invoice.mail.Letter;
import dev.clockbill.invoice.mail.MailOfInvoice;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Mails invoices again. The invoice and its number stay as they are. */
final class ResendInvoice {
  private final Table table;
  private final InvoiceResponses invoices;
  private final InvoiceStore store;
  private final QueuedMails mails;

  ResendInvoice(Table table, InvoiceResponses invoices, QueuedMails mails) {
    this.table = table;
    this.invoices = invoices;
    this.store = new InvoiceStore(table);
    this.mails = mails;
  }

  /** {@code POST /invoices/{invoiceId}/resend}: does nothing while a mail of it is queued. */
  Response answer(Request request) {
    Fields fields = request.fields();
    Optional<String> email = Optional.ofNullable(fields.email("email"));
    Letter letter = Letter.read(request, fields);
    fields.check();
    return Retry.onConflict(
        () -> {
          Invoice invoice = invoices.matching(request).invoice();
          boolean allowed = StateRules.in(invoice.state()).resend().allows();
          if (allowed && invoice.delivery().status() != DeliveryStatus.QUEUED) {
            UnitOfWork work = table.begin(request.caller().firm());
            String to = email.orElseGet(() -> store.customerNow(work.firm(), invoice).email());
            resend(work, invoice, to, letter, request.caller().name());
            work.commit();
          }
          return invoices.answer(202, request);
        });
  }

  private void resend(UnitOfWork work, Invoice invoice, String to, Letter letter, String who) {
    Mail.Id id = MailOfInvoice.next(work.firm(), invoice);
    InvoiceChange change =
        InvoiceChange.of(work, invoice)
            .mailQueued(id.n(), letter.recipients(to))
            .history(who, "Resent to " + letter.told(to));
    Map<String, Object> facts = new LinkedHashMap<>(QueuedMail.recipient(to));
    facts.putAll(letter.facts());
    mails.add(change, id, facts);
  }
}
