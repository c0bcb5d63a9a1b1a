package dev.clockbill.report;

import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.ServiceItem;
import dev.clockbill.firm.StaffItem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Money;
import dev.clockbill.timer.TimeEntry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became of time: measured, billed, paid. It counts the lines of frozen invoices that are not
 * void.
 *
 * @param rows by name
 */
record Realisation(List<Row> rows) {

  /** The columns of a CSV. */
  static final List<String> COLUMNS =
      List.of(
          "name",
          "currency",
          "measuredSeconds",
          "billedMinutes",
          "billed",
          "billedDecimal",
          "paid",
          "paidDecimal",
          "id");

  /** What time is grouped by. */
  enum By {
    /** Who is billed. */
    CUSTOMER,
    /** What was done. */
    SERVICE,
    /** Who did it. */
    STAFF;

    /** As requests write it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The id of an entry's customer, service or member of staff. */
    String id(TimeEntry entry) {
      return switch (this) {
        case CUSTOMER -> entry.customerId();
        case SERVICE -> entry.serviceId();
        case STAFF -> entry.staffId();
      };
    }

    /** The key of the item that has the name. */
    String key(String id) {
      return switch (this) {
        case CUSTOMER -> CustomerItem.key(id);
        case SERVICE -> ServiceItem.key(id);
        case STAFF -> StaffItem.key(id);
      };
    }
  }

  /**
   * The time of one customer, service or member of staff, in one currency; amounts in minor units.
   *
   * @param billed time lines after discount and before taxes, rounded half up once for each invoice
   * @param paid the same share of that as is paid of the whole invoice, rounded the same way
   */
  record Row(
      String id,
      String name,
      long measuredSeconds,
      long billedMinutes,
      long billed,
      long paid,
      String currency) {

    private Row plus(Row other) {
      return new Row(
          id,
          name,
          measuredSeconds + other.measuredSeconds,
          billedMinutes + other.billedMinutes,
          billed + other.billed,
          paid + other.paid,
          currency);
    }

    private Map<String, Object> json() {
      return Json.object(
          "id", id,
          "name", name,
          "measuredSeconds", measuredSeconds,
          "billedMinutes", billedMinutes,
          "billed", billed,
          "paid", paid,
          "currency", currency);
    }
  }

  /** The time of a row on one invoice, before discount. */
  private record Worked(long seconds, long minutes, long amount) {
    private static Worked of(Line line) {
      return new Worked(line.measuredSeconds(), line.billedMinutes(), line.amount());
    }

    private Worked plus(Worked other) {
      return new Worked(seconds + other.seconds, minutes + other.minutes, amount + other.amount);
    }
  }

  private record Key(String id, String currency) {}

  /**
   * Groups time.
   *
   * @param entries the time to group, by its id
   * @param invoices the invoices of that time
   * @param names of customers, services or staff, by their ids
   */
  static Realisation of(
      By by, Map<String, TimeEntry> entries, List<Invoice> invoices, Map<String, String> names) {
    Map<Key, Row> rows = new LinkedHashMap<>();
    for (Invoice invoice : invoices) {
      if (invoice.state().frozen() && invoice.state() != InvoiceState.VOID) {
        worked(by, entries, invoice)
            .forEach(
                (id, worked) ->
                    rows.merge(
                        new Key(id, invoice.currency()),
                        row(invoice, id, names.getOrDefault(id, ""), worked),
                        Row::plus));
      }
    }
    return new Realisation(
        rows.values().stream()
            .sorted(
                Comparator.comparing(Row::name, String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(Row::id)
                    .thenComparing(Row::currency))
            .toList());
  }

  private static Map<String, Worked> worked(
      By by, Map<String, TimeEntry> entries, Invoice invoice) {
    Map<String, Worked> found = new LinkedHashMap<>();
    for (Line line : invoice.lines()) {
      if (line.kind() == Line.Kind.TIME && entries.containsKey(line.timeEntryId())) {
        String id = by.id(entries.get(line.timeEntryId()));
        found.merge(id, Worked.of(line), Worked::plus);
      }
    }
    return found;
  }

  private static Row row(Invoice invoice, String id, String name, Worked worked) {
    return new Row(
        id,
        name,
        worked.seconds(),
        worked.minutes(),
        billed(worked.amount(), invoice),
        paid(worked.amount(), invoice),
        invoice.currency());
  }

  /** What is left of some lines after the discount, which all lines share in proportion. */
  private static long billed(long lines, Invoice invoice) {
    return part(lines, afterDiscount(invoice), beforeDiscount(invoice));
  }

  /** The same share of that as is paid of the whole invoice; what costs nothing counts as paid. */
  private static long paid(long lines, Invoice invoice) {
    if (invoice.total() == 0) {
      return billed(lines, invoice);
    }
    BigDecimal paid = BigDecimal.valueOf(Math.min(invoice.amountPaid(), invoice.total()));
    BigDecimal total = BigDecimal.valueOf(invoice.total());
    return part(
        lines, afterDiscount(invoice).multiply(paid), beforeDiscount(invoice).multiply(total));
  }

  private static BigDecimal beforeDiscount(Invoice invoice) {
    return discount(invoice) == 0 ? BigDecimal.ONE : BigDecimal.valueOf(invoice.subtotal());
  }

  private static BigDecimal afterDiscount(Invoice invoice) {
    return beforeDiscount(invoice).subtract(BigDecimal.valueOf(discount(invoice)));
  }

  private static long discount(Invoice invoice) {
    return invoice.discount() == null ? 0 : invoice.discount().amount();
  }

  private static long part(long amount, BigDecimal numerator, BigDecimal denominator) {
    return BigDecimal.valueOf(amount)
        .multiply(numerator)
        .divide(denominator, 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** The rows with each amount a second time in decimal notation. */
  List<Map<String, Object>> csv() {
    return rows.stream()
        .map(
            row -> {
              Map<String, Object> cells = row.json();
              cells.put("billedDecimal", Money.decimal(row.billed(), row.currency()));
              cells.put("paidDecimal", Money.decimal(row.paid(), row.currency()));
              return cells;
            })
        .toList();
  }

  /** As responses show it. */
  Map<String, Object> json() {
    return Json.object("rows", rows.stream().map(Row::json).toList());
  }
}
