package dev.clockbill.invoice.mail;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.print.Face;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.LocalTexts;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the mail of an invoice says: the model of its templates. Every amount can be recomputed from
 * what is printed beside it.
 *
 * @param face the firm's look
 * @param sender the firm's name
 * @param customer the customer's name
 * @param number of the invoice
 * @param due the amount due, as printed
 * @param dueOn the due date, as printed
 * @param message what the sender says, in paragraphs; see {@link Wording#paragraphs}
 * @param lines in order
 * @param sums names and amounts: subtotal, discount, taxes; without the total
 * @param total as printed
 * @param paid the amount paid so far, as printed; null for none
 * @param note of the invoice, by lines
 * @param payUrl the pay link
 * @param payable whether there is anything to pay
 * @param bank where to transfer the money to, names and values; empty where nothing is to be paid
 *     or the firm names no account
 * @param footer the firm's, then its address, by lines
 */
@RecordBuilder
public record InvoiceMail(
    Face face,
    String sender,
    String customer,
    String number,
    String due,
    String dueOn,
    String message,
    List<PrintedLine> lines,
    Map<String, String> sums,
    String total,
    String paid,
    List<String> note,
    String payUrl,
    boolean payable,
    Map<String, String> bank,
    List<String> footer)
    implements InvoiceMailBuilder.With {

  /**
   * A line as printed.
   *
   * @param description what was done
   * @param computed how the amount comes about, such as {@code 25 November 2026 · 59 min at $250.00
   *     an hour}, {@code 2 × $450.00}, and whether no tax is taken on it; empty for fixed amounts
   *     as they are that are taxed
   * @param amount with its currency
   */
  public record PrintedLine(String description, String computed, String amount) {}

  /**
   * How many bytes of HTML all lines may have: Gmail hides what is beyond 102 kB of a mail, and
   * with it the total (spamresource.com, "What is Gmail clipping and what to do about it", 2022).
   */
  private static final int MOST_BYTES_OF_LINES = 60_000;

  /** Stands in place of taxes on the invoices of customers who are exempt from them. */
  static final String TAX_EXEMPT = "Tax exempt";

  /** What a line has in HTML beside what it says. */
  private static final int BYTES_OF_A_LINE = 800;

  /** The lines that the HTML part shows: all of them, unless they are hundreds. */
  public List<PrintedLine> firstLines() {
    int bytes = 0;
    int shown = 0;
    for (PrintedLine line : lines) {
      bytes += BYTES_OF_A_LINE + line.description().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES_OF_LINES && shown > 0) {
        break;
      }
      shown++;
    }
    return lines.subList(0, shown);
  }

  /** How many lines the HTML part leaves to the PDF that comes with it. */
  public int moreLines() {
    return lines.size() - firstLines().size();
  }

  /** What the mail of a numbered invoice says. */
  public static InvoiceMail of(FirmSettings firm, Invoice invoice, String baseUrl) {
    List<String> footer = new ArrayList<>(Templates.lines(firm.invoicing().footer()));
    footer.addAll(Templates.lines(firm.address()));
    return new InvoiceMail(
        firm.face(Face.LOGO_IN_MAIL),
        firm.name(),
        invoice.customer().name(),
        invoice.number(),
        money(invoice.amountDue(), firm, invoice),
        firm.texts().date(invoice.dueOn()),
        usual(firm, invoice).filled(firm, invoice).message(),
        invoice.lines().stream().map(line -> printed(line, firm, invoice)).toList(),
        sums(firm, invoice),
        money(invoice.total(), firm, invoice),
        invoice.amountPaid() == 0 ? null : money(invoice.amountPaid(), firm, invoice),
        Templates.lines(invoice.note()),
        PayLink.url(baseUrl, invoice.payToken()),
        invoice.amountDue() > 0,
        bank(firm, invoice),
        footer);
  }

  private static Map<String, String> bank(FirmSettings firm, Invoice invoice) {
    Map<String, String> bank = new LinkedHashMap<>();
    if (invoice.amountDue() > 0) {
      InvoicePdf.bank(firm, invoice).forEach(fact -> bank.put(fact.name(), fact.value()));
    }
    return bank;
  }

  /**
   * The mail itself.
   *
   * @param to the address it goes to
   * @param letter what its sender says with it, and who else gets it
   */
  public Mail mail(Mail.Id id, FirmSettings firm, Invoice invoice, String to, Letter letter) {
    Wording said = letter.wording().or(usual(firm, invoice)).filled(firm, invoice);
    return composed(firm, invoice, to, said.subject())
        .render(id, withMessage(said.message()))
        .copied(letter.copies(to), letter.hiddenCopies(to));
  }

  /**
   * The same as a test to whoever asks for it: marked in the subject, and saying above all who gets
   * it.
   */
  public Mail test(Mail.Id id, FirmSettings firm, Invoice invoice, String to, Wording wording) {
    Wording said = wording.or(usual(firm, invoice)).filled(firm, invoice);
    String link =
        invoice.state() == InvoiceState.DRAFT ? " The payment link works once you send it." : "";
    String message =
        "This is a test. Only you received it; "
            + customer
            + " did not."
            + link
            + "\n\n"
            + said.message();
    return composed(firm, invoice, to, "[Test] " + said.subject())
        .render(id, MailKind.INVOICE, withMessage(message));
  }

  private static Mail.Draft composed(
      FirmSettings firm, Invoice invoice, String to, String subject) {
    return Mail.from(firm.name(), firm.email())
        .to(to)
        .subject(subject)
        .about("invoiceId", invoice.invoiceId());
  }

  /** What a mail of the invoice says unless its sender, or the firm, says something else. */
  public static Wording usual(FirmSettings firm, Invoice invoice) {
    return new Wording("Invoice {number} from {firm}", message(firm, invoice));
  }

  private static String message(FirmSettings firm, Invoice invoice) {
    String greeting = "Dear {customer},\n\n";
    if (invoice.amountDue() == 0) {
      return greeting + "Please find attached our invoice {number} for {total}. No payment is due.";
    }
    return greeting
        + (invoice.amountPaid() == 0
            ? "Please find attached our invoice {number} for {total}, due on {due}."
            : "Please find attached our invoice {number} for {total}. We have received "
                + money(invoice.amountPaid(), firm, invoice)
                + ", thank you; the remaining "
                + money(invoice.amountDue(), firm, invoice)
                + " is due on {due}.")
        + " You can view it and pay online using the link below."
        + "\n\nThank you for your business.";
  }

  /** A line as mails and the pay page print it. */
  public static PrintedLine printed(Line line, FirmSettings firm, Invoice invoice) {
    String computed =
        switch (line.kind()) {
          case TIME ->
              firm.texts().date(line.workedOn())
                  + " · "
                  + minutes(line.billedMinutes())
                  + " at "
                  + money(line.hourlyRate(), firm, invoice)
                  + " an hour";
          case FIXED ->
              line.price() == null
                  ? ""
                  : firm.texts().quantity(line.price().quantity())
                      + " × "
                      + money(line.price().unitAmount(), firm, invoice);
        };
    return new PrintedLine(
        line.description(),
        Stream.of(computed, untaxed(line, invoice))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" · ")),
        money(line.amount(), firm, invoice));
  }

  /** The mark of a line to which the invoice's taxes do not apply; empty for other lines. */
  static String untaxed(Line line, Invoice invoice) {
    return line.taxable() || invoice.taxes().isEmpty() ? "" : "not taxed";
  }

  /** Minutes as people read them: 45 min, 1 h 05 min (65 min). */
  public static String minutes(long minutes) {
    String text = LocalTexts.minutes(minutes);
    return minutes < 60 ? text : text + " (" + minutes + "\u00a0min)";
  }

  private static Map<String, String> sums(FirmSettings firm, Invoice invoice) {
    Map<String, String> sums = new LinkedHashMap<>();
    boolean exempt = invoice.customer().taxExempt();
    if (invoice.discount() == null && invoice.taxes().isEmpty() && !exempt) {
      return sums;
    }
    sums.put("Subtotal", money(invoice.subtotal(), firm, invoice));
    if (invoice.discount() != null) {
      BigDecimal percent = invoice.discount().percent();
      sums.put(
          percent == null ? "Discount" : "Discount " + firm.texts().percent(percent),
          money(-invoice.discount().amount(), firm, invoice));
    }
    invoice
        .taxes()
        .forEach(
            tax ->
                sums.merge(
                    tax.name() + " " + firm.texts().percent(tax.ratePercent()),
                    money(tax.amount(), firm, invoice),
                    (first, second) -> first + " + " + second));
    if (exempt) {
      sums.put(TAX_EXEMPT, money(0, firm, invoice));
    }
    return sums;
  }

  private static String money(long amount, FirmSettings firm, Invoice invoice) {
    return firm.texts().money(amount, invoice.currency());
  }
}
