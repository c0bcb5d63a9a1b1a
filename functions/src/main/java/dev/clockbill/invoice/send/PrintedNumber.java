package dev.clockbill.invoice.send;

import dev.clockbill.firm.NumberCounter;
import java.time.LocalDate;
import java.util.Locale;

/** The numbers of a firm's invoices, as they are printed. */
public final class PrintedNumber {
  private PrintedNumber() {}

  /**
   * A number as printed: the prefix, in which {@code {yyyy}} stands for the year of issue, and at
   * least four digits.
   */
  public static String printed(String prefix, LocalDate issuedOn, long number) {
    String year = String.format(Locale.ROOT, "%04d", issuedOn.getYear());
    return prefix.replace(NumberCounter.YEAR, year) + String.format(Locale.ROOT, "%04d", number);
  }
}
