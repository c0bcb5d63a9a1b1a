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
import dev.clockbill.shared.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Reads, makes, edits and deletes invoices. */
public final class Invoices implements RequestStreamHandler {
  private static final int TRIES = 5;

  private final Ledger ledger;
  private final InvoiceStore store;
  private final InvoiceList list;
  private final Editing editing;
  private final Requests requests;
  private final InvoiceWorkflow workflow;
  private final InvoicePdfs pdfs;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public Invoices() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Invoices(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.ledger = new Ledger(variables);
    this.store = new InvoiceStore(ledger);
    this.list = new InvoiceList(ledger);
    this.editing = new Editing(ledger);
    this.requests = new Requests(ledger);
    this.workflow = new InvoiceWorkflow(ledger, variables);
    this.baseUrl = variables.required("BASE_URL");
    this.pdfs = new InvoicePdfs(ledger, baseUrl);
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
      case "GET /invoices/{invoiceId}" -> read(request);
      case "PATCH /invoices/{invoiceId}" -> edit(request);
      case "DELETE /invoices/{invoiceId}" -> delete(request);
      case "GET /invoices/{invoiceId}/pdf" -> pdf(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response list(Request request) {
    FirmSettings firm = firm(request);
    return Response.json(200, list.answer(request, firm, new InvoiceJson(firm, baseUrl)));
  }

  private Response make(Request request) {
    FirmSettings firm = firm(request);
    return Again.ifOvertaken(TRIES, () -> make(request, firm));
  }

  private Response make(Request request, FirmSettings firm) {
    AtomicReference<String> invoiceId = new AtomicReference<>();
    Response response =
        requests.create(
            request,
            () -> {
              Editing.Made made = editing.make(request, firm);
              invoiceId.set(made.whole().invoice().invoiceId());
              return new Requests.Creation(made.writes(), shown(201, firm, made.whole()));
            },
            overtaken -> overtaken);
    if (invoiceId.get() != null) {
      workflow.tryToPush(firm.firmId(), invoiceId.get());
    }
    return response;
  }

  private Response read(Request request) {
    String firm = request.caller().firm();
    return shown(200, firm(request), store.whole(firm, invoiceId(request)));
  }

  private Response pdf(Request request) {
    Invoice invoice =
        store
            .find(request.caller().firm(), invoiceId(request))
            .orElseThrow(() -> Problem.notFound("invoice"));
    return InvoicePdfs.answer(invoice, pdfs.shown(firm(request), invoice));
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
          editing.edit(request, draft(request));
          return read(request);
        });
  }

  private Response delete(Request request) {
    return Again.ifOvertaken(
        TRIES,
        () -> {
          Invoice draft = draft(request);
          editing.delete(request.caller().firm(), draft);
          workflow.end(draft);
          return Response.noContent();
        });
  }

  /** The draft that a request is about, in the version that it asks for. */
  private Invoice draft(Request request) {
    Invoice invoice =
        store
            .find(request.caller().firm(), invoiceId(request))
            .orElseThrow(() -> Problem.notFound("invoice"));
    Rulings.in(invoice.state()).edit().allows();
    if (request.ifMatch().stream().anyMatch(seen -> seen != invoice.version())) {
      throw Problem.versionChanged();
    }
    return invoice;
  }

  private static String invoiceId(Request request) {
    return request.pathId("invoiceId", "invoice");
  }

  private FirmSettings firm(Request request) {
    return FirmSettings.of(ledger.get(request.caller().firm(), FirmSettings.KEY).orElseThrow());
  }

  private Response shown(int status, FirmSettings firm, InvoiceStore.Whole whole) {
    return Response.json(status, new InvoiceJson(firm, baseUrl).whole(whole))
        .withVersion(whole.invoice().version());
  }
}
