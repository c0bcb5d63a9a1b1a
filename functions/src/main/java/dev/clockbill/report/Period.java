package dev.clockbill.report;

import dev.clockbill.http.Fields;
import java.time.LocalDate;

/**
 * The days of work that a report is about.
 *
 * @param from the first one
 * @param to the last one
 */
record Period(LocalDate from, LocalDate to) {
  /** How many months one report spans at most. */
  private static final int MOST_MONTHS = 13;

  /** Reads it from a query; errors are noted in the fields. */
  static Period read(Fields query) {
    LocalDate from = query.requiredDate("from");
    LocalDate to = query.requiredDate("to");
    if (from != null && to != null) {
      if (to.isBefore(from)) {
        query.refuse("to", "This may not be before from.");
      } else if (!to.isBefore(from.plusMonths(MOST_MONTHS))) {
        query.refuse("to", "A report spans at most " + MOST_MONTHS + " months.");
      }
    }
    return new Period(from, to);
  }

  /** Whether a day is in it. */
  boolean holds(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }
}
