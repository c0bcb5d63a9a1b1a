package dev.clockbill.imports;

import dev.clockbill.shared.Text;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of an import file.
 *
 * @param label as the file's header has it
 * @param field where its values belong in a request that creates, such as {@code hourlyRate} or
 *     {@code rates.01J…}
 * @param kind how its cells are read
 */
public record ImportColumn(String label, String field, Kind kind) {

  /** How cells are read. */
  public sealed interface Kind {
    /** As they are. */
    record Text() implements Kind {}

    /** As yes or no. */
    record YesNo() implements Kind {}

    /** As a whole number of minor units. */
    record MinorUnits() implements Kind {}

    /** As an amount such as 250.00 in a currency of so many decimals. */
    record Decimal(int decimals) implements Kind {}

    /** As the days until an invoice is due, such as 30, 30 days, Net 30 or Due on receipt. */
    record Terms() implements Kind {}

    /** Not at all: what it says follows from other columns, or means nothing here. */
    record LeftOut() implements Kind {}
  }

  /** As QuickBooks and FreshBooks write terms. */
  private static final Pattern TERMS =
      Pattern.compile("(?i)due (?:up)?on receipt|(?:net )?(\\d{1,4})(?: days?)?");

  /** As many decimals as there are digits between separators of thousands. */
  private static final int THOUSANDTHS = 3;

  private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  /** A column of text. */
  public static ImportColumn text(String label, String field) {
    return new ImportColumn(label, field, new Kind.Text());
  }

  /**
   * What a header's cell means, however it is written: {@code Hourly rate}, {@code *e-mail}, {@code
   * Duration (h)}. Only its letters and digits count, in lower case.
   */
  public static String meaning(String label) {
    return SIGNS.matcher(Text.identity(label)).replaceAll("");
  }

  /**
   * How a column of hourly rates is read. Only a column with exactly our own name has minor units;
   * what another tool calls {@code Hourly rate} are amounts.
   *
   * @param label as the file's header has it
   * @param decimals of the firm's currency
   */
  public static Kind rate(String label, int decimals) {
    return label.strip().equals("hourlyRate") ? new Kind.MinorUnits() : new Kind.Decimal(decimals);
  }

  /** The same column by another label. */
  ImportColumn called(String other) {
    return new ImportColumn(other, field, kind);
  }

  /** A cell's value as a request would have it; empty where it cannot be read. */
  Optional<Object> value(String cell) {
    return switch (kind) {
      case Kind.Text() -> Optional.of(cell);
      case Kind.YesNo() -> yesNo(cell);
      case Kind.MinorUnits() ->
          cell.matches("\\d{1,15}") ? Optional.of(Long.valueOf(cell)) : Optional.empty();
      case Kind.Decimal(int decimals) -> minorUnits(cell, decimals);
      case Kind.Terms() -> terms(cell);
      case Kind.LeftOut() -> Optional.of(cell);
    };
  }

  /** What a cell that cannot be read should have been. */
  String expected() {
    return switch (kind) {
      case Kind.Text(), Kind.LeftOut() -> "This has to be text.";
      case Kind.YesNo() -> "This has to be yes or no.";
      case Kind.Terms() -> "This has to be days until an invoice is due, such as 30 or Net 30.";
      case Kind.MinorUnits() ->
          "This has to be a whole number of minor units: 25000 for 250.00. For amounts such as"
              + " 250.00 call the column hourlyRateDecimal.";
      case Kind.Decimal(int decimals) ->
          "This has to be an amount such as "
              + BigDecimal.valueOf(250).setScale(decimals).toPlainString()
              + ", without a currency and without separators between thousands.";
    };
  }

  private static Optional<Object> terms(String cell) {
    Matcher days = TERMS.matcher(cell.strip());
    return days.matches()
        ? Optional.of(days.group(1) == null ? 0L : Long.valueOf(days.group(1)))
        : Optional.empty();
  }

  private static Optional<Object> yesNo(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "yes", "true", "y", "1" -> Optional.of(true);
      case "no", "false", "n", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> minorUnits(String cell, int decimals) {
    if (!cell.matches("\\d{1,12}(" + fraction(decimals) + ")?")) {
      return Optional.empty();
    }
    BigDecimal amount = new BigDecimal(cell.replace(',', '.'));
    return amount.stripTrailingZeros().scale() > decimals
        ? Optional.empty()
        : Optional.of(amount.movePointRight(decimals).longValueExact());
  }

  /**
   * The decimals of an amount, as a pattern. A point or a comma counts as the decimal point only
   * where they cannot separate thousands; a point before three digits can, unless the currency has
   * three decimals.
   */
  private static String fraction(int decimals) {
    String few = "[.,]\\d{1,2}";
    if (decimals < THOUSANDTHS) {
      return few;
    }
    return few + (decimals == THOUSANDTHS ? "|[.]\\d{3}" : "|[.,]\\d{4," + decimals + "}");
  }
}
