package dev.clockbill.invoice;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.NumberCounter;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Time;
import java.time.LocalDate;

/**
 * What an invoice gets when it is numbered.
 *
 * @param counter where the number comes from, as it was read
 * @param number as printed
 * @param issuedOn today where the firm is
 * @param dueOn by the firm's terms, unless a person set it
 */
record Numbering(NumberCounter counter, String number, LocalDate issuedOn, LocalDate dueOn) {

  /** What it would get now. */
  static Numbering next(Ledger ledger, FirmSettings firm, Invoice invoice) {
    LocalDate today = firm.day(Time.now());
    NumberCounter counter = NumberCounter.read(ledger, firm, today);
    return new Numbering(
        counter,
        Numbers.printed(firm.invoicing().numberPrefix(), today, counter.next()),
        today,
        invoice.dueOn() == null ? today.plusDays(firm.invoicing().termsDays()) : invoice.dueOn());
  }
}
