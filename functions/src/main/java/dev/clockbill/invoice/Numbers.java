package dev.clockbill.invoice;

import dev.clockbill.shared.Write;
import java.time.LocalDate;
import java.util.Locale;

/** The numbers of a firm's invoices. */
public final class Numbers {
  /** The key of the firm's counter, whose {@code next} is the number not used yet. */
  public static final String KEY = "NUMBER";

  private Numbers() {}

  /**
   * A number as printed: the prefix, in which {@code {yyyy}} stands for the year of issue, and at
   * least four digits.
   */
  public static String printed(String prefix, LocalDate issuedOn, long number) {
    String year = String.format(Locale.ROOT, "%04d", issuedOn.getYear());
    return prefix.replace("{yyyy}", year) + String.format(Locale.ROOT, "%04d", number);
  }

  /** Moves the counter past a number, if that is still the next. */
  static Write taken(String firm, long number) {
    return Write.update(firm, KEY).set("next", number + 1).ifEquals("next", number);
  }
}
