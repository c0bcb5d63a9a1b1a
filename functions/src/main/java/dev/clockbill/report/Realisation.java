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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What became of time: measured, billed, paid, and what an hour of it brought. It counts the lines
 * of frozen invoices that are not void.
 *
 * <p>What is billed and paid is that of time lines. Work on services of a fixed price is billed by
 * that price, whenever it was done, and is told apart: its time counts as measured on the day it
 * was worked, its lines on the day their invoice was issued. Nobody can say whose a price is; so by
 * member of staff there are none, and an hour is one of the time that is not of a fixed price.
 *
 * @param rows by name
 */
record Realisation(By by, List<Row> rows) {

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
          "fixedPriceBilled",
          "fixedPriceBilledDecimal",
          "nonBillableSeconds",
          "fixedPriceSeconds",
          "perHour",
          "perHourDecimal",
          "id");

  private static final BigDecimal SECONDS_AN_HOUR = BigDecimal.valueOf(3_600);

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

    /** The id of what a line of a fixed amount is counted for; null where that is nothing. */
    String id(Invoice invoice, Line line) {
      return switch (this) {
        case CUSTOMER -> invoice.customer().customerId();
        case SERVICE -> line.service().id();
        case STAFF -> null;
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
   * What a report is made of.
   *
   * @param period the days of work, and of the issue of invoices with lines of fixed prices
   * @param billed time that is on frozen invoices, by its id
   * @param notBilled time that is kept and not billed
   * @param fixedPriced the services of it that are billed by a fixed price: their ids
   * @param invoices those of the time, and those that were issued in the period
   */
  record Facts(
      Period period,
      Map<String, TimeEntry> billed,
      List<TimeEntry> notBilled,
      Set<String> fixedPriced,
      Collection<Invoice> invoices) {

    /** The ids of all that may have a row. */
    Set<String> ids(By by) {
      Set<String> ids = new HashSet<>();
      billed.values().forEach(entry -> ids.add(by.id(entry)));
      notBilled.forEach(entry -> ids.add(by.id(entry)));
      for (Invoice invoice : invoices) {
        priced(by, invoice).map(line -> by.id(invoice, line)).forEach(ids::add);
      }
      return ids;
    }

    /** The lines of an invoice of the period that are of a service and not of time. */
    private Stream<Line> priced(By by, Invoice invoice) {
      return by != By.STAFF && invoice.issuedOn() != null && period.holds(invoice.issuedOn())
          ? invoice.lines().stream()
              .filter(line -> line.kind() == Line.Kind.FIXED && line.service() != null)
          : Stream.empty();
    }
  }

  /**
   * The work for one customer, on one service or of one member of staff, in one currency; amounts
   * in minor units.
   *
   * @param measuredSeconds of the time lines, and all time that is kept and not billed
   * @param billedMinutes of the time lines
   * @param billed time lines after discount and before taxes, rounded half up once for each invoice
   * @param paid the same share of that as is paid of the whole invoice, rounded the same way
   * @param fixedPriceBilled lines of fixed prices in the same way; no part of {@code billed}
   * @param nonBillableSeconds how much of {@code measuredSeconds} is kept and not billed
   * @param fixedPriceSeconds the same of services of a fixed price, which {@code
   *     nonBillableSeconds} does not have
   */
  record Row(
      String id,
      String name,
      long measuredSeconds,
      long billedMinutes,
      long billed,
      long paid,
      String currency,
      long fixedPriceBilled,
      long nonBillableSeconds,
      long fixedPriceSeconds) {

    /** Time that is not billed. */
    private static Row notBilled(String id, String name, TimeEntry entry, boolean fixedPriced) {
      long seconds = entry.measuredSeconds();
      return new Row(
          id,
          name,
          seconds,
          0,
          0,
          0,
          entry.currency(),
          0,
          fixedPriced ? 0 : seconds,
          fixedPriced ? seconds : 0);
    }

    private Row plus(Row other) {
      return new Row(
          id,
          name,
          measuredSeconds + other.measuredSeconds,
          billedMinutes + other.billedMinutes,
          billed + other.billed,
          paid + other.paid,
          currency,
          fixedPriceBilled + other.fixedPriceBilled,
          nonBillableSeconds + other.nonBillableSeconds,
          fixedPriceSeconds + other.fixedPriceSeconds);
    }

    /**
     * What an hour of the measured time brought by time lines and fixed prices, minor units,
     * rounded half up; null where there is no time. By member of staff it is an hour of the time
     * that is not of a fixed price.
     */
    Long perHour(By by) {
      long seconds = by == By.STAFF ? measuredSeconds - fixedPriceSeconds : measuredSeconds;
      return seconds == 0
          ? null
          : (Long) part(billed + fixedPriceBilled, SECONDS_AN_HOUR, BigDecimal.valueOf(seconds));
    }

    private Map<String, Object> json(By by) {
      return Json.object(
          "id", id,
          "name", name,
          "measuredSeconds", measuredSeconds,
          "billedMinutes", billedMinutes,
          "billed", billed,
          "paid", paid,
          "currency", currency,
          "fixedPriceBilled", fixedPriceBilled,
          "nonBillableSeconds", nonBillableSeconds,
          "fixedPriceSeconds", fixedPriceSeconds,
          "perHour", perHour(by));
    }
  }

  /** The lines of a row on one invoice, before discount: those of time, and of fixed prices. */
  private record Worked(long seconds, long minutes, long amount, long priced) {
    private static Worked of(Line line) {
      return line.kind() == Line.Kind.TIME
          ? new Worked(line.measuredSeconds(), line.billedMinutes(), line.amount(), 0)
          : new Worked(0, 0, 0, line.amount());
    }

    private Worked plus(Worked other) {
      return new Worked(
          seconds + other.seconds,
          minutes + other.minutes,
          amount + other.amount,
          priced + other.priced);
    }
  }

  private record Key(String id, String currency) {}

  /**
   * Groups work.
   *
   * @param names of customers, services or staff, by their ids
   */
  static Realisation of(By by, Facts facts, Map<String, String> names) {
    Map<Key, Row> rows = new LinkedHashMap<>();
    for (Invoice invoice : facts.invoices()) {
      if (invoice.state().frozen() && invoice.state() != InvoiceState.VOID) {
        worked(by, facts, invoice)
            .forEach(
                (id, worked) ->
                    rows.merge(
                        new Key(id, invoice.currency()),
                        row(invoice, id, names.getOrDefault(id, ""), worked),
                        Row::plus));
      }
    }
    for (TimeEntry entry : facts.notBilled()) {
      String id = by.id(entry);
      boolean fixedPriced = facts.fixedPriced().contains(entry.serviceId());
      rows.merge(
          new Key(id, entry.currency()),
          Row.notBilled(id, names.getOrDefault(id, ""), entry, fixedPriced),
          Row::plus);
    }
    return new Realisation(
        by,
        rows.values().stream()
            .sorted(
                Comparator.comparing(Row::name, String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(Row::id)
                    .thenComparing(Row::currency))
            .toList());
  }

  private static Map<String, Worked> worked(By by, Facts facts, Invoice invoice) {
    Map<String, Worked> found = new LinkedHashMap<>();
    for (Line line : invoice.lines()) {
      if (line.kind() == Line.Kind.TIME && facts.billed().containsKey(line.timeEntryId())) {
        String id = by.id(facts.billed().get(line.timeEntryId()));
        found.merge(id, Worked.of(line), Worked::plus);
      }
    }
    facts
        .priced(by, invoice)
        .forEach(line -> found.merge(by.id(invoice, line), Worked.of(line), Worked::plus));
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
        invoice.currency(),
        billed(worked.priced(), invoice),
        0,
        0);
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
              Map<String, Object> cells = row.json(by);
              cells.put("billedDecimal", Money.decimal(row.billed(), row.currency()));
              cells.put("paidDecimal", Money.decimal(row.paid(), row.currency()));
              cells.put(
                  "fixedPriceBilledDecimal", Money.decimal(row.fixedPriceBilled(), row.currency()));
              Long perHour = row.perHour(by);
              cells.put(
                  "perHourDecimal",
                  perHour == null ? null : Money.decimal(perHour, row.currency()));
              return cells;
            })
        .toList();
  }

  /** As responses show it. */
  Map<String, Object> json() {
    return Json.object("rows", rows.stream().map(row -> row.json(by)).toList());
  }
}
