package dev.clockbill.report;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Money;
import dev.clockbill.timer.TimeEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What customers owe, or have yet to be billed, by age: a row for each customer and currency.
 *
 * @param on the firm's day to which ages are counted
 * @param rows by name
 */
record ByAge(LocalDate on, List<Row> rows) {

  /**
   * One customer in one currency.
   *
   * @param count of invoices or entries
   * @param minutes that are billed; 0 in a report of invoices
   * @param amounts minor units by age; each age that has some
   */
  record Row(
      String customerId,
      String name,
      String currency,
      long count,
      long minutes,
      Map<Age, Long> amounts) {

    /** All ages together, minor units. */
    long total() {
      return amounts.values().stream().mapToLong(Long::longValue).sum();
    }

    private Row plus(Row other) {
      Map<Age, Long> sums = new EnumMap<>(amounts);
      other.amounts.forEach((age, amount) -> sums.merge(age, amount, Long::sum));
      return new Row(
          customerId, name, currency, count + other.count, minutes + other.minutes, sums);
    }
  }

  private record Key(String customerId, String currency) {}

  /**
   * What is still due of invoices, by the days since their due date.
   *
   * @param invoices that may be paid; those of which nothing is due are left out
   * @param names of customers, by their ids
   */
  static ByAge receivables(LocalDate today, List<Invoice> invoices, Map<String, String> names) {
    List<Row> rows = new ArrayList<>();
    for (Invoice invoice : invoices) {
      if (invoice.amountDue() > 0) {
        Age age = invoice.dueOn() == null ? Age.NOT_DUE : Age.since(invoice.dueOn(), today);
        String customerId = invoice.customer().customerId();
        rows.add(
            new Row(
                customerId,
                names.getOrDefault(customerId, invoice.customer().name()),
                invoice.currency(),
                1,
                0,
                Map.of(age, invoice.amountDue())));
      }
    }
    return of(today, rows);
  }

  /**
   * Time on no living invoice, by the days since it was worked; today's is up to 30 days old.
   *
   * @param names of customers, by their ids
   */
  static ByAge unbilled(LocalDate today, List<TimeEntry> entries, Map<String, String> names) {
    List<Row> rows = new ArrayList<>();
    for (TimeEntry entry : entries) {
      Age since = Age.since(entry.workedOn(), today);
      rows.add(
          new Row(
              entry.customerId(),
              names.getOrDefault(entry.customerId(), entry.customerName()),
              entry.currency(),
              1,
              entry.billedMinutes(),
              Map.of(since == Age.NOT_DUE ? Age.DAYS_30 : since, entry.amount())));
    }
    return of(today, rows);
  }

  private static ByAge of(LocalDate today, List<Row> single) {
    Map<Key, Row> rows = new LinkedHashMap<>();
    single.forEach(row -> rows.merge(new Key(row.customerId(), row.currency()), row, Row::plus));
    return new ByAge(
        today,
        rows.values().stream()
            .sorted(
                Comparator.comparing(Row::name, String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(Row::customerId)
                    .thenComparing(Row::currency))
            .toList());
  }

  /**
   * The rows as answers show them.
   *
   * @param counted what the count is called
   * @param ages those that the report has
   */
  List<Map<String, Object>> rows(String counted, Set<Age> ages) {
    return rows.stream().map(row -> shown(row, counted, ages)).toList();
  }

  private static Map<String, Object> shown(Row row, String counted, Set<Age> ages) {
    Map<String, Object> shown =
        Json.object(
            "customerId",
            row.customerId(),
            "name",
            row.name(),
            "currency",
            row.currency(),
            counted,
            row.count());
    if (!ages.contains(Age.NOT_DUE)) {
      shown.put("billedMinutes", row.minutes());
    }
    new TreeSet<>(ages).forEach(age -> shown.put(age.word(), row.amounts().getOrDefault(age, 0L)));
    shown.put("total", row.total());
    return shown;
  }

  /** The same rows with each amount a second time in decimal notation, for a CSV. */
  List<Map<String, Object>> csv(String counted, Set<Age> ages) {
    return rows(counted, ages).stream().map(row -> decimals(row, ages)).toList();
  }

  private static Map<String, Object> decimals(Map<String, Object> row, Set<Age> ages) {
    Map<String, Object> more = new LinkedHashMap<>(row);
    String currency = (String) row.get("currency");
    for (String column : amounts(ages)) {
      more.put(column + "Decimal", Money.decimal((long) row.get(column), currency));
    }
    return more;
  }

  /** The columns of a CSV. */
  static List<String> columns(String counted, Set<Age> ages) {
    List<String> columns = new ArrayList<>(List.of("name", "currency", counted));
    if (!ages.contains(Age.NOT_DUE)) {
      columns.add("billedMinutes");
    }
    for (String column : amounts(ages)) {
      columns.add(column);
      columns.add(column + "Decimal");
    }
    columns.add("customerId");
    return columns;
  }

  private static List<String> amounts(Set<Age> ages) {
    List<String> amounts = new ArrayList<>(new TreeSet<>(ages).stream().map(Age::word).toList());
    amounts.add("total");
    return amounts;
  }
}
