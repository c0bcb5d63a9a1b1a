package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
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

/** Workflow: mails an invoice with its pay link and its PDF, each mail once. */
public final class MailInvoice implements RequestStreamHandler {

  private final Table table;
  private final Outbox outbox;
  private final InvoicePdfStore pdfs;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public MailInvoice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public MailInvoice(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.table = new Table(variables);
    this.outbox = new Outbox(table, variables);
    this.baseUrl = variables.required("BASE_URL");
    this.pdfs = new InvoicePdfStore(table, baseUrl);
  }

  /**
   * Takes {@code {"firmId", "invoiceId", "mail"}}, the last being which mail of the invoice it is,
   * and answers {@code {"state"}}, the invoice's then. Fails with {@link Outbox.MailRefused} where
   * the mail can never go, with {@link Outbox.MailThrottled} and {@link Outbox.MailUnconfirmed}
   * where it is to be tried again.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> payload = Json.read(input);
    Mail.Id id = InvoiceMails.id(payload);
    String key = InvoiceItem.key(id.about());
    Map<String, Item> read = table.get(id.firm(), List.of(FirmItem.KEY, key, id.key()));
    String state = read.containsKey(key) ? mailed(read, id) : "gone";
    output.write(Json.write(Map.of("state", state)).getBytes(StandardCharsets.UTF_8));
  }

  private String mailed(Map<String, Item> read, Mail.Id id) {
    Invoice invoice = InvoiceItem.of(read.get(InvoiceItem.key(id.about())));
    Optional<Item> kept = Optional.ofNullable(read.get(id.key()));
    if (!InvoiceMails.waits(id, invoice, kept)) {
      return invoice.state().word();
    }
    if (invoice.state() == InvoiceState.VOID) {
      table.write(Outbox.givenUp(id));
      return invoice.state().word();
    }
    FirmSettings firm = FirmItem.of(read.get(FirmItem.KEY));
    byte[] pdf = pdfs.sent(firm, invoice);
    String to = InvoiceMails.to(invoice, kept);
    switch (outbox.claim(id)) {
      case YOURS ->
          outbox.send(
              InvoiceMail.of(firm, invoice, baseUrl)
                  .mail(id, firm, invoice, to)
                  .with(InvoicePdfStore.attachment(invoice, pdf)));
      case SENT -> {} // The mail service said so, and what follows from it was not kept yet.
      case UNDER_WAY -> throw new Outbox.MailUnconfirmed(id);
    }
    return Retry.onConflict(() -> sent(firm, id));
  }

  /** Keeps that it was sent; the invoice is read anew, since its delivery may be known already. */
  private String sent(FirmSettings settings, Mail.Id id) {
    String firm = settings.firmId();
    Map<String, Item> read = table.get(firm, List.of(InvoiceItem.key(id.about()), id.key()));
    Invoice invoice = InvoiceItem.of(read.get(InvoiceItem.key(id.about())));
    Item mail = read.get(id.key());
    if (!InvoiceMails.waits(id, invoice, Optional.of(mail))) {
      return invoice.state().word();
    }
    InvoiceState next = InvoiceMails.mailed(invoice);
    Write sent = InvoiceStore.changed(firm, invoice);
    InvoiceStore.state(sent, firm, next);
    if (invoice.mails() == id.n() && DeliveryStatus.SENT.replaces(invoice.delivery().status())) {
      InvoiceStore.delivery(sent, DeliveryStatus.SENT, Time.now());
    }
    ReminderSchedule.mailed(sent, settings, Time.now());
    if (invoice.state() == InvoiceState.SENDING) {
      sent.due(DueQueue.PUSHES, invoice.invoiceId(), Time.now().plus(DueQueue.PATIENCE));
    }
    String to = InvoiceMails.to(invoice, Optional.of(mail));
    table.write(
        List.of(
            sent,
            Outbox.settled(id, Outbox.sent(id)),
            HistoryEvent.of(id, mail, "Mailed to " + to)));
    return next.word();
  }
}
