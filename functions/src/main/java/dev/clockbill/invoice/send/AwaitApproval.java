package dev.clockbill.invoice.send;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Workflow: waits for Send; void and delete end the wait too. */
public final class AwaitApproval implements RequestStreamHandler {
  /** After which the workflow's step times out and begins anew. */
  private static final Duration LONGEST = Duration.ofDays(180);

  private final InvoiceWorkflow workflow;

  /** Wired from the process's environment. */
  public AwaitApproval() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public AwaitApproval(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.workflow = new InvoiceWorkflow(new Table(variables), variables);
  }

  /** Takes {@code {"firmId", "invoiceId", "token", "execution"}}; the token is answered later. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    workflow.await(Json.read(input), List.of(InvoiceState.DRAFT), LONGEST);
  }
}
