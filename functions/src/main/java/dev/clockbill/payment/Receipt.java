package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.mail.InvoiceFacts;
import dev.clockbill.mail.Mail;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Time;
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
 * @param facts names and values, in order
 * @param payUrl where the invoice can be seen
 * @param address the firm's, by lines
 */
public record Receipt(
    String sender,
    String customer,
    String number,
    String amount,
    Map<String, String> facts,
    String payUrl,
    List<String> address) {

  /** What the receipt of a paid invoice says. */
  static Receipt of(FirmSettings firm, Invoice invoice, List<Payment> payments, String baseUrl) {
    return new Receipt(
        firm.name(),
        invoice.customer().name(),
        invoice.number(),
        firm.texts().money(invoice.amountPaid(), invoice.currency()),
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

  /** The mail itself, to an address. */
  Mail mail(Mail.Id id, FirmSettings firm, Invoice invoice, String to) {
    return Mail.from(firm.name(), firm.email())
        .to(to)
        .subject("Receipt for invoice " + number + " from " + sender)
        .about("invoiceId", invoice.invoiceId())
        .render(id, this);
  }
}
