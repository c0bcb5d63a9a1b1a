package dev.clockbill.invoice.send;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.NumberCounter;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import java.time.LocalDate;

/**
 * What an invoice gets when it is numbered.
 *
 * @param counter where the number comes from, as it was read
 * @param number as printed
 * @param issuedOn today where the firm is
 * @param dueOn by the firm's terms, unless a person set it
 */
public record NextNumber(
    NumberCounter counter, String number, LocalDate issuedOn, LocalDate dueOn) {

  /** What it would get now. */
  static NextNumber next(Table table, FirmSettings firm, Invoice invoice) {
    LocalDate today = firm.day(Time.now());
    NumberCounter counter = NumberCounter.read(table, firm, today);
    return new NextNumber(
        counter,
        PrintedNumber.printed(firm.invoicing().numberPrefix(), today, counter.next()),
        today,
        invoice.dueOn() == null ? today.plusDays(firm.invoicing().termsDays()) : invoice.dueOn());
  }
}
