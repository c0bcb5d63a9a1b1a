package dev.clockbill.payment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Workflow: waits until the invoice is paid; void ends the wait too. */
public final class AwaitPayment implements RequestStreamHandler {
  /** After which the workflow's step times out and begins anew. */
  private static final Duration LONGEST = Duration.ofDays(90);

  private final InvoiceWorkflow workflow;

  /** Wired from the process's environment. */
  public AwaitPayment() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public AwaitPayment(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.workflow = new InvoiceWorkflow(new Ledger(variables), variables);
  }

  /** Takes {@code {"firmId", "invoiceId", "token", "execution"}}; the token is answered later. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    workflow.await(
        Json.read(input),
        Arrays.stream(InvoiceState.values()).filter(InvoiceState::payable).toList(),
        LONGEST);
  }
}
