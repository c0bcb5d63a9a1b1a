package dev.clockbill.invoice.send;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.NumberCounter;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceBuilder;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.time.LocalDate;
import java.util.Locale;

/**
 * The number that an invoice gets next, with the dates that go with it.
 *
 * @param counter the firm's counter, as it was read
 * @param number as printed
 * @param issuedOn today in the firm's time zone
 * @param dueOn by the customer's own terms or else the firm's, unless a person set it; never before
 *     the day of issue, which may have begun since Send was pressed
 */
public record InvoiceNumber(
    NumberCounter counter, String number, LocalDate issuedOn, LocalDate dueOn) {

  /** The number that an invoice would get now. */
  static InvoiceNumber next(Table table, FirmSettings firm, Invoice invoice) {
    LocalDate today = firm.day(Time.now());
    return of(NumberCounter.read(table, firm, today), firm, invoice, today);
  }

  private static InvoiceNumber of(
      NumberCounter counter, FirmSettings firm, Invoice invoice, LocalDate today) {
    return new InvoiceNumber(
        counter,
        printed(firm.invoicing().numberPrefix(), today, counter.next()),
        today,
        dueOn(firm, invoice, today));
  }

  /** The number that it gets where the counter has moved on meanwhile, by the counter's item. */
  InvoiceNumber after(Item moved, FirmSettings firm, Invoice invoice) {
    return of(counter.as(moved), firm, invoice, issuedOn);
  }

  private static LocalDate dueOn(FirmSettings firm, Invoice invoice, LocalDate today) {
    if (invoice.dueOn() == null) {
      return today.plusDays(invoice.customer().terms(firm));
    }
    return invoice.dueOn().isBefore(today) ? today : invoice.dueOn();
  }

  /**
   * A number as printed: the prefix, in which {@code {yyyy}} stands for the year of issue, and at
   * least four digits.
   */
  public static String printed(String prefix, LocalDate issuedOn, long number) {
    String year = String.format(Locale.ROOT, "%04d", issuedOn.getYear());
    return prefix.replace(NumberCounter.YEAR, year) + String.format(Locale.ROOT, "%04d", number);
  }

  /** An invoice with this number. */
  Invoice on(Invoice invoice, String payToken) {
    return InvoiceBuilder.builder(invoice)
        .number(number)
        .issuedOn(issuedOn)
        .dueOn(dueOn)
        .payToken(payToken)
        .build();
  }
}
