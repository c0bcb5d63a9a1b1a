package dev.clockbill.payment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Table;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Workflow: waits until the invoice is paid or void, or until its next reminder. */
public final class AwaitPayment implements RequestStreamHandler {
  private final InvoiceWorkflow workflow;

  /** Wired from the process's environment. */
  public AwaitPayment() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public AwaitPayment(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.workflow = new InvoiceWorkflow(new Table(environment), environment);
  }

  /**
   * Takes {@code {"firmId", "invoiceId", "waitSeconds", "token", "execution"}}; the token is
   * answered later, or the step times out after those seconds.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, output, this::await);
  }

  private void await(Map<String, Object> payload) {
    workflow.await(
        payload,
        Arrays.stream(InvoiceState.values()).filter(InvoiceState::payable).toList(),
        Duration.ofSeconds(Long.parseLong(Json.text(payload, "waitSeconds"))));
  }
}
