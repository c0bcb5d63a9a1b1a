package dev.clockbill.invoice;

import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Money;
import dev.clockbill.table.Item;
import dev.clockbill.timer.TimeEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    FIXED;

    /** As requests and answers write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The longest description. */
  public static final int DESCRIPTION = 2_000;

  /** The fields that a person may set on a time line, and a changed entry otherwise sets. */
  enum Editable {
    DESCRIPTION("description"),
    BILLED_MINUTES("billedMinutes"),
    HOURLY_RATE("hourlyRate");

    private final String field;

    Editable(String field) {
      this.field = field;
    }

    String field() {
      return field;
    }
  }

  /** A new line that bills an entry's time as it is. */
  public static Line ofTime(TimeEntry entry) {
    return new Line(
        Ids.next(),
        Kind.TIME,
        description(entry),
        entry.timeEntryId(),
        entry.workedOn(),
        entry.measuredSeconds(),
        entry.billedMinutes(),
        entry.hourlyRate(),
        true,
        Money.ofTime(entry.billedMinutes(), entry.hourlyRate()),
        List.of());
  }

  /** A new line of a fixed amount. */
  public static Line fixed(String description, long amount, boolean taxable) {
    return new Line(
        Ids.next(),
        Kind.FIXED,
        description,
        null,
        null,
        null,
        null,
        null,
        taxable,
        amount,
        List.of());
  }

  /** The same after its entry changed: what a person set on the line itself stays. */
  public Line following(TimeEntry entry) {
    return time(
        sets(Editable.DESCRIPTION) ? description : description(entry),
        entry.workedOn(),
        entry.measuredSeconds(),
        sets(Editable.BILLED_MINUTES) ? billedMinutes : (Long) entry.billedMinutes(),
        sets(Editable.HOURLY_RATE) ? hourlyRate : (Long) entry.hourlyRate(),
        taxable,
        edited);
  }

  /** The same as a person edits a time line; its amount is computed. */
  public Line edited(String description, long billedMinutes, long hourlyRate, boolean taxable) {
    List<String> set = new ArrayList<>(edited);
    note(set, Editable.DESCRIPTION, !description.equals(this.description));
    note(set, Editable.BILLED_MINUTES, billedMinutes != this.billedMinutes);
    note(set, Editable.HOURLY_RATE, hourlyRate != this.hourlyRate);
    return time(description, workedOn, measuredSeconds, billedMinutes, hourlyRate, taxable, set);
  }

  /** The same as a person edits a fixed line. */
  public Line edited(String description, long amount, boolean taxable) {
    return new Line(
        lineId, kind, description, null, null, null, null, null, taxable, amount, edited);
  }

  private Line time(
      String description,
      LocalDate workedOn,
      Long measuredSeconds,
      Long billedMinutes,
      Long hourlyRate,
      boolean taxable,
      List<String> edited) {
    return new Line(
        lineId,
        kind,
        description,
        timeEntryId,
        workedOn,
        measuredSeconds,
        billedMinutes,
        hourlyRate,
        taxable,
        Money.ofTime(billedMinutes, hourlyRate),
        List.copyOf(edited));
  }

  private boolean sets(Editable field) {
    return edited.contains(field.field());
  }

  private static void note(List<String> set, Editable field, boolean changed) {
    if (changed && !set.contains(field.field())) {
      set.add(field.field());
    }
  }

  /** What was done, as the customer reads it: the service, and the note where there is one. */
  private static String description(TimeEntry entry) {
    String whole =
        entry.note().isBlank() ? entry.serviceName() : entry.serviceName() + ": " + entry.note();
    return whole.codePointCount(0, whole.length()) <= DESCRIPTION
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, DESCRIPTION));
  }

  /** As the invoice's item keeps it. */
  Map<String, Object> attributes() {
    return Json.object(
        "lineId", lineId,
        "kind", kind.word(),
        "description", description,
        "timeEntryId", timeEntryId,
        "workedOn", workedOn,
        "measuredSeconds", measuredSeconds,
        "billedMinutes", billedMinutes,
        "hourlyRate", hourlyRate,
        "taxable", taxable,
        "amount", amount,
        "edited", edited);
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
