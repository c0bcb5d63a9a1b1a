package dev.clockbill.invoice.mail;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.LineGroup;
import dev.clockbill.invoice.mail.InvoicePdf.Sum;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.LocalTexts;
import java.util.List;

/**
 * The lines of an invoice as its PDF prints them.
 *
 * @param groups in order; one without a subtotal where lines are not put together
 */
public record PrintedTable(List<Group> groups) {
  private static final int MOST_LINES = 20;

  /**
   * Lines that stand together.
   *
   * @param heading what they have in common; the name of the column where that is nothing
   * @param columns the names of those between what was done and the amount: none, or two for how
   *     each amount comes about
   * @param subtotal of the lines; null where they are not put together
   */
  public record Group(String heading, List<String> columns, List<PrintedLine> lines, Sum subtotal) {

    /** Whether there are columns for how amounts come about. */
    public boolean computed() {
      return !columns.isEmpty();
    }
  }

  /**
   * A line as printed.
   *
   * @param description what was done, by lines
   * @param about when, and whether no tax is taken on it; empty for neither
   * @param many such as {@code 1 h 30 min} or {@code 2}; empty for amounts as they are
   * @param minutes time in minutes where that reads otherwise, such as {@code 90 min}; or empty
   * @param price of an hour or of one, with its currency; empty for amounts as they are
   * @param each what the price is of, where the name of the column does not say it; or empty
   * @param amount with its currency
   */
  public record PrintedLine(
      List<String> description,
      String about,
      String many,
      String minutes,
      String price,
      String each,
      String amount) {}

  /**
   * The lines of an invoice.
   *
   * @param descriptions how many characters all descriptions have between them
   */
  static PrintedTable of(FirmSettings firm, Invoice invoice, int descriptions) {
    int share = share(invoice.lines(), descriptions);
    return new PrintedTable(
        LineGroup.of(invoice).stream().map(group -> group(group, share, firm, invoice)).toList());
  }

  private static Group group(LineGroup group, int share, FirmSettings firm, Invoice invoice) {
    boolean timed = group.lines().stream().anyMatch(line -> line.kind() == Line.Kind.TIME);
    boolean counted = group.lines().stream().anyMatch(line -> line.price() != null);
    boolean both = timed && counted;
    return new Group(
        group.name() == null ? "Service" : group.name(),
        both
            ? List.of("Time or quantity", "Rate or price")
            : timed
                ? List.of("Time", "Rate an hour")
                : counted ? List.of("Quantity", "Price") : List.of(),
        group.lines().stream().map(line -> printed(line, share, both, firm, invoice)).toList(),
        group.name() == null
            ? null
            : new Sum("Subtotal " + group.name(), money(group.subtotal(), firm, invoice)));
  }

  private static PrintedLine printed(
      Line line, int share, boolean both, FirmSettings firm, Invoice invoice) {
    List<String> description = description(line, share);
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
            both ? "an hour" : "",
            amount);
      }
      case FIXED ->
          line.price() == null
              ? new PrintedLine(description, untaxed, "", "", "", "", amount)
              : new PrintedLine(
                  description,
                  untaxed,
                  firm.texts().quantity(line.price().quantity()),
                  "",
                  money(line.price().unitAmount(), firm, invoice),
                  both ? "each" : "",
                  amount);
    };
  }

  /** A description by lines, cut where it is longer than its share. */
  private static List<String> description(Line line, int share) {
    String whole = line.description();
    List<String> lines =
        whole.codePointCount(0, whole.length()) <= share
            ? Templates.lines(whole)
            : Templates.lines(
                whole.substring(0, whole.offsetByCodePoints(0, share - 1)).strip() + "…");
    return lines.size() <= MOST_LINES ? lines : List.of(String.join(" ", lines));
  }

  /**
   * How long one description may be so that all of them together have no more than so many
   * characters: the longest ones are cut, and the mail and the pay page have the whole of them.
   */
  private static int share(List<Line> lines, int characters) {
    List<Integer> lengths =
        lines.stream()
            .map(line -> line.description().codePointCount(0, line.description().length()))
            .sorted()
            .toList();
    int left = characters;
    for (int at = 0; at < lengths.size(); at++) {
      int share = left / (lengths.size() - at);
      if (lengths.get(at) > share) {
        return Math.max(2, share);
      }
      left -= lengths.get(at);
    }
    return Integer.MAX_VALUE;
  }

  private static String money(long amount, FirmSettings firm, Invoice invoice) {
    return firm.texts().money(amount, invoice.currency());
  }
}
