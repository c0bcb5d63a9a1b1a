package dev.clockbill.billing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.mail.Letter;
import dev.clockbill.invoice.send.Sending;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Workflow: sends one draft of a billing run exactly as Send would, in the name of whoever asked
 * the run for it, and notes how that ended. What Send refuses stays a draft, with the reason.
 */
public final class SendDraft implements RequestStreamHandler {
  private final Table table;
  private final Sending sending;

  /** Wired from the process's environment. */
  public SendDraft() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public SendDraft(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.sending = new Sending(table, new InvoiceWorkflow(table, environment));
  }

  /** Takes {@code {"firmId", "runId", "invoiceId", "send"}}, and answers nothing. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, output, this::send);
  }

  private void send(Map<String, Object> payload) {
    String firm = Json.text(payload, "firmId");
    String runId = Json.text(payload, "runId");
    String invoiceId = Json.text(payload, "invoiceId");
    long send = Long.parseLong(Json.text(payload, "send"));
    Retry.onConflict(
        () -> {
          send(firm, runId, invoiceId, send);
          return true;
        });
  }

  private void send(String firm, String runId, String invoiceId, long n) {
    String draftKey = RunDraft.key(runId, invoiceId);
    String sendKey = BillingRunItem.sendKey(runId, n);
    String invoiceKey = InvoiceItem.key(invoiceId);
    Map<String, Item> read = table.get(firm, List.of(draftKey, sendKey, invoiceKey));
    Optional<RunDraft> waits =
        Optional.ofNullable(read.get(draftKey)).map(RunDraft::of).filter(made -> made.send() < n);
    if (waits.isEmpty()) {
      return;
    }
    UnitOfWork work = table.begin(firm);
    RunDraft.Refusal refused = null;
    try {
      Item found = read.get(invoiceKey);
      Invoice invoice = found == null ? missing() : InvoiceItem.of(found);
      sending.send(work, invoice, read.get(sendKey).text("who"), Letter.NONE);
    } catch (Problem problem) {
      refused = RunDraft.Refusal.of(problem);
    }
    work.add(waits.get().handled(firm, n, refused)).commit();
  }

  private static Invoice missing() {
    throw Problem.notFound("invoice");
  }
}
