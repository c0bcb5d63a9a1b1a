package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.invoice.mail.InvoiceMail;
import java.util.List;

/**
 * What the pay page shows: the model of its template.
 *
 * @param invoice as its mail prints it
 * @param issuedOn as printed
 * @param customerAddress by lines
 * @param voided whether it is void: then none of it is shown
 * @param notice why it cannot be paid; null where it can
 * @param checkoutPath where the Pay button leads
 * @param pdfPath where the PDF is
 */
public record PayView(
    InvoiceMail invoice,
    String issuedOn,
    List<String> customerAddress,
    boolean voided,
    PayOffer.Closed notice,
    String checkoutPath,
    String pdfPath) {

  /** What is shown of an invoice, with a notice or, without one, the Pay button. */
  static PayView of(FirmSettings firm, Invoice invoice, String baseUrl, PayOffer.Closed notice) {
    String path = PayLink.path(invoice.payToken());
    return new PayView(
        InvoiceMail.of(firm, invoice, baseUrl),
        firm.texts().date(invoice.issuedOn()),
        invoice.customer().address() == null
            ? List.of()
            : invoice.customer().address().strip().lines().toList(),
        invoice.state() == InvoiceState.VOID,
        notice,
        path + "/checkout",
        path + "/invoice.pdf");
  }
}
