package dev.clockbill.invoice;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.shared.Again;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Mail;
import dev.clockbill.shared.Outbox;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Workflow: notes that an invoice's mail was refused, and has the owner told; it keeps its number
 * and can be paid.
 */
public final class MarkUndeliverable implements RequestStreamHandler {
  private static final int TRIES = 5;

  private final Ledger ledger;
  private final Notices notices;

  /** Wired from the process's environment. */
  public MarkUndeliverable() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MarkUndeliverable(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.ledger = new Ledger(variables);
    this.notices = new Notices(ledger, variables);
  }

  /**
   * Takes {@code {"firmId", "invoiceId", "mail"}}, the last being which mail of the invoice was
   * refused, and answers {@code {"state"}}, the invoice's then. Where an earlier mail went, the
   * state stays, and the delivery tells.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Mail.Id id = InvoiceMails.id(Json.read(input));
    String state = Again.ifOvertaken(TRIES, () -> marked(id));
    output.write(Json.write(Map.of("state", state)).getBytes(StandardCharsets.UTF_8));
  }

  private String marked(Mail.Id id) {
    String firm = id.firm();
    Map<String, Item> read = ledger.get(firm, List.of(Invoice.key(id.about()), id.key()));
    if (!read.containsKey(Invoice.key(id.about()))) {
      return "gone";
    }
    Invoice invoice = Invoice.of(read.get(Invoice.key(id.about())));
    Optional<Item> kept = Optional.ofNullable(read.get(id.key()));
    if (!InvoiceMails.waits(id, invoice, kept)) {
      return invoice.state().word();
    }
    InvoiceState marked = refused(invoice);
    Write write = InvoiceStore.changed(firm, invoice);
    InvoiceStore.state(write, firm, marked);
    if (invoice.mails() == id.n()) {
      InvoiceStore.delivery(write, "failed", Time.now());
    }
    if (invoice.state() == InvoiceState.SENDING) {
      Due.at(write, Due.Queue.PUSHES, id.about(), Time.now().plus(Due.PATIENCE));
    }
    String to = InvoiceMails.to(invoice, kept);
    ledger.write(
        List.of(
            Notices.queued(firm, invoice, write, News.MAIL_REFUSED, to),
            write,
            Outbox.givenUp(id),
            Happening.now(
                firm, id.about(), Happening.CLOCKBILL, "Mail to " + to + " was refused")));
    notices.tryToBegin(firm, invoice);
    return marked.word();
  }

  private static InvoiceState refused(Invoice invoice) {
    InvoiceState mailed = InvoiceMails.mailed(invoice);
    boolean neverMailed = invoice.state() != mailed && mailed == InvoiceState.SENT;
    return neverMailed ? InvoiceState.UNDELIVERABLE : mailed;
  }
}
