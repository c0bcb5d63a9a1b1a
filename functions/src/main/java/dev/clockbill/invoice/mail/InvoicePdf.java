package dev.clockbill.invoice.mail;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.print.Pdf;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.LocalTexts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the PDF of an invoice says: the model of its template. Every amount can be recomputed from
 * what is printed beside it.
 *
 * @param mark what distinguishes it from an invoice as sent, such as {@code Draft}; empty for none
 * @param title such as {@code Invoice 2026-0042 from Shah & Co}
 * @param number null in drafts
 * @param sender who bills, and where they are reached
 * @param customer who is billed
 * @param issuedOn as printed
 * @param dueOn as printed
 * @param lines in order
 * @param sums what leads to the last one: subtotal, discount, taxes
 * @param due what is to be paid
 * @param note of the invoice, by lines
 * @param payUrl the pay link; null where there is nothing to pay, or no link yet
 * @param terms the firm's footer where it is too long for the foot of the page, by lines
 * @param foot of every page
 */
public record InvoicePdf(
    String mark,
    String title,
    String number,
    Party sender,
    Party customer,
    String issuedOn,
    String dueOn,
    List<PrintedLine> lines,
    List<Sum> sums,
    Sum due,
    List<String> note,
    String payUrl,
    List<String> terms,
    String foot) {

  private static final int LONGEST_FOOT = 160;
  private static final int MOST_LINES = 20;

  /** How many characters all descriptions have between them, so that the PDF stays small. */
  private static final int DESCRIPTIONS = 30_000;

  /** A name with what is printed below it, by lines. */
  public record Party(String name, List<String> lines) {}

  /**
   * A line as printed.
   *
   * @param description what was done, by lines
   * @param about when, and whether no tax is taken on it; empty for neither
   * @param time such as {@code 1 h 30 min}; empty for fixed amounts
   * @param minutes the same in minutes where that reads otherwise, such as {@code 90 min}; or empty
   * @param rate an hour, with its currency; empty for fixed amounts
   * @param amount with its currency
   */
  public record PrintedLine(
      List<String> description,
      String about,
      String time,
      String minutes,
      String rate,
      String amount) {}

  /** An amount with its name. */
  public record Sum(String name, String amount) {}

  /** What the PDF of a numbered invoice says as it is sent. */
  static InvoicePdf asSent(FirmSettings firm, Invoice invoice, String baseUrl) {
    return of(firm, invoice, "", baseUrl);
  }

  /** What a PDF says if it shows the invoice as it is now and is not the one that was sent. */
  static InvoicePdf asItIs(FirmSettings firm, Invoice invoice, String baseUrl) {
    String mark =
        switch (invoice.state()) {
          case DRAFT, SENDING -> "Draft";
          case VOID -> "Void";
          case SENT, PARTLY_PAID, PAID, UNDELIVERABLE -> "Copy";
        };
    return of(firm, invoice, mark, baseUrl);
  }

  private static InvoicePdf of(FirmSettings firm, Invoice invoice, String mark, String baseUrl) {
    List<String> footer = Templates.lines(firm.invoicing().footer());
    String foot = foot(firm, invoice, mark, footer);
    boolean fits = foot.length() <= LONGEST_FOOT;
    return new InvoicePdf(
        mark,
        title(firm, invoice),
        invoice.number(),
        new Party(firm.name(), below(firm.address(), firm.email())),
        new Party(invoice.customer().name(), below(invoice.customer().address(), null)),
        invoice.issuedOn() == null ? "When it is sent" : firm.texts().date(invoice.issuedOn()),
        due(firm, invoice.dueOn()),
        invoice.lines().stream().map(line -> printed(line, firm, invoice)).toList(),
        sums(firm, invoice),
        new Sum("Total due", money(invoice.amountDue(), firm, invoice)),
        Templates.lines(invoice.note()),
        invoice.amountDue() > 0 && invoice.payToken() != null
            ? PayLink.url(baseUrl, invoice.payToken())
            : null,
        fits ? List.of() : footer,
        fits ? foot : foot(firm, invoice, mark, List.of()));
  }

  /** The PDF itself. */
  byte[] bytes() {
    return Pdf.of("pdf/invoice", this);
  }

  private static String title(FirmSettings firm, Invoice invoice) {
    String number = invoice.number() == null ? "" : " " + invoice.number();
    return "Invoice" + number + " from " + firm.name();
  }

  private static String foot(FirmSettings firm, Invoice invoice, String mark, List<String> footer) {
    String invoiceNumber = invoice.number() == null ? "" : "Invoice " + invoice.number();
    return Stream.concat(Stream.of(mark, invoiceNumber, firm.name()), footer.stream())
        .filter(part -> !part.isBlank())
        .reduce((first, second) -> first + " · " + second)
        .orElse("");
  }

  private static List<String> below(String address, String email) {
    List<String> below = new ArrayList<>(Templates.lines(address));
    if (email != null) {
      below.add(email);
    }
    return below;
  }

  private static String due(FirmSettings firm, LocalDate dueOn) {
    if (dueOn != null) {
      return firm.texts().date(dueOn);
    }
    int days = firm.invoicing().termsDays();
    return days == 0 ? "On the same day" : days + (days == 1 ? " day later" : " days later");
  }

  private static PrintedLine printed(Line line, FirmSettings firm, Invoice invoice) {
    List<String> description = description(line, invoice);
    String untaxed = InvoiceMail.untaxed(line, invoice);
    String amount = money(line.amount(), firm, invoice);
    return switch (line.kind()) {
      case TIME -> {
        String day = firm.texts().date(line.workedOn());
        yield new PrintedLine(
            description,
            untaxed.isEmpty() ? day : day + " · " + untaxed,
            LocalTexts.minutes(line.billedMinutes()),
            line.billedMinutes() < 60 ? "" : line.billedMinutes() + "\u00a0min",
            money(line.hourlyRate(), firm, invoice),
            amount);
      }
      case FIXED -> new PrintedLine(description, untaxed, "", "", "", amount);
    };
  }

  /**
   * A description by lines, cut to its share where all of them are very long: the mail and the pay
   * page have the whole of it.
   */
  private static List<String> description(Line line, Invoice invoice) {
    String whole = line.description();
    int share = DESCRIPTIONS / invoice.lines().size();
    List<String> lines =
        whole.codePointCount(0, whole.length()) <= share
            ? Templates.lines(whole)
            : Templates.lines(
                whole.substring(0, whole.offsetByCodePoints(0, share - 1)).strip() + "…");
    return lines.size() <= MOST_LINES ? lines : List.of(String.join(" ", lines));
  }

  /** What leads to the amount due; nothing where that is the sum of the lines. */
  private static List<Sum> sums(FirmSettings firm, Invoice invoice) {
    List<Sum> sums = new ArrayList<>();
    Discount discount = invoice.discount();
    if (discount != null || !invoice.taxes().isEmpty()) {
      sums.add(new Sum("Subtotal", money(invoice.subtotal(), firm, invoice)));
    }
    if (discount != null) {
      sums.add(
          new Sum(
              discount.percent() == null
                  ? "Discount"
                  : "Discount " + firm.texts().percent(discount.percent()),
              money(-discount.amount(), firm, invoice)));
    }
    invoice
        .taxes()
        .forEach(
            tax ->
                sums.add(
                    new Sum(
                        tax.name() + " " + firm.texts().percent(tax.ratePercent()),
                        money(tax.amount(), firm, invoice))));
    if (invoice.amountPaid() > 0) {
      sums.add(new Sum("Total", money(invoice.total(), firm, invoice)));
      sums.add(new Sum("Paid", money(-invoice.amountPaid(), firm, invoice)));
    }
    return sums;
  }

  private static String money(long amount, FirmSettings firm, Invoice invoice) {
    return firm.texts().money(amount, invoice.currency());
  }
}
