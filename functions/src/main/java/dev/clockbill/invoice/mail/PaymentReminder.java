package dev.clockbill.invoice.mail;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.mail.Mail;
import dev.clockbill.print.Face;
import dev.clockbill.print.Templates;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What the reminder of an unpaid invoice says: the model of its mail.
 *
 * @param face the firm's look
 * @param sender the firm's name
 * @param customer the customer's name
 * @param number of the invoice
 * @param due what is to be paid now, as printed
 * @param when it is or was to be paid, such as {@code was due 3 days ago, on 9 December 2026}
 * @param overdue whether that day is over
 * @param message what the firm says, in paragraphs; see {@link Wording#paragraphs}
 * @param facts names and values, in order
 * @param payUrl the pay link
 * @param address the firm's, by lines
 */
@RecordBuilder
public record PaymentReminder(
    Face face,
    String sender,
    String customer,
    String number,
    String due,
    String when,
    boolean overdue,
    String message,
    Map<String, String> facts,
    String payUrl,
    List<String> address)
    implements PaymentReminderBuilder.With {

  /** What the reminder of an invoice says on a day. */
  static PaymentReminder of(FirmSettings firm, Invoice invoice, LocalDate today, String baseUrl) {
    return new PaymentReminder(
        firm.face(Face.LOGO_IN_MAIL),
        firm.name(),
        invoice.customer().name(),
        invoice.number(),
        firm.texts().money(invoice.amountDue(), invoice.currency()),
        when(firm, invoice.dueOn(), today),
        invoice.dueOn().isBefore(today),
        "",
        facts(firm, invoice),
        PayLink.url(baseUrl, invoice.payToken()),
        Templates.lines(firm.address()));
  }

  /**
   * The mail itself.
   *
   * @param to the address it goes to
   * @param firms what the firm has written for reminders
   */
  Mail mail(Mail.Id id, FirmSettings firm, Invoice invoice, String to, Wording firms) {
    Wording said = firms.or(usual()).filled(firm, invoice);
    return Mail.from(firm.name(), firm.email())
        .to(to)
        .subject(said.subject())
        .about("invoiceId", invoice.invoiceId())
        .render(id, withMessage(said.message()));
  }

  private Wording usual() {
    return new Wording(
        "Reminder: Invoice {number} from {firm} is " + (overdue ? "overdue" : "due on {due}"),
        "Dear {customer},\n\nThis is a friendly reminder that our invoice {number} "
            + when
            + ". The amount due is "
            + due
            + ".\n\nIf you have already sent your payment, please disregard this email.");
  }

  /** When an invoice is or was to be paid, as it is said now. */
  static String when(FirmSettings firm, Invoice invoice, Instant now) {
    return when(firm, invoice.dueOn(), firm.day(now));
  }

  private static String when(FirmSettings firm, LocalDate dueOn, LocalDate today) {
    long days = ChronoUnit.DAYS.between(dueOn, today);
    String date = ", on " + firm.texts().date(dueOn);
    if (days == 0) {
      return "is due today" + date;
    }
    return days > 0
        ? "was due " + (days == 1 ? "yesterday" : days + " days ago") + date
        : "is due " + (days == -1 ? "tomorrow" : "in " + -days + " days") + date;
  }

  private static Map<String, String> facts(FirmSettings firm, Invoice invoice) {
    InvoiceFacts facts = InvoiceFacts.of(firm, invoice).number().issuedOn().dueOn().total();
    if (invoice.amountPaid() > 0) {
      facts.paid("Paid so far");
    }
    return facts.stillToPay().map();
  }
}
