package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.Contact;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.mail.MailWaits;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Workflow: reminds the customer of an unpaid invoice if a reminder is due, each once, and says how
 * long to wait for the next one. Customers are not reminded of invoices that are paid or void, or
 * at an address from which a mail of it came back, nor of one while a mail of it is queued. Where
 * nobody can be mailed, the firm's owner is told to remind them.
 */
public final class RemindCustomer implements RequestStreamHandler {
  /** How long a reminder waits while the invoice is to be mailed once more. */
  private static final Duration WHILE_QUEUED = Duration.ofHours(1);

  private final Table table;
  private final ReminderMails mails;

  /** Wired from the process's environment. */
  public RemindCustomer() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public RemindCustomer(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.mails = new ReminderMails(table, environment);
  }

  /**
   * Takes {@code {"firmId", "invoiceId", "asked", "reminder"}}, where {@code reminder} names one
   * that a person asked for and is 0 for those of the firm's days, and answers {@code {"state",
   * "waitSeconds"}}, the invoice's state and, where it waits for payment, for how long at most:
   * until the next reminder, or until one that has to wait is tried again. Where a checkout may
   * have been paid and nobody has asked the processor, it reminds nobody and answers {@code
   * {"state", "askFirst"}}. Fails with {@link dev.clockbill.mail.MailThrottled} or {@link
   * dev.clockbill.mail.MailUnconfirmed} if the mail is to be tried again.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.answer(input, output, this::answer);
  }

  private Map<String, Object> answer(Map<String, Object> payload) {
    String firm = Json.text(payload, "firmId");
    String invoiceId = Json.text(payload, "invoiceId");
    boolean asked = Boolean.TRUE.equals(payload.get("asked"));
    String reminder = Json.text(payload, "reminder");
    if (reminder != null && !reminder.equals("0")) {
      long n = Long.parseLong(reminder);
      return Map.of("state", Retry.onConflict(() -> mails.asked(firm, invoiceId, n)));
    }
    return Retry.onConflict(() -> remindIfDue(firm, invoiceId, asked));
  }

  private Map<String, Object> remindIfDue(String firmId, String invoiceId, boolean asked) {
    List<Item> family = new InvoiceStore(table).family(firmId, invoiceId);
    if (family.isEmpty()) {
      return Map.of("state", "gone");
    }
    Item item = family.getFirst();
    Invoice invoice = InvoiceItem.of(item);
    if (!invoice.state().payable()) {
      return Map.of("state", invoice.state().word());
    }
    Item firmItem = table.get(firmId, FirmItem.KEY).orElseThrow();
    FirmSettings firm = FirmItem.of(firmItem);
    List<Payment> payments = PaymentItem.among(family);
    Instant now = Time.now();
    ReminderSchedule schedule = ReminderSchedule.of(firm, item);
    Optional<LocalDate> due = schedule.due(now);
    if (due.isPresent() && invoice.delivery().status() == DeliveryStatus.QUEUED) {
      // Who is mailed the invoice today is not reminded of it today.
      return Map.of("state", invoice.state().word(), "waitSeconds", WHILE_QUEUED.toSeconds());
    }
    if (due.isPresent() && !asked && invoice.links().checkout() != null) {
      return Map.of("state", invoice.state().word(), "askFirst", true);
    }
    long wait = schedule.waitSeconds(now);
    if (due.isPresent() && !fitting(payments)) {
      passOver(firmId, invoice, due.get());
    } else if (due.isPresent()) {
      try {
        remind(firmItem, item, invoice, due.get());
      } catch (MailWaits waits) {
        wait = Math.min(wait, waits.rest().toSeconds());
      }
    }
    return Map.of("state", invoice.state().word(), "waitSeconds", wait);
  }

  /** Reminds those of whom it is not known that their mails do not arrive. */
  private void remind(Item firmItem, Item item, Invoice invoice, LocalDate day) {
    Recipients all =
        MailOfInvoice.following(table, firmItem.firm(), invoice, Contact.Gets.REMINDER);
    Recipients reached = all.without(invoice.delivery()::failed);
    if (all.nobody()) {
      mails.onPaper(firmItem, item, day);
    } else if (reached.nobody()) {
      passOver(firmItem.firm(), invoice, day);
    } else {
      mails.ofDay(firmItem, item, day, reached);
    }
  }

  /** Whether a reminder is appropriate: no payment is under way, and no money was given back. */
  private static boolean fitting(List<Payment> payments) {
    return payments.stream()
        .noneMatch(payment -> payment.status() == Payment.Status.PROCESSING || payment.gaveBack());
  }

  /** Records that a day's reminder is left out, now and later. */
  private void passOver(String firm, Invoice invoice, LocalDate day) {
    Write write =
        Write.update(firm, InvoiceItem.key(invoice.invoiceId()))
            .ifEquals("version", invoice.version());
    table.write(ReminderSchedule.done(write, day));
  }
}
