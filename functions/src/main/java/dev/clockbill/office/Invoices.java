package dev.clockbill.office;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Http;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceList;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.draft.DraftEditor;
import dev.clockbill.invoice.mail.InvoicePdfStore;
import dev.clockbill.invoice.send.MailPreview;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Reads, makes, edits, mails again, revises and voids invoices; records payments by hand. */
public final class Invoices implements RequestStreamHandler {

  private final InvoiceList list;
  private final DraftEditor editing;
  private final InvoiceWorkflow workflow;
  private final InvoicePdfStore pdfs;
  private final MailPreview preview;
  private final InvoiceResponses answers;
  private final IdempotencyKeys keys;
  private final Table table;
  private final SentInvoiceRoutes sent;

  /** Wired from the process's environment. */
  public Invoices() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Invoices(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.table = new Table(variables);
    this.list = new InvoiceList(table);
    this.editing = new DraftEditor(table);
    this.workflow = new InvoiceWorkflow(table, variables);
    String baseUrl = variables.required("BASE_URL");
    this.pdfs = new InvoicePdfStore(table, baseUrl);
    this.preview = new MailPreview(table, baseUrl);
    this.answers = new InvoiceResponses(table, baseUrl);
    this.keys = new IdempotencyKeys(table);
    this.sent = new SentInvoiceRoutes(table, variables, answers, keys, workflow);
  }

  /** Answers the routes under {@code /invoices}. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /invoices" -> list(request);
      case "POST /invoices" -> make(request);
      case "GET /invoices/{invoiceId}" -> answers.now(200, request);
      case "PATCH /invoices/{invoiceId}" -> edit(request);
      case "DELETE /invoices/{invoiceId}" -> delete(request);
      case "GET /invoices/{invoiceId}/pdf" -> pdf(request);
      case "GET /invoices/{invoiceId}/mail" -> mail(request);
      case "POST /invoices/{invoiceId}/resend" -> sent.resend(request);
      case "POST /invoices/{invoiceId}/void" -> sent.giveUp(request);
      case "POST /invoices/{invoiceId}/revise" -> sent.revise(request);
      case "POST /invoices/{invoiceId}/payments" -> sent.recordPayment(request);
      case "DELETE /invoices/{invoiceId}/payments/{paymentId}" -> sent.takeBack(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response list(Request request) {
    return list.answer(request, answers.json(answers.firm(request)));
  }

  private Response make(Request request) {
    FirmSettings firm = answers.firm(request);
    return keys.create(
        request,
        () -> {
          DraftEditor.Made made = editing.make(request, firm);
          return new Creation(
              table
                  .begin(firm.firmId())
                  .addAll(made.writes())
                  .afterwards(
                      () -> workflow.push(firm.firmId(), made.whole().invoice().invoiceId())),
              answers.shown(201, firm, made.whole()));
        });
  }

  private Response pdf(Request request) {
    Invoice invoice = answers.invoice(request);
    return InvoicePdfStore.answer(invoice, pdfs.shown(answers.firm(request), invoice));
  }

  private Response mail(Request request) {
    Invoice invoice = answers.invoice(request);
    return Response.json(200, preview.of(answers.firm(request), invoice));
  }

  private Response edit(Request request) {
    if (request.header("if-match").isEmpty()) {
      throw Problem.of(
          428,
          "version-required",
          "Send If-Match with the version that you read, so that nobody's change is lost.");
    }
    return Retry.onConflict(
        () -> {
          editing.edit(request, answers.draft(request));
          return answers.now(200, request);
        });
  }

  private Response delete(Request request) {
    return Retry.onConflict(
        () -> {
          Invoice draft = answers.draft(request);
          editing.delete(request.caller().firm(), draft);
          workflow.end(draft);
          return Response.noContent();
        });
  }
}
