package dev.clockbill.payment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.mail.InvoiceMails;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.Outbox;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Workflow: thanks for the payment by mail, once. A total of 0 has nothing to thank for. */
public final class MailReceipt implements RequestStreamHandler {

  private final Table table;
  private final Outbox outbox;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public MailReceipt() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MailReceipt(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.table = new Table(variables);
    this.outbox = new Outbox(table, variables);
    this.baseUrl = variables.required("BASE_URL");
  }

  /**
   * Takes {@code {"firmId", "invoiceId"}} and answers {@code {"state"}}, the invoice's. Fails with
   * {@link Outbox.MailRefused} where the mail can never go, with {@link Outbox.MailThrottled} and
   * {@link Outbox.MailUnconfirmed} where it is to be tried again.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> payload = Json.read(input);
    String firm = Json.text(payload, "firmId");
    List<Item> family = new InvoiceStore(table).family(firm, Json.text(payload, "invoiceId"));
    String state = "gone";
    if (!family.isEmpty()) {
      state = family.getFirst().text("state");
      thank(firm, family);
    }
    output.write(Json.write(Map.of("state", state)).getBytes(StandardCharsets.UTF_8));
  }

  /** Thanks for what has paid an invoice; its items are as they were read. */
  void thank(String firm, List<Item> family) {
    Item item = family.getFirst();
    Invoice invoice = InvoiceItem.of(item);
    if (invoice.state() != InvoiceState.PAID) {
      return;
    }
    if (item.bool("thanked")) {
      leaveQueue(item);
      return;
    }
    Mail.Id id = receipt(item, invoice);
    if (invoice.total() == 0) {
      done(id, List::of);
      return;
    }
    FirmSettings settings = FirmItem.read(table, firm);
    List<Payment> payments = PaymentItem.among(family);
    String to = InvoiceMails.lastTo(table, firm, invoice);
    switch (outbox.claim(id)) {
      case YOURS -> send(id, settings, invoice, payments, to);
      case SENT -> {} // The mail service said so, and what follows from it was not kept yet.
      case UNDER_WAY -> throw new Outbox.MailUnconfirmed(id);
    }
    done(id, () -> List.of(Outbox.sent(id), history(firm, invoice, "Receipt mailed to " + to)));
  }

  private void send(
      Mail.Id id, FirmSettings firm, Invoice invoice, List<Payment> payments, String to) {
    try {
      outbox.send(Receipt.of(firm, invoice, payments, baseUrl).mail(id, firm, invoice, to));
    } catch (Outbox.MailRefused refused) {
      done(
          id,
          () ->
              List.of(history(firm.firmId(), invoice, "The receipt could not be mailed to " + to)));
      throw refused;
    }
  }

  private static Write history(String firm, Invoice invoice, String what) {
    return HistoryEvent.now(firm, invoice.invoiceId(), HistoryEvent.CLOCKBILL, what);
  }

  /** An invoice that was paid, is no more and then is again has a receipt for each time. */
  private static Mail.Id receipt(Item item, Invoice invoice) {
    return new Mail.Id(item.firm(), "receipt", invoice.invoiceId(), item.number("receipts", 0) + 1);
  }

  /**
   * Keeps what was done, and that nothing is to be pushed any more; but for an invoice that is paid
   * no more, or paid anew: that still has to go on.
   */
  private void done(Mail.Id id, Supplier<List<Write>> more) {
    Retry.onConflict(
        () -> {
          Item item = table.get(id.firm(), InvoiceItem.key(id.about())).orElseThrow();
          if (item.bool("thanked")) {
            return false;
          }
          Invoice invoice = InvoiceItem.of(item);
          List<Write> writes = new ArrayList<>(more.get());
          if (invoice.state() == InvoiceState.PAID && receipt(item, invoice).equals(id)) {
            Write thanked = InvoiceStore.changed(id.firm(), invoice).set("thanked", true);
            writes.add(thanked.notDue());
          }
          table.write(writes);
          return true;
        });
  }

  /** Notes that nothing is to be pushed for an invoice that was thanked for. */
  private void leaveQueue(Item item) {
    if (DueQueue.holds(item)) {
      Write thanked = Write.update(item.firm(), item.key()).ifEquals("thanked", true);
      table.write(thanked.notDue());
    }
  }
}
