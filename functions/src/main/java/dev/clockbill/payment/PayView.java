package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.LineGroup;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.invoice.mail.InvoiceMail;
import dev.clockbill.invoice.mail.InvoicePdf;
import dev.clockbill.print.Face;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Time;
import java.util.List;

/**
 * What the pay page shows: the model of its template.
 *
 * @param face the firm's look
 * @param invoice as its mail prints it
 * @param groups its lines
 * @param issuedOn as printed
 * @param sender who bills
 * @param billed who is billed
 * @param reference the customer's order number; null for none
 * @param bank where to transfer the money to; empty where nothing is to be paid or no account named
 * @param terms the firm's footer, by lines
 * @param voided whether it is void: then none of it is shown
 * @param overdue whether its due date has passed with something left to pay
 * @param notice why it cannot be paid; null where it can
 * @param checkoutPath where the Pay button leads
 * @param pdfPath where the PDF is
 */
public record PayView(
    Face face,
    InvoiceMail invoice,
    List<Group> groups,
    String issuedOn,
    InvoicePdf.Party sender,
    InvoicePdf.Party billed,
    String reference,
    List<InvoicePdf.Fact> bank,
    List<String> terms,
    boolean voided,
    boolean overdue,
    PayOffer.Closed notice,
    String checkoutPath,
    String pdfPath) {

  /**
   * Lines that stand together.
   *
   * @param name null where lines are not put together
   * @param subtotal as printed
   */
  public record Group(String name, List<InvoiceMail.PrintedLine> lines, String subtotal) {}

  private static Group group(FirmSettings firm, Invoice invoice, LineGroup group) {
    return new Group(
        group.name(),
        group.lines().stream().map(line -> InvoiceMail.printed(line, firm, invoice)).toList(),
        firm.texts().money(group.subtotal(), invoice.currency()));
  }

  /** What is shown of an invoice, with a notice or, without one, the Pay button. */
  static PayView of(FirmSettings firm, Invoice invoice, String baseUrl, PayOffer.Closed notice) {
    String path = PayLink.path(invoice.payToken());
    boolean voided = invoice.state() == InvoiceState.VOID;
    return new PayView(
        firm.face(path + "/logo"),
        InvoiceMail.of(firm, invoice, baseUrl),
        LineGroup.of(invoice).stream().map(group -> group(firm, invoice, group)).toList(),
        firm.texts().date(invoice.issuedOn()),
        InvoicePdf.sender(firm),
        InvoicePdf.customer(invoice.customer()),
        invoice.customer().reference(),
        voided || invoice.amountDue() == 0 ? List.of() : InvoicePdf.bank(firm, invoice),
        Templates.lines(firm.invoicing().footer()),
        voided,
        invoice.amountDue() > 0 && invoice.dueOn().isBefore(firm.day(Time.now())),
        notice,
        path + "/checkout",
        path + "/invoice.pdf");
  }
}
