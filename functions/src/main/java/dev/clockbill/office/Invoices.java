package dev.clockbill.office;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Permissions;
import dev.clockbill.http.Http;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceCounts;
import dev.clockbill.invoice.InvoiceList;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.draft.DraftEditor;
import dev.clockbill.invoice.draft.DraftMerger;
import dev.clockbill.invoice.mail.InvoicePdfStore;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.invoice.send.MailPreview;
import dev.clockbill.payment.PaymentsByHand;
import dev.clockbill.payment.Processor;
import dev.clockbill.payment.Refunds;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.payment.UnmatchedList;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.TimeLeft;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/**
 * Reads, makes, edits, mails again, revises and voids invoices; records payments by hand, refunds
 * others, lists money that fits no invoice, and shows a sample of what customers get.
 */
public final class Invoices implements RequestStreamHandler {
  /**
   * How long a person waits for the processor after their change was kept: for one answer. What it
   * did not do then, the due queue has it do.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Table table;
  private final InvoiceResponses invoices;
  private final InvoiceList list;
  private final InvoiceCounts counts;
  private final InvoicePdfStore pdfs;
  private final TestMails tests;
  private final RemindNow reminders;
  private final Drafts drafts;
  private final ResendInvoice resend;
  private final HandOver handOver;
  private final VoidInvoice voiding;
  private final ReviseInvoice revise;
  private final HandPayments payments;
  private final RefundPayments refunds;
  private final UnmatchedList unmatched;

  /** Wired from the process's environment. */
  public Invoices() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Invoices(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    String baseUrl = environment.required("BASE_URL");
    InvoiceWorkflow workflow = new InvoiceWorkflow(table, environment);
    Processor processor = new Processor(environment);
    StaleCheckouts checkouts = new StaleCheckouts(table, processor);
    IdempotencyKeys keys = new IdempotencyKeys(table);
    this.invoices = new InvoiceResponses(table, baseUrl);
    this.list = new InvoiceList(table);
    this.counts = new InvoiceCounts(table);
    this.pdfs = new InvoicePdfStore(table, baseUrl);
    QueuedMails mails = new QueuedMails(table, environment);
    this.tests = new TestMails(table, invoices, new MailPreview(table, baseUrl), mails);
    this.reminders = new RemindNow(table, invoices, mails);
    this.drafts =
        new Drafts(
            table,
            invoices,
            keys,
            new DraftEditor(table, workflow),
            new DraftMerger(table, workflow));
    this.resend = new ResendInvoice(table, invoices, mails);
    this.handOver = new HandOver(table, invoices);
    this.voiding = new VoidInvoice(table, invoices, workflow, checkouts);
    this.revise = new ReviseInvoice(table, invoices, keys, workflow, voiding);
    this.payments =
        new HandPayments(table, invoices, keys, new PaymentsByHand(checkouts, workflow));
    this.refunds =
        new RefundPayments(table, invoices, keys, new Refunds(table, environment, processor));
    this.unmatched = new UnmatchedList(table);
  }

  /** Answers the routes under {@code /invoices}. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    TimeLeft.within(PATIENCE, context, () -> Permissions.serve(input, output, table, this::answer));
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /invoices" -> list(request);
      case "GET /invoices/counts" -> counts(request);
      case "POST /invoices/merge" -> drafts.merge(request);
      case "POST /invoices" -> drafts.make(request);
      case "GET /invoices/{invoiceId}" -> invoices.answer(200, request);
      case "PATCH /invoices/{invoiceId}" -> drafts.edit(request);
      case "DELETE /invoices/{invoiceId}" -> drafts.delete(request);
      case "GET /invoices/{invoiceId}/pdf" -> pdf(request);
      case "GET /firm/sample-invoice" -> sample(request);
      case "GET /invoices/{invoiceId}/mail" -> tests.look(request);
      case "POST /invoices/{invoiceId}/mail" -> tests.lookAt(request);
      case "POST /invoices/{invoiceId}/test-mail" -> tests.send(request);
      case "POST /invoices/{invoiceId}/remind" -> reminders.answer(request);
      case "POST /invoices/{invoiceId}/resend" -> resend.answer(request);
      case "POST /invoices/{invoiceId}/handed-over" -> handOver.answer(request);
      case "POST /invoices/{invoiceId}/void" -> voiding.answer(request);
      case "POST /invoices/{invoiceId}/revise" -> revise.answer(request);
      case "POST /invoices/{invoiceId}/payments" -> payments.record(request);
      case "DELETE /invoices/{invoiceId}/payments/{paymentId}" -> payments.takeBack(request);
      case "POST /invoices/{invoiceId}/payments/{paymentId}/refund" -> refunds.answer(request);
      case "GET /payments/unmatched" -> unmatched.list(request);
      case "DELETE /payments/unmatched/{paymentId}" -> unmatched.settle(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response list(Request request) {
    return list.answer(request, invoices.json(invoices.firm(request)));
  }

  private Response counts(Request request) {
    return counts.answer(request, invoices.json(invoices.firm(request)));
  }

  private Response pdf(Request request) {
    Invoice invoice = invoices.invoice(request);
    return InvoicePdfStore.answer(invoice, pdfs.shown(invoices.firm(request), invoice));
  }

  private Response sample(Request request) {
    FirmSettings firm = invoices.firm(request);
    Invoice sample = SampleInvoice.of(table, firm);
    return InvoicePdfStore.answer(sample, pdfs.shown(firm, sample));
  }
}
