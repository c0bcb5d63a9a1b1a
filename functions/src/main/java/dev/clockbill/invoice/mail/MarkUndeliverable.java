package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.Outbox;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
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

  private final Table table;
  private final OwnerNotices notices;

  /** Wired from the process's environment. */
  public MarkUndeliverable() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MarkUndeliverable(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.table = new Table(variables);
    this.notices = new OwnerNotices(table, variables);
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
    String state = Retry.onConflict(() -> marked(id));
    output.write(Json.write(Map.of("state", state)).getBytes(StandardCharsets.UTF_8));
  }

  private String marked(Mail.Id id) {
    String firm = id.firm();
    Map<String, Item> read = table.get(firm, List.of(InvoiceItem.key(id.about()), id.key()));
    if (!read.containsKey(InvoiceItem.key(id.about()))) {
      return "gone";
    }
    Invoice invoice = InvoiceItem.of(read.get(InvoiceItem.key(id.about())));
    Optional<Item> kept = Optional.ofNullable(read.get(id.key()));
    if (!InvoiceMails.waits(id, invoice, kept)) {
      return invoice.state().word();
    }
    InvoiceState marked = refused(invoice);
    Write write = InvoiceStore.changed(firm, invoice);
    InvoiceStore.state(write, firm, marked);
    if (invoice.mails() == id.n()) {
      InvoiceStore.delivery(write, DeliveryStatus.FAILED, Time.now());
    }
    if (invoice.state() == InvoiceState.SENDING) {
      write.due(DueQueue.PUSHES, id.about(), Time.now().plus(DueQueue.PATIENCE));
    }
    String to = InvoiceMails.to(invoice, kept);
    table.write(
        List.of(
            OwnerNotices.queued(firm, invoice, write, InvoiceNotice.MAIL_REFUSED, to),
            write,
            Outbox.givenUp(id),
            HistoryEvent.now(
                firm, id.about(), HistoryEvent.CLOCKBILL, "Mail to " + to + " was refused")));
    notices.tryToBegin(firm, invoice);
    return marked.word();
  }

  private static InvoiceState refused(Invoice invoice) {
    InvoiceState mailed = InvoiceMails.mailed(invoice);
    boolean neverMailed = invoice.state() != mailed && mailed == InvoiceState.SENT;
    return neverMailed ? InvoiceState.UNDELIVERABLE : mailed;
  }
}
