package dev.clockbill.office;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerBuilder;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.NumberCounter;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceBuilder;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.LineBuilder;
import dev.clockbill.invoice.draft.DraftRules;
import dev.clockbill.invoice.send.InvoiceNumber;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Money;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * An invoice that nobody gets: it shows a firm what its customers will see, with its own
 * letterhead, taxes and next number. It is printed as any other, is marked as a draft, and is never
 * kept.
 */
final class SampleInvoice {
  private static final long MINUTES = 90;

  private SampleInvoice() {}

  /** A sample as the firm would send it now; the counter of its numbers is only read. */
  static Invoice of(Table table, FirmSettings firm) {
    LocalDate today = firm.day(Time.now());
    Invoice draft =
        DraftRules.opened(
            firm,
            Invoice.Party.of(customer()),
            firm.currency(),
            List.of(
                time(today, rate(firm)),
                Line.fixed("Filing fee, paid on your behalf", rate(firm) / 2, false)),
            null,
            Invoice.Links.NONE);
    long next = NumberCounter.read(table, firm, today).next();
    return InvoiceBuilder.builder(draft)
        .number(InvoiceNumber.printed(firm.invoicing().numberPrefix(), today, next))
        .issuedOn(today)
        .dueOn(today.plusDays(firm.invoicing().termsDays()))
        .build();
  }

  private static Customer customer() {
    return CustomerBuilder.builder()
        .customerId(Ids.next())
        .name("A customer of yours")
        .email("customer@example.com")
        .ownAddress("12 Example Street\nTheir Town")
        .rates(Map.of())
        .active(true)
        .version(1)
        .build();
  }

  private static Line time(LocalDate today, long hourlyRate) {
    return LineBuilder.builder()
        .lineId(Ids.next())
        .kind(Line.Kind.TIME)
        .description("Your service: what was done, as your note says it")
        .workedOn(today)
        .measuredSeconds(MINUTES * 60)
        .billedMinutes(MINUTES)
        .hourlyRate(hourlyRate)
        .taxable(true)
        .amount(Money.ofTime(MINUTES, hourlyRate))
        .edited(List.of())
        .build();
  }

  /** A rate that looks like one in currencies with cents and without. */
  private static long rate(FirmSettings firm) {
    return Money.decimals(firm.currency()) == 3 ? 150_000 : 15_000;
  }
}
