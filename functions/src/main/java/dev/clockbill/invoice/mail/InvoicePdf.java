package dev.clockbill.invoice.mail;

import dev.clockbill.firm.Bank;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Letterhead;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.print.BrandColors;
import dev.clockbill.print.Pdf;
import dev.clockbill.print.Picture;
import dev.clockbill.print.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the PDF of an invoice says: the model of its template. Every amount can be recomputed from
 * what is printed beside it.
 *
 * @param mark what distinguishes it from an invoice as sent, such as {@code Draft}; empty for none
 * @param title such as {@code Invoice 2026-0042 from Shah & Co}
 * @param locale the firm's, a BCP 47 tag
 * @param look the firm's colour and logo
 * @param facts numbers and dates
 * @param sender who bills, and where they are reached
 * @param customer who is billed
 * @param headline what is to be paid, and until when
 * @param table the lines
 * @param sums what leads to the last one: subtotal, discount, taxes
 * @param due what is to be paid
 * @param note of the invoice, by lines
 * @param payUrl the pay link; null where there is nothing to pay, or no link yet
 * @param bank where to transfer it to; empty where nothing is to be paid or the firm names no
 *     account
 * @param terms the firm's footer where it is too long for the foot of the page, by lines
 * @param foot of every page
 */
public record InvoicePdf(
    String mark,
    String title,
    String locale,
    Look look,
    List<Fact> facts,
    Party sender,
    Party customer,
    String headline,
    PrintedTable table,
    List<Sum> sums,
    Sum due,
    List<String> note,
    String payUrl,
    List<Fact> bank,
    List<String> terms,
    String foot) {

  private static final String TEMPLATE = "pdf/invoice";

  private static final int LONGEST_FOOT = 160;

  /** How many characters all descriptions have between them, so that the PDF stays small. */
  private static final int DESCRIPTIONS = 30_000;

  /**
   * What the firm's paper looks like.
   *
   * @param logo null where it has none
   */
  public record Look(BrandColors colors, Picture logo) {}

  /** A value with its name. */
  public record Fact(String name, String value) {}

  /** A name with what is printed below it, by lines. */
  public record Party(String name, List<String> lines) {}

  /** An amount with its name. */
  public record Sum(String name, String amount) {}

  /**
   * What the PDF of a numbered invoice says as it is sent.
   *
   * @param logo the firm's file; null for none
   */
  static InvoicePdf asSent(FirmSettings firm, byte[] logo, Invoice invoice, String baseUrl) {
    return of(firm, logo, invoice, "", baseUrl, DESCRIPTIONS);
  }

  /**
   * The PDF of a numbered invoice as it is sent, with shorter descriptions where it would be too
   * large: thousands of different ideographs take more room than any alphabet.
   *
   * @param logo the firm's file; null for none
   * @param mostBytes how large it may be
   */
  static byte[] sentBytes(
      FirmSettings firm, byte[] logo, Invoice invoice, String baseUrl, int mostBytes) {
    byte[] bytes = asSent(firm, logo, invoice, baseUrl).bytes();
    for (int characters = DESCRIPTIONS / 2;
        bytes.length > mostBytes && characters > invoice.lines().size();
        characters /= 2) {
      bytes = of(firm, logo, invoice, "", baseUrl, characters).bytes();
    }
    return bytes;
  }

  /**
   * What a PDF says if it shows the invoice as it is now and is not the one that was sent.
   *
   * @param logo the firm's file; null for none
   */
  static InvoicePdf asItIs(FirmSettings firm, byte[] logo, Invoice invoice, String baseUrl) {
    String mark =
        switch (invoice.state()) {
          case DRAFT, SENDING -> "Draft";
          case VOID -> "Void";
          case PAID -> "Paid";
          case SENT, PARTLY_PAID, UNDELIVERABLE -> "Copy";
        };
    return of(firm, logo, invoice, mark, baseUrl, DESCRIPTIONS);
  }

  /**
   * What of an invoice its PDF cannot show: each character once. They are printed as boxes.
   *
   * @param invoice a draft, or as it is sent
   */
  public static Set<String> missing(FirmSettings firm, Invoice invoice, String baseUrl) {
    return Pdf.missing(Templates.html(TEMPLATE, asItIs(firm, null, invoice, baseUrl)));
  }

  private static InvoicePdf of(
      FirmSettings firm,
      byte[] logo,
      Invoice invoice,
      String mark,
      String baseUrl,
      int descriptions) {
    List<String> footer = Templates.lines(firm.invoicing().footer());
    String foot = foot(firm, invoice, mark, footer);
    boolean fits = foot.length() <= LONGEST_FOOT;
    boolean payable = invoice.amountDue() > 0 && invoice.state() != InvoiceState.VOID;
    return new InvoicePdf(
        mark,
        title(firm, invoice),
        firm.locale().toLanguageTag(),
        new Look(
            BrandColors.of(firm.letterhead().branding().color()),
            logo == null ? null : Picture.onPaper(logo)),
        facts(firm, invoice),
        sender(firm),
        customer(invoice.customer()),
        headline(firm, invoice),
        PrintedTable.of(firm, invoice, descriptions),
        sums(firm, invoice),
        new Sum("Total due", money(invoice.amountDue(), firm, invoice)),
        Templates.lines(invoice.note()),
        payable && invoice.payToken() != null ? PayLink.url(baseUrl, invoice.payToken()) : null,
        payable ? bank(firm, invoice) : List.of(),
        fits ? List.of() : footer,
        fits ? foot : foot(firm, invoice, mark, List.of()));
  }

  private static List<Fact> facts(FirmSettings firm, Invoice invoice) {
    return known(
        "Invoice number",
        invoice.number(),
        "Date",
        invoice.issuedOn() == null ? "When it is sent" : firm.texts().date(invoice.issuedOn()),
        "Due",
        due(firm, invoice),
        "Order number",
        invoice.customer().reference());
  }

  /** Who bills, with all that the firm says of how it is reached and registered. */
  public static Party sender(FirmSettings firm) {
    Letterhead letterhead = firm.letterhead();
    List<String> below = new ArrayList<>(Templates.lines(firm.address()));
    below.add(firm.email());
    Stream.of(
            letterhead.phone(),
            letterhead.website() == null
                ? null
                : letterhead.website().replaceFirst("^https?://", ""),
            letterhead.taxId() == null ? null : "Tax ID: " + letterhead.taxId())
        .filter(Objects::nonNull)
        .forEach(below::add);
    return new Party(firm.name(), below);
  }

  /** Who is billed. */
  public static Party customer(Invoice.Party customer) {
    List<String> below = new ArrayList<>(Templates.lines(customer.address()));
    if (customer.taxId() != null) {
      below.add("Tax ID: " + customer.taxId());
    }
    return new Party(customer.name(), below);
  }

  private static String headline(FirmSettings firm, Invoice invoice) {
    if (invoice.amountDue() == 0) {
      return invoice.amountPaid() > 0 ? "Paid in full" : "Nothing to pay";
    }
    String due = money(invoice.amountDue(), firm, invoice);
    return invoice.dueOn() == null ? due : due + " due " + firm.texts().date(invoice.dueOn());
  }

  /** Where to transfer money to, by the names that banks give the fields. */
  public static List<Fact> bank(FirmSettings firm, Invoice invoice) {
    Bank bank = firm.letterhead().bank();
    return bank.blank()
        ? List.of()
        : known(
            "Account holder",
            bank.holder() == null ? firm.name() : bank.holder(),
            "Bank",
            bank.bankName(),
            "IBAN",
            bank.printedIban(),
            "BIC",
            bank.bic(),
            "Account number",
            bank.account(),
            "Routing number",
            bank.routing(),
            "Payment reference",
            invoice.number());
  }

  /** Names and values in turn, without those that are null. */
  private static List<Fact> known(String... namesAndValues) {
    List<Fact> known = new ArrayList<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      if (namesAndValues[at + 1] != null && !namesAndValues[at + 1].isBlank()) {
        known.add(new Fact(namesAndValues[at], namesAndValues[at + 1]));
      }
    }
    return known;
  }

  /** The PDF itself. */
  byte[] bytes() {
    return Pdf.of(TEMPLATE, this);
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

  private static String due(FirmSettings firm, Invoice invoice) {
    if (invoice.dueOn() != null) {
      return firm.texts().date(invoice.dueOn());
    }
    int days = invoice.customer().terms(firm);
    return days == 0 ? "On the same day" : days + (days == 1 ? " day later" : " days later");
  }

  /** What leads to the amount due; nothing where that is the sum of the lines. */
  private static List<Sum> sums(FirmSettings firm, Invoice invoice) {
    List<Sum> sums = new ArrayList<>();
    Discount discount = invoice.discount();
    boolean exempt = invoice.customer().taxExempt();
    if (discount != null || !invoice.taxes().isEmpty() || exempt) {
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
    if (exempt) {
      sums.add(new Sum(InvoiceMail.TAX_EXEMPT, money(0, firm, invoice)));
    }
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
