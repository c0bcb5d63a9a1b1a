package dev.clockbill.invoice.send;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Table;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Workflow: waits for Send. Voiding or deleting the draft ends the wait too. */
public final class AwaitApproval implements RequestStreamHandler {
  /** When the step times out and begins again, by the workflow's definition. */
  private static final Duration LONGEST = Duration.ofDays(180);

  private final InvoiceWorkflow workflow;

  /** Wired from the process's environment. */
  public AwaitApproval() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public AwaitApproval(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.workflow = new InvoiceWorkflow(new Table(environment), environment);
  }

  /** Takes {@code {"firmId", "invoiceId", "token", "execution"}}; the token is answered later. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, output, step -> workflow.await(step, List.of(InvoiceState.DRAFT), LONGEST));
  }
}
