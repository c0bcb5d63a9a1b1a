package dev.clockbill.invoice;

import dev.clockbill.shared.Item;
import java.time.LocalDate;
import java.util.List;

/**
 * One row of an invoice: a time entry priced, or a fixed amount.
 *
 * @param kind which of the two
 * @param timeEntryId of time lines, as are {@code workedOn}, {@code measuredSeconds}, {@code
 *     billedMinutes} and {@code hourlyRate}; null on fixed ones
 * @param hourlyRate minor units an hour
 * @param taxable whether taxes are taken on it
 * @param amount minor units
 * @param edited names of the fields that a person set on the line itself: a changed entry leaves
 *     them
 */
public record Line(
    String lineId,
    Kind kind,
    String description,
    String timeEntryId,
    LocalDate workedOn,
    Long measuredSeconds,
    Long billedMinutes,
    Long hourlyRate,
    boolean taxable,
    long amount,
    List<String> edited) {

  /** What a line bills. */
  public enum Kind {
    /** Time, by the minute. */
    TIME,
    /** An amount as it is. */
    FIXED
  }

  /** Reads a line of an invoice's item. */
  public static Line of(Item item) {
    boolean time = item.text("kind").equals("time");
    return new Line(
        item.text("lineId"),
        time ? Kind.TIME : Kind.FIXED,
        item.text("description"),
        item.text("timeEntryId"),
        item.date("workedOn"),
        item.number("measuredSeconds"),
        item.number("billedMinutes"),
        item.number("hourlyRate"),
        item.bool("taxable"),
        item.number("amount"),
        item.texts("edited"));
  }
}
