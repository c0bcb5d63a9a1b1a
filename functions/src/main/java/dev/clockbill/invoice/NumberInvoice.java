package dev.clockbill.invoice;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.shared.Again;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Requests;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
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

  private final Ledger ledger;

  /** Wired from the process's environment. */
  public NumberInvoice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public NumberInvoice(Map<String, String> environment) {
    this.ledger = new Ledger(new Environment(environment));
  }

  /** Takes {@code {"firmId", "invoiceId"}} and answers nothing. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> payload = Json.read(input);
    String firm = Json.text(payload, "firmId");
    String key = Invoice.key(Json.text(payload, "invoiceId"));
    Again.ifOvertaken(TRIES, () -> numbered(firm, key));
  }

  private boolean numbered(String firm, String key) {
    Map<String, Item> read = ledger.get(firm, List.of(FirmSettings.KEY, key));
    Invoice invoice = read.containsKey(key) ? Invoice.of(read.get(key)) : null;
    if (invoice == null || invoice.number() != null || invoice.state() != InvoiceState.SENDING) {
      return false;
    }
    number(FirmSettings.of(read.get(FirmSettings.KEY)), invoice);
    return true;
  }

  private void number(FirmSettings settings, Invoice invoice) {
    String firm = settings.firmId();
    Numbering numbering = Numbering.next(ledger, settings, invoice);
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
    ledger.write(
        List.of(
            numbering.counter().taken(),
            Due.at(numbered, Due.Queue.PUSHES, invoice.invoiceId(), Time.now().plus(Due.PATIENCE)),
            Write.put(
                    "PAY#" + Requests.hash(payToken),
                    "POINTER",
                    Json.object("firmId", firm, "invoiceId", invoice.invoiceId()))
                .ifAbsent(),
            Happening.now(
                firm, invoice.invoiceId(), Happening.CLOCKBILL, "Numbered " + numbering.number())));
  }
}
