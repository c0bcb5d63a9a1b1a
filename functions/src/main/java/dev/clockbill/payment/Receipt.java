package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.invoice.Payment;
import dev.clockbill.mail.Mail;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Money;
import dev.clockbill.shared.Time;
import java.time.Instant;
import java.util.LinkedHashMap;
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
        Money.text(invoice.amountPaid(), invoice.currency()),
        facts(firm, invoice, payments),
        PayLink.url(baseUrl, invoice.payToken()),
        firm.address() == null ? List.of() : firm.address().strip().lines().toList());
  }

  private static Map<String, String> facts(
      FirmSettings firm, Invoice invoice, List<Payment> payments) {
    Instant paidAt =
        payments.stream()
            .filter(row -> row.status().equals("settled"))
            .map(Payment::at)
            .max(Instant::compareTo)
            .orElseGet(Time::now);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Invoice", invoice.number());
    facts.put("Invoice date", Templates.date(invoice.issuedOn()));
    facts.put("Paid on", Templates.date(firm.day(paidAt)));
    facts.put("Total", Money.text(invoice.total(), invoice.currency()));
    facts.put("Paid", Money.text(invoice.amountPaid(), invoice.currency()));
    facts.put("Still to pay", Money.text(invoice.amountDue(), invoice.currency()));
    return facts;
  }

  /** The mail itself, to an address. */
  Mail mail(Mail.Id id, FirmSettings firm, Invoice invoice, String to) {
    return new Mail(
        id,
        firm.name(),
        to,
        firm.email(),
        "Receipt for invoice " + number + " from " + sender,
        Templates.text("receipt", this),
        Templates.html("receipt", this),
        Map.of("invoiceId", invoice.invoiceId()));
  }
}
