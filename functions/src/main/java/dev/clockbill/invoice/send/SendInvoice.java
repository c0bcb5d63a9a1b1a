package dev.clockbill.invoice.send;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.Permissions;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.invoice.mail.Letter;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
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
  private final Sending sending;
  private final InvoiceResponses answers;

  /** Wired from the process's environment. */
  public SendInvoice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public SendInvoice(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.sending = new Sending(table, new InvoiceWorkflow(table, environment));
    this.answers = new InvoiceResponses(table, environment.required("BASE_URL"));
  }

  /** Answers {@code POST /invoices/{invoiceId}/send}. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Permissions.serve(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    Fields fields = request.fields();
    Letter letter = Letter.read(request, fields);
    fields.check();
    // Refused even where the version makes no difference any more: the client meant something else.
    request.ifMatch();
    Retry.onConflict(() -> send(request, letter));
    return answers.answer(202, request);
  }

  /** Whether it was approved now; a draft that was approved before is left as it is. */
  private boolean send(Request request, Letter letter) {
    Invoice invoice = answers.invoice(request);
    if (StateRules.in(invoice.state()).send().allows()) {
      answers.mustMatch(request, invoice);
      UnitOfWork work = table.begin(request.caller().firm());
      sending.send(work, invoice, request.caller().name(), letter);
      work.commit();
      return true;
    }
    return false;
  }
}
