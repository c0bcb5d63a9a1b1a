package dev.clockbill.invoice.send;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Http;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceJson;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Approves a draft: from here on its lines, rates, taxes, addresses and totals are frozen, and its
 * workflow numbers and mails it.
 */
public final class SendInvoice implements RequestStreamHandler {

  private final Table table;
  private final InvoiceStore store;
  private final InvoiceWorkflow workflow;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public SendInvoice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public SendInvoice(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.table = new Table(variables);
    this.store = new InvoiceStore(table);
    this.workflow = new InvoiceWorkflow(table, variables);
    this.baseUrl = variables.required("BASE_URL");
  }

  /** Answers {@code POST /invoices/{invoiceId}/send}. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    String firm = request.caller().firm();
    String invoiceId = request.pathId("invoiceId", "invoice");
    request.fields().check();
    Retry.onConflict(() -> send(request, firm, invoiceId));
    FirmSettings settings = FirmItem.read(table, firm);
    InvoiceStore.Whole sent = store.whole(firm, invoiceId);
    return Response.json(202, new InvoiceJson(settings, baseUrl).whole(sent))
        .withVersion(sent.invoice().version());
  }

  /** Pressed again, it does nothing. */
  private boolean send(Request request, String firm, String invoiceId) {
    Invoice invoice = store.find(firm, invoiceId).orElseThrow(() -> Problem.notFound("invoice"));
    if (!StateRules.in(invoice.state()).send().allows()) {
      return false;
    }
    if (request.ifMatch().stream().anyMatch(seen -> seen != invoice.version())) {
      throw Problem.versionChanged();
    }
    Approval approval = Approval.read(table, firm, invoice);
    approval.check();
    table.write(approval.writes(request.caller().name()));
    workflow.tryToPush(firm, invoiceId);
    return true;
  }
}
