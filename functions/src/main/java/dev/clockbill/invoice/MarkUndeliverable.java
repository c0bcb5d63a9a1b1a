package dev.clockbill.invoice;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.shared.Again;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workflow: notes that an invoice's mail was refused; it keeps its number and can be paid. */
public final class MarkUndeliverable implements RequestStreamHandler {
  private static final int TRIES = 5;

  private final Ledger ledger;

  /** Wired from the process's environment. */
  public MarkUndeliverable() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MarkUndeliverable(Map<String, String> environment) {
    this.ledger = new Ledger(new Environment(environment));
  }

  /** Takes {@code {"firmId", "invoiceId"}} and answers {@code {"state"}}, the invoice's then. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> payload = Json.read(input);
    String firm = Json.text(payload, "firmId");
    String invoiceId = Json.text(payload, "invoiceId");
    String state = Again.ifOvertaken(TRIES, () -> marked(firm, invoiceId));
    output.write(Json.write(Map.of("state", state)).getBytes(StandardCharsets.UTF_8));
  }

  private String marked(String firm, String invoiceId) {
    Optional<Item> item = ledger.get(firm, Invoice.key(invoiceId));
    if (item.isEmpty()) {
      return "gone";
    }
    Invoice invoice = Invoice.of(item.get());
    if (invoice.state() != InvoiceState.SENDING) {
      return invoice.state().word();
    }
    InvoiceState next = InvoiceState.byPayment(invoice.total(), invoice.amountPaid());
    InvoiceState marked = next == InvoiceState.SENT ? InvoiceState.UNDELIVERABLE : next;
    Write write =
        InvoiceStore.changed(firm, invoice).ifEquals("state", InvoiceState.SENDING.word());
    InvoiceStore.state(write, firm, marked);
    InvoiceStore.delivery(write, "failed", Time.now());
    Due.at(write, Due.Queue.PUSHES, invoiceId, Time.now().plus(Due.PATIENCE));
    ledger.write(
        List.of(
            write,
            Happening.now(
                firm,
                invoiceId,
                Happening.CLOCKBILL,
                "Mail to " + invoice.customer().email() + " was refused")));
    return marked.word();
  }
}
