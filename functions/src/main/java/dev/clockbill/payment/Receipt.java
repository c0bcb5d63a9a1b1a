package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.mail.InvoiceFacts;
import dev.clockbill.invoice.mail.Wording;
import dev.clockbill.mail.Mail;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Time;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a receipt says: the model of its mail.
 *
 * @param sender the firm's name
 * @param customer the customer's name
 * @param number of the invoice
 * @param amount paid in all, as printed
 * @param message what the firm says, in paragraphs; see {@link Wording#paragraphs}
 * @param facts names and values, in order
 * @param payUrl where the invoice can be seen
 * @param address the firm's, by lines
 */
@RecordBuilder
public record Receipt(
    String sender,
    String customer,
    String number,
    String amount,
    String message,
    Map<String, String> facts,
    String payUrl,
    List<String> address)
    implements ReceiptBuilder.With {

  /** What the receipt of a paid invoice says. */
  static Receipt of(FirmSettings firm, Invoice invoice, List<Payment> payments, String baseUrl) {
    return new Receipt(
        firm.name(),
        invoice.customer().name(),
        invoice.number(),
        firm.texts().money(invoice.amountPaid(), invoice.currency()),
        "",
        facts(firm, invoice, payments),
        PayLink.url(baseUrl, invoice.payToken()),
        Templates.lines(firm.address()));
  }

  private static Map<String, String> facts(
      FirmSettings firm, Invoice invoice, List<Payment> payments) {
    Instant paidAt =
        payments.stream()
            .filter(row -> row.kind() == Payment.Kind.PAYMENT)
            .filter(row -> row.status() == Payment.Status.SETTLED)
            .map(Payment::at)
            .max(Instant::compareTo)
            .orElseGet(Time::now);
    return InvoiceFacts.of(firm, invoice)
        .number()
        .issuedOn()
        .with("Paid on", firm.texts().date(firm.day(paidAt)))
        .total()
        .paid("Paid")
        .stillToPay()
        .map();
  }

  /**
   * The mail itself.
   *
   * @param to the address it goes to
   * @param firms what the firm has written for receipts
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
        "Receipt for invoice {number} from {firm}",
        "Dear {customer},\n\nThank you. We have received "
            + amount
            + " for invoice {number}, which is now paid in full.");
  }
}
