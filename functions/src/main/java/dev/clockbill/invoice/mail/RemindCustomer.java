package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.Outbox;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Workflow: reminds the customer of an unpaid invoice if a reminder is due, each once, and says how
 * long to wait for the next one. What was paid, voided or came back is not reminded of.
 */
public final class RemindCustomer implements RequestStreamHandler {

  private final Table table;
  private final Outbox outbox;
  private final OwnerNotices notices;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public RemindCustomer() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public RemindCustomer(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.table = new Table(variables);
    this.outbox = new Outbox(table, variables);
    this.notices = new OwnerNotices(table, variables);
    this.baseUrl = variables.required("BASE_URL");
  }

  /**
   * Takes {@code {"firmId", "invoiceId"}} and answers {@code {"state", "waitSeconds"}}, the
   * invoice's state and, where it waits for payment, for how long at most. Fails with {@link
   * Outbox.MailThrottled} and {@link Outbox.MailUnconfirmed} where the mail is to be tried again.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> payload = Json.read(input);
    String firm = Json.text(payload, "firmId");
    String invoiceId = Json.text(payload, "invoiceId");
    Map<String, Object> answer = Retry.onConflict(() -> reminded(firm, invoiceId));
    output.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> reminded(String firmId, String invoiceId) {
    List<Item> family = new InvoiceStore(table).family(firmId, invoiceId);
    if (family.isEmpty()) {
      return Map.of("state", "gone");
    }
    Item item = family.getFirst();
    Invoice invoice = InvoiceItem.of(item);
    if (!invoice.state().payable()) {
      return Map.of("state", invoice.state().word());
    }
    FirmSettings firm = FirmItem.read(table, firmId);
    List<Payment> payments = PaymentItem.among(family);
    Instant now = Time.now();
    ReminderSchedule reminders = ReminderSchedule.of(firm, item);
    reminders
        .due(now)
        .ifPresent(
            day -> {
              if (fitting(invoice, payments)) {
                remind(firm, invoice, day, firm.day(now));
              } else {
                passOver(firmId, invoice, day);
              }
            });
    return Map.of("state", invoice.state().word(), "waitSeconds", reminders.waitSeconds(now));
  }

  /**
   * Whether a reminder would not offend: the mails arrive, no payment is under way, and no money
   * was given back.
   */
  private static boolean fitting(Invoice invoice, List<Payment> payments) {
    return !invoice.delivery().status().wentWrong()
        && payments.stream()
            .noneMatch(
                row ->
                    row.status().equals("processing")
                        || (row.status().equals("settled") && !row.kind().equals("payment")));
  }

  private void remind(FirmSettings firm, Invoice invoice, LocalDate day, LocalDate today) {
    String firmId = firm.firmId();
    String invoiceId = invoice.invoiceId();
    Mail.Id id =
        new Mail.Id(
            firmId, "paymentReminder", invoiceId, ChronoUnit.DAYS.between(invoice.issuedOn(), day));
    // Nothing that happens to the invoice until the mail is claimed is overlooked.
    Write asRead =
        Write.check(firmId, InvoiceItem.key(invoiceId)).ifEquals("version", invoice.version());
    String to = InvoiceMails.lastTo(table, firmId, invoice);
    switch (outbox.claim(id, Map.of("to", to), List.of(asRead))) {
      case YOURS -> {
        try {
          outbox.send(
              PaymentReminder.of(firm, invoice, today, baseUrl).mail(id, firm, invoice, to));
        } catch (Outbox.MailRefused refused) {
          Log.failure(refused, "firmId", firmId, "mailId", id.mailId());
          refused(id, day, to);
          return;
        }
      }
      case SENT -> {} // The mail service said so, and what follows from it was not kept yet.
      case UNDER_WAY -> throw new Outbox.MailUnconfirmed(id);
    }
    done(id, day, "Reminder mailed to " + to, (read, change) -> Outbox.sent(id));
  }

  /** The address has ceased to be good: the owner is told, and nobody reminded there any more. */
  private void refused(Mail.Id id, LocalDate day, String to) {
    Optional<Invoice> told =
        done(
            id,
            day,
            "Reminder to " + to + " was refused",
            (read, change) -> {
              InvoiceStore.delivery(change, DeliveryStatus.FAILED, Time.now());
              return OwnerNotices.queued(
                  id.firm(), read, change, InvoiceNotice.REMINDER_REFUSED, to);
            });
    told.ifPresent(read -> notices.tryToBegin(id.firm(), read));
  }

  /**
   * Keeps what became of a day's reminder; the invoice is read anew, and may be paid by now.
   *
   * @param mail what is written of its mail, given the invoice and the write of it
   * @return the invoice as it was read; nothing if it was kept before
   */
  private Optional<Invoice> done(
      Mail.Id id, LocalDate day, String what, BiFunction<Invoice, Write, Write> mail) {
    return Retry.onConflict(
        () -> {
          Item item = table.get(id.firm(), InvoiceItem.key(id.about())).orElseThrow();
          if (ReminderSchedule.done(item, day)) {
            return Optional.empty();
          }
          Invoice read = InvoiceItem.of(item);
          Write change = ReminderSchedule.done(InvoiceStore.changed(id.firm(), read), day);
          Item kept = table.get(id.firm(), id.key()).orElseThrow();
          table.write(List.of(mail.apply(read, change), change, HistoryEvent.of(id, kept, what)));
          return Optional.of(read);
        });
  }

  /** Nobody was reminded, and nobody is going to be for this day later. */
  private void passOver(String firm, Invoice invoice, LocalDate day) {
    Write write =
        Write.update(firm, InvoiceItem.key(invoice.invoiceId()))
            .ifEquals("version", invoice.version());
    table.write(ReminderSchedule.done(write, day));
  }
}
