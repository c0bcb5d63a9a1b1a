package dev.clockbill.invoice.mail;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Logo;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.mail.Mail;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the PDFs of invoices as they were sent: each is made once, before the first mail is sent,
 * and stays the same in every mail, in the API and on the pay page.
 */
public final class InvoicePdfStore {
  private static final String TYPE = "application/pdf";
  private static final String PDF = "pdf";

  /**
   * Below the size of an item, which is 400 KB with its key (Amazon DynamoDB Developer Guide,
   * "Quotas in Amazon DynamoDB"); {@link InvoicePdf} bounds what makes a PDF large.
   */
  static final int MOST_BYTES = 390_000;

  private final Table table;
  private final String baseUrl;

  /**
   * Keeps them in this table.
   *
   * @param baseUrl where pay links begin
   */
  public InvoicePdfStore(Table table, String baseUrl) {
    this.table = table;
    this.baseUrl = baseUrl;
  }

  /** The PDF as sent; empty if the invoice was not sent yet. */
  public Optional<byte[]> kept(String firm, String invoiceId) {
    return table.get(firm, key(invoiceId)).map(InvoicePdfStore::bytes);
  }

  /** The PDF of a numbered invoice that is being sent: made and kept now if it never was. */
  byte[] sent(FirmSettings firm, Invoice invoice) {
    return kept(firm.firmId(), invoice.invoiceId()).orElseGet(() -> keep(firm, invoice));
  }

  /** The PDF as sent or, if there is none, one of the invoice as it is now, marked as such. */
  public byte[] shown(FirmSettings firm, Invoice invoice) {
    return kept(firm.firmId(), invoice.invoiceId())
        .orElseGet(() -> InvoicePdf.asItIs(firm, logo(firm), invoice, baseUrl).bytes());
  }

  private byte[] keep(FirmSettings firm, Invoice invoice) {
    byte[] made = InvoicePdf.sentBytes(firm, logo(firm), invoice, baseUrl, MOST_BYTES);
    if (made.length > MOST_BYTES) {
      throw new IllegalStateException("a PDF of " + made.length + " bytes is too large to keep");
    }
    Write write = Write.put(firm.firmId(), key(invoice.invoiceId()), Map.of(PDF, made)).ifAbsent();
    try {
      table.write(write);
      return made;
    } catch (ConditionFailed madeMeanwhile) {
      return madeMeanwhile
          .present(write)
          .map(InvoicePdfStore::bytes)
          .orElseThrow(() -> madeMeanwhile);
    }
  }

  /** The firm's logo; null if it has none. */
  private byte[] logo(FirmSettings firm) {
    return firm.letterhead().branding().hasLogo()
        ? Logo.read(table, firm.firmId()).map(Logo::bytes).orElse(null)
        : null;
  }

  /** The PDF as a file of its mail. */
  static Mail.Attachment attachment(Invoice invoice, byte[] pdf) {
    return new Mail.Attachment(fileName(invoice), TYPE, pdf);
  }

  /** The PDF as an answer, to be shown in the browser's window. */
  public static Response answer(Invoice invoice, byte[] pdf) {
    return Response.of(200, TYPE, pdf)
        .with("content-disposition", "inline; filename=\"" + fileName(invoice) + "\"");
  }

  /** A name that every mail program and file system takes. */
  private static String fileName(Invoice invoice) {
    String number = invoice.number() == null ? "draft" : invoice.number();
    return "invoice-" + number.replaceAll("[^A-Za-z0-9._-]+", "-") + ".pdf";
  }

  private static byte[] bytes(Item item) {
    return item.bytes(PDF);
  }

  private static String key(String invoiceId) {
    return "PDF#" + invoiceId;
  }
}
