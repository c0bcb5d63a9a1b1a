package dev.clockbill.report;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.shared.Json;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntry.State;
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
import java.util.Set;
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
          "nonBillableSeconds",
          "fixedPriceSeconds",
          "billableUtilisationPercent",
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
   * @param nonBillableSeconds time that is kept and not billed
   * @param fixedPriceSeconds the same on services that are billed by a fixed price: work for
   *     customers all the same
   */
  record Row(
      String staffId,
      String name,
      LocalDate week,
      long measuredSeconds,
      long billedMinutes,
      long availableMinutes,
      long nonBillableSeconds,
      long fixedPriceSeconds) {

    private Row plus(Row other) {
      return new Row(
          staffId,
          name,
          week,
          measuredSeconds + other.measuredSeconds,
          billedMinutes + other.billedMinutes,
          availableMinutes,
          nonBillableSeconds + other.nonBillableSeconds,
          fixedPriceSeconds + other.fixedPriceSeconds);
    }

    /**
     * Measured time as a share of the available, as text with one decimal, half up; null where
     * there is none available.
     */
    String utilisationPercent() {
      return percent(measuredSeconds);
    }

    /** The same of the time that is billed, by the hour or by a fixed price. */
    String billableUtilisationPercent() {
      return percent(measuredSeconds - nonBillableSeconds);
    }

    private String percent(long seconds) {
      return availableMinutes == 0
          ? null
          : BigDecimal.valueOf(seconds)
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
          "utilisationPercent", utilisationPercent(),
          "nonBillableSeconds", nonBillableSeconds,
          "fixedPriceSeconds", fixedPriceSeconds,
          "billableUtilisationPercent", billableUtilisationPercent());
    }
  }

  private record Key(String staffId, LocalDate week) {}

  /**
   * Groups time.
   *
   * @param wanted the period, and what a working week is
   * @param entries all time worked in it
   * @param fixedPriced the services that are billed by a fixed price: their ids
   * @param invoices those of the entries that are billed
   * @param names of staff, by their ids
   */
  static WorkedHours of(
      HoursRequest wanted,
      List<TimeEntry> entries,
      Set<String> fixedPriced,
      List<Invoice> invoices,
      Map<String, String> names) {
    Map<String, Long> billed = billedMinutes(invoices);
    Map<Key, Row> rows = new LinkedHashMap<>();
    for (TimeEntry entry : entries) {
      long notBilled = entry.state() == State.NON_BILLABLE ? entry.measuredSeconds() : 0;
      boolean priced = fixedPriced.contains(entry.serviceId());
      LocalDate week = entry.workedOn().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      Row row =
          new Row(
              entry.staffId(),
              names.getOrDefault(entry.staffId(), entry.staffName()),
              week,
              entry.measuredSeconds(),
              billed.getOrDefault(entry.timeEntryId(), 0L),
              available(wanted, week),
              priced ? 0 : notBilled,
              priced ? notBilled : 0);
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
