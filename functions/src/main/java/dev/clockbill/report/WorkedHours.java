package dev.clockbill.report;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.shared.Json;
import dev.clockbill.timer.TimeEntry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Whose time it was, week by week. A week begins on Monday; one that the period cuts counts with
 * its days within the period.
 *
 * @param rows by name, then by week; a person without time in a week has none for it
 */
record WorkedHours(List<Row> rows) {
  /** The columns of a CSV. */
  static final List<String> COLUMNS =
      List.of(
          "week",
          "name",
          "measuredSeconds",
          "billedMinutes",
          "availableMinutes",
          "utilisationPercent",
          "staffId");

  private static final int WORKING_DAYS = 5;

  /**
   * A person's week.
   *
   * @param week its Monday
   * @param measuredSeconds all their time
   * @param billedMinutes of what is on frozen invoices that are not void, as their lines have it
   * @param availableMinutes the working week, or as much of it as the period has of Monday to
   *     Friday
   */
  record Row(
      String staffId,
      String name,
      LocalDate week,
      long measuredSeconds,
      long billedMinutes,
      long availableMinutes) {

    private Row plus(Row other) {
      return new Row(
          staffId,
          name,
          week,
          measuredSeconds + other.measuredSeconds,
          billedMinutes + other.billedMinutes,
          availableMinutes);
    }

    /**
     * Measured time as a share of the available, as text with one decimal, half up; null where
     * there is none available.
     */
    String utilisationPercent() {
      return availableMinutes == 0
          ? null
          : BigDecimal.valueOf(measuredSeconds)
              .multiply(BigDecimal.valueOf(100))
              .divide(BigDecimal.valueOf(availableMinutes * 60), 1, RoundingMode.HALF_UP)
              .toPlainString();
    }

    private Map<String, Object> json() {
      return Json.object(
          "staffId", staffId,
          "name", name,
          "week", week.toString(),
          "measuredSeconds", measuredSeconds,
          "billedMinutes", billedMinutes,
          "availableMinutes", availableMinutes,
          "utilisationPercent", utilisationPercent());
    }
  }

  private record Key(String staffId, LocalDate week) {}

  /**
   * Groups time.
   *
   * @param wanted the period, and what a working week is
   * @param entries all time worked in it
   * @param invoices those of the entries that are billed
   * @param names of staff, by their ids
   */
  static WorkedHours of(
      HoursRequest wanted,
      List<TimeEntry> entries,
      List<Invoice> invoices,
      Map<String, String> names) {
    Map<String, Long> billed = billedMinutes(invoices);
    Map<Key, Row> rows = new LinkedHashMap<>();
    for (TimeEntry entry : entries) {
      LocalDate week = entry.workedOn().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      Row row =
          new Row(
              entry.staffId(),
              names.getOrDefault(entry.staffId(), entry.staffName()),
              week,
              entry.measuredSeconds(),
              billed.getOrDefault(entry.timeEntryId(), 0L),
              available(wanted, week));
      rows.merge(new Key(entry.staffId(), week), row, Row::plus);
    }
    return new WorkedHours(
        rows.values().stream()
            .sorted(
                Comparator.comparing(Row::name, String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(Row::staffId)
                    .thenComparing(Row::week))
            .toList());
  }

  private static Map<String, Long> billedMinutes(List<Invoice> invoices) {
    Map<String, Long> minutes = new HashMap<>();
    for (Invoice invoice : invoices) {
      if (invoice.state().frozen() && invoice.state() != InvoiceState.VOID) {
        for (Line line : invoice.lines()) {
          if (line.kind() == Line.Kind.TIME) {
            minutes.put(line.timeEntryId(), line.billedMinutes());
          }
        }
      }
    }
    return minutes;
  }

  private static long available(HoursRequest wanted, LocalDate week) {
    long days =
        LongStream.range(0, WORKING_DAYS)
            .mapToObj(week::plusDays)
            .filter(day -> !day.isBefore(wanted.from()) && !day.isAfter(wanted.to()))
            .count();
    return wanted.weekMinutes() * days / WORKING_DAYS;
  }

  /** As responses show it, and as rows of a CSV. */
  List<Map<String, Object>> json() {
    return rows.stream().map(Row::json).toList();
  }
}
