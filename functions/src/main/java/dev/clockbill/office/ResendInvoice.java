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
import dev.clockbill.invoice.mail.AddressedLetter;
import dev.clockbill.invoice.mail.Letter;
import dev.clockbill.invoice.mail.MailOfInvoice;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.invoice.mail.Recipients;
import dev.clockbill.mail.Mail;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
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

  /**
   * {@code POST /invoices/{invoiceId}/resend}: does nothing while a mail of it is queued. An
   * invoice on paper that is mailed now needs no handing over any more.
   *
   * @throws dev.clockbill.http.Problem 409 {@code no-mail-address} where none is named and the
   *     customer has none
   */
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
            AddressedLetter mail =
                email
                    .map(to -> AddressedLetter.to(to, letter))
                    .orElseGet(() -> toCustomer(work.firm(), invoice, letter));
            resend(work, invoice, mail, request.caller().name());
            work.commit();
          }
          return invoices.answer(202, request);
        });
  }

  private AddressedLetter toCustomer(String firm, Invoice invoice, Letter letter) {
    return AddressedLetter.of(Recipients.ofInvoice(store, firm, invoice), letter)
        .orElseThrow(Recipients::noAddress);
  }

  private void resend(UnitOfWork work, Invoice invoice, AddressedLetter mail, String who) {
    Mail.Id id = MailOfInvoice.next(work.firm(), invoice);
    boolean toHandOver = invoice.paper() != null && invoice.paper().handedOverAt() == null;
    InvoiceChange change =
        InvoiceChange.of(work, invoice)
            .mailQueued(id.n(), mail.recipients())
            .paper(toHandOver ? null : invoice.paper())
            .history(who, "Resent to " + mail.told());
    mails.add(change, id, MailOfInvoice.resent(mail, invoice));
  }
}
