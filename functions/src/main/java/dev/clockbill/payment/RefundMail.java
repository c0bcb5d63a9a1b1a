package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.mail.InvoiceFacts;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.print.Face;
import dev.clockbill.print.Templates;
import java.util.List;
import java.util.Map;

/**
 * What a customer is told of a refund: the model of its mail.
 *
 * @param face the firm's look
 * @param sender the firm's name
 * @param customer the customer's name
 * @param number of the invoice
 * @param amount given back, as printed
 * @param due what is to be paid of the invoice all the same, as printed; null for nothing
 * @param facts names and values, in order
 * @param payUrl where the invoice can be seen
 * @param address the firm's, by lines
 */
public record RefundMail(
    Face face,
    String sender,
    String customer,
    String number,
    String amount,
    String due,
    Map<String, String> facts,
    String payUrl,
    List<String> address) {
  private static final String AMOUNT = "amount";
  private static final String MINOR = "minor";

  /**
   * Whether the customer is told of a row: of each refund once it is settled. One without a name is
   * not told: it is the sum of refunds whose own events are still to come.
   */
  static boolean tells(Payment row) {
    return row.kind() == Payment.Kind.REFUND
        && row.status() == Payment.Status.SETTLED
        && !ChargeSplit.unnamed(row.paymentId());
  }

  /**
   * What the mail's sender has to know.
   *
   * @param amount given back, minor units
   * @param printed the same as printed, which is what earlier versions read
   */
  static Map<String, Object> facts(long amount, String printed) {
    return Map.of(MINOR, amount, AMOUNT, printed);
  }

  /**
   * What the mail of a refund says. What was given back is due again; nothing is of a void invoice.
   */
  static RefundMail of(QueuedMail queued, FirmSettings firm, Invoice invoice, String baseUrl) {
    Long minor = queued.facts().number(MINOR);
    return minor == null
        ? saying(queued.facts().text(AMOUNT), firm, invoice, baseUrl)
        : of(minor, firm, invoice, baseUrl);
  }

  /** The same, given what was given back in minor units. */
  static RefundMail of(long amount, FirmSettings firm, Invoice invoice, String baseUrl) {
    return saying(firm.texts().money(amount, invoice.currency()), firm, invoice, baseUrl);
  }

  private static RefundMail saying(
      String refunded, FirmSettings firm, Invoice invoice, String baseUrl) {
    boolean due = invoice.state() != InvoiceState.VOID && invoice.amountDue() > 0;
    InvoiceFacts facts =
        InvoiceFacts.of(firm, invoice).number().issuedOn().with("Refunded", refunded).total();
    return new RefundMail(
        firm.face(Face.LOGO_IN_MAIL),
        firm.name(),
        invoice.customer().name(),
        invoice.number(),
        refunded,
        due ? firm.texts().money(invoice.amountDue(), invoice.currency()) : null,
        (due ? facts.paid("Paid").stillToPay() : facts).map(),
        PayLink.url(baseUrl, invoice.payToken()),
        Templates.lines(firm.address()));
  }

  /** The mail itself, to an address. */
  Mail mail(Mail.Id id, FirmSettings firm, Invoice invoice, String to) {
    return Mail.from(firm.name(), firm.email())
        .to(to)
        .subject("Refund for invoice " + number + " from " + sender)
        .about("invoiceId", invoice.invoiceId())
        .render(id, this);
  }
}
