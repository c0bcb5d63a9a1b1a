package dev.clockbill.invoice;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.shared.Again;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Http;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Requests;
import dev.clockbill.shared.Requests.Creation;
import dev.clockbill.shared.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Reads, makes, edits, mails again, revises and voids invoices; records payments by hand. */
public final class Invoices implements RequestStreamHandler {
  private static final int TRIES = 5;

  private final InvoiceList list;
  private final Editing editing;
  private final InvoiceWorkflow workflow;
  private final InvoicePdfs pdfs;
  private final MailPreview preview;
  private final InvoiceAnswers answers;
  private final Creating creating;
  private final SentInvoices sent;

  /** Wired from the process's environment. */
  public Invoices() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Invoices(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    Ledger ledger = new Ledger(variables);
    this.list = new InvoiceList(ledger);
    this.editing = new Editing(ledger);
    this.workflow = new InvoiceWorkflow(ledger, variables);
    String baseUrl = variables.required("BASE_URL");
    this.pdfs = new InvoicePdfs(ledger, baseUrl);
    this.preview = new MailPreview(ledger, baseUrl);
    this.answers = new InvoiceAnswers(ledger, baseUrl);
    this.creating = new Creating(new Requests(ledger));
    this.sent = new SentInvoices(ledger, variables, answers, creating, workflow);
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
    return creating.once(
        request,
        () -> {
          Editing.Made made = editing.make(request, firm);
          return new Creation(
              made.writes(),
              answers.shown(201, firm, made.whole()),
              () -> workflow.tryToPush(firm.firmId(), made.whole().invoice().invoiceId()));
        });
  }

  private Response pdf(Request request) {
    Invoice invoice = answers.invoice(request);
    return InvoicePdfs.answer(invoice, pdfs.shown(answers.firm(request), invoice));
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
    return Again.ifOvertaken(
        TRIES,
        () -> {
          editing.edit(request, answers.draft(request));
          return answers.now(200, request);
        });
  }

  private Response delete(Request request) {
    return Again.ifOvertaken(
        TRIES,
        () -> {
          Invoice draft = answers.draft(request);
          editing.delete(request.caller().firm(), draft);
          workflow.end(draft);
          return Response.noContent();
        });
  }
}
