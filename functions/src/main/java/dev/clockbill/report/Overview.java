package dev.clockbill.report;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.shared.Json;
import dev.clockbill.timer.TimeEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * Where the firm is today, and its last twelve months. Counts include every currency; amounts, in
 * minor units, only what is in the firm's currency.
 *
 * @param currency the firm's
 * @param drafts their totals
 * @param overdue what is still due of invoices that should have been paid by now
 * @param unbilled time that is on no living invoice
 * @param months oldest first; the last one is the present one
 */
record Overview(
    String currency, int runningTimers, Sum drafts, Sum overdue, Sum unbilled, List<Month> months) {
  private static final int MONTHS = 12;

  /** How many there are, and what they come to. */
  record Sum(int count, long amount) {
    private Map<String, Object> json() {
      return Json.object("count", count, "amount", amount);
    }
  }

  /**
   * A month of the firm's time zone.
   *
   * @param billed the totals, taxes included, of the invoices issued in it that are not void
   * @param paid the payments settled in it, whenever their invoices were issued, less refunds and
   *     lost disputes of it
   */
  record Month(YearMonth month, long billed, long paid) {
    private Map<String, Object> json() {
      return Json.object("month", month.toString(), "billed", billed, "paid", paid);
    }
  }

  /** The first month of an overview. */
  static YearMonth firstMonth(LocalDate today) {
    return YearMonth.from(today).minusMonths(MONTHS - 1);
  }

  /**
   * Adds everything up.
   *
   * @param today the firm's
   * @param invoices all drafts, all that are to be paid, all that were issued in the months
   * @param unbilled all of it
   * @param received in the months
   */
  static Overview of(
      FirmSettings firm,
      LocalDate today,
      int runningTimers,
      List<Invoice> invoices,
      List<TimeEntry> unbilled,
      List<Received> received) {
    String currency = firm.currency();
    return new Overview(
        currency,
        runningTimers,
        sum(invoices, currency, invoice -> !invoice.state().frozen(), Invoice::total),
        sum(invoices, currency, invoice -> invoice.overdue(today), Invoice::amountDue),
        new Sum(
            unbilled.size(),
            unbilled.stream()
                .filter(entry -> entry.currency().equals(currency))
                .mapToLong(TimeEntry::amount)
                .sum()),
        LongStream.range(0, MONTHS)
            .mapToObj(firstMonth(today)::plusMonths)
            .map(month -> month(month, firm, invoices, received))
            .toList());
  }

  private static Sum sum(
      List<Invoice> invoices,
      String currency,
      Predicate<Invoice> counted,
      ToLongFunction<Invoice> amount) {
    List<Invoice> found = invoices.stream().filter(counted).toList();
    return new Sum(
        found.size(),
        found.stream()
            .filter(invoice -> invoice.currency().equals(currency))
            .mapToLong(amount)
            .sum());
  }

  private static Month month(
      YearMonth month, FirmSettings firm, List<Invoice> invoices, List<Received> received) {
    return new Month(
        month,
        invoices.stream()
            .filter(invoice -> invoice.currency().equals(firm.currency()))
            .filter(invoice -> invoice.state() != InvoiceState.VOID)
            .filter(invoice -> invoice.issuedOn() != null)
            .filter(invoice -> YearMonth.from(invoice.issuedOn()).equals(month))
            .mapToLong(Invoice::total)
            .sum(),
        received.stream()
            .filter(one -> one.currency().equals(firm.currency()))
            .filter(one -> monthOf(one.payment().at(), firm.timeZone()).equals(month))
            .mapToLong(one -> one.payment().net())
            .sum());
  }

  private static YearMonth monthOf(Instant at, ZoneId zone) {
    return YearMonth.from(at.atZone(zone));
  }

  /** As responses show it. */
  Map<String, Object> json() {
    return Json.object(
        "currency", currency,
        "runningTimers", runningTimers,
        "drafts", drafts.json(),
        "overdue", overdue.json(),
        "unbilled", unbilled.json(),
        "months", months.stream().map(Month::json).toList());
  }
}
