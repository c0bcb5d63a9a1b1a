package dev.clockbill.invoice.send;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Workflow: gives an invoice its number, its dates and its pay link, once.
 *
 * <p>The firm's counter moves in the transaction that uses its number, so that numbers have no gap
 * and no double. Many at once take turns: whoever is overtaken tries again with the next number.
 */
public final class NumberInvoice implements RequestStreamHandler {
  private static final int TRIES = 200;

  private final Table table;

  /** Wired from the process's environment. */
  public NumberInvoice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public NumberInvoice(Map<String, String> environment) {
    this.table = new Table(new Environment(environment));
  }

  /** Takes {@code {"firmId", "invoiceId"}} and answers nothing. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> payload = Json.read(input);
    String firm = Json.text(payload, "firmId");
    String key = InvoiceItem.key(Json.text(payload, "invoiceId"));
    Retry.onConflict(TRIES, () -> numbered(firm, key));
  }

  private boolean numbered(String firm, String key) {
    Map<String, Item> read = table.get(firm, List.of(FirmItem.KEY, key));
    Invoice invoice = read.containsKey(key) ? InvoiceItem.of(read.get(key)) : null;
    if (invoice == null || invoice.number() != null || invoice.state() != InvoiceState.SENDING) {
      return false;
    }
    number(FirmItem.of(read.get(FirmItem.KEY)), invoice);
    return true;
  }

  private void number(FirmSettings settings, Invoice invoice) {
    String firm = settings.firmId();
    NextNumber numbering = NextNumber.next(table, settings, invoice);
    String payToken = Ids.secret();
    Write numbered =
        InvoiceStore.changed(firm, invoice)
            .set("number", numbering.number())
            .set("issuedOn", numbering.issuedOn())
            .set("dueOn", numbering.dueOn())
            .set("payToken", payToken)
            .set("orderedBy", InvoiceStore.orderedBy(numbering.issuedOn(), invoice.invoiceId()))
            .ifEquals("state", InvoiceState.SENDING.word())
            .ifEquals("number", null);
    table.write(
        List.of(
            numbering.counter().taken(),
            numbered.due(DueQueue.PUSHES, invoice.invoiceId(), Time.now().plus(DueQueue.PATIENCE)),
            Pointer.payLink(payToken).to(firm, invoice.invoiceId()),
            HistoryEvent.now(
                firm,
                invoice.invoiceId(),
                HistoryEvent.CLOCKBILL,
                "Numbered " + numbering.number())));
  }
}
