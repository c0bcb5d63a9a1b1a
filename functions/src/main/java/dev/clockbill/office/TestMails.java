package dev.clockbill.office;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.mail.Letter;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.invoice.mail.TestMail;
import dev.clockbill.invoice.mail.Wording;
import dev.clockbill.invoice.send.MailPreview;
import dev.clockbill.mail.MailKind;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.Map;

/** Shows the mail of an invoice before it goes: on the page, and as a test in one's own inbox. */
final class TestMails {
  private final Table table;
  private final InvoiceResponses invoices;
  private final MailPreview preview;
  private final QueuedMails mails;

  TestMails(Table table, InvoiceResponses invoices, MailPreview preview, QueuedMails mails) {
    this.table = table;
    this.invoices = invoices;
    this.preview = preview;
    this.mails = mails;
  }

  /** {@code GET /invoices/{invoiceId}/mail}. */
  Response look(Request request) {
    Invoice invoice = invoices.invoice(request);
    return Response.json(200, preview.of(invoices.firm(request), invoice));
  }

  /** {@code POST /invoices/{invoiceId}/mail}: the mail as it would be with other words. */
  Response lookAt(Request request) {
    Wording wording = wording(request);
    Invoice invoice = invoices.invoice(request);
    return Response.json(200, preview.saying(invoices.firm(request), invoice, wording));
  }

  private static Wording wording(Request request) {
    Fields fields = request.fields();
    Wording wording = Letter.wording(fields);
    fields.check();
    return wording;
  }

  /** {@code POST /invoices/{invoiceId}/test-mail}: nothing changes on the invoice. */
  Response send(Request request) {
    Wording wording = wording(request);
    String to = request.caller().email();
    if (to.isEmpty()) {
      throw Problem.invalid("body", "Your login has no email address to send a test to.");
    }
    return Retry.onConflict(
        () -> {
          FirmSettings firm = invoices.firm(request);
          Invoice invoice = invoices.invoice(request);
          Invoice shown = preview.asIfSent(firm, invoice);
          UnitOfWork work = table.begin(firm.firmId());
          mails.addBeside(work, invoice, MailKind.TEST_MAIL, TestMail.facts(shown, to, wording));
          work.commit();
          return Response.json(202, Map.of("to", to));
        });
  }
}
