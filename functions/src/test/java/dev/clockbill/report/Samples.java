package dev.clockbill.report;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Letterhead;
import dev.clockbill.firm.Permissions;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Money;
import dev.clockbill.table.Item;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** A firm in Auckland, its time and its invoices, as the tests of reports need them. */
final class Samples {
  static final long RATE = 25_000;

  private Samples() {}

  static FirmSettings firm() {
    return new FirmSettings(
        "firm",
        "Park & Partners",
        "billing@park.example",
        null,
        "USD",
        ZoneId.of("Pacific/Auckland"),
        new FirmSettings.Billing(1, FirmSettings.Rounding.UP, 1),
        new FirmSettings.Invoicing("", 14, FirmSettings.OnStop.NEW_DRAFT, false, List.of(), ""),
        new FirmSettings.Reminders(List.of(), List.of(), List.of()),
        new FirmSettings.Payments(FirmSettings.PaymentsStatus.READY, "acct_1"),
        Letterhead.NONE,
        Permissions.ALL,
        1);
  }

  static TimeEntry time(String id, String customer, String service, String staff, long minutes) {
    return time(id, customer, service, staff, minutes, "USD");
  }

  static TimeEntry time(
      String id, String customer, String service, String staff, long minutes, String currency) {
    Instant start = Instant.parse("2026-11-20T01:00:00Z");
    return TimeEntryBuilder.builder()
        .timeEntryId(id)
        .customerId(customer)
        .customerName("as it was called then")
        .serviceId(service)
        .serviceName("as it was called then")
        .staffId(staff)
        .staffName("as it was called then")
        .startedAt(start)
        .stoppedAt(start.plusSeconds(minutes * 60 - 20))
        .workedOn(LocalDate.of(2026, 11, 20))
        .measuredSeconds(minutes * 60 - 20)
        .billedMinutes(minutes)
        .hourlyRate(RATE)
        .rateSource(TimeEntry.RateSource.SERVICE)
        .currency(currency)
        .amount(Money.ofTime(minutes, RATE))
        .note("")
        .overlaps(List.of())
        .invoiceId("invoice")
        .state(TimeEntry.State.BILLED)
        .rule(firm().billing())
        .version(1)
        .build();
  }

  static Payment payment(String kind, String status, long amount, String at) {
    return PaymentItem.of(
        item(
            "item", PaymentItem.key("invoice", "pi_1"),
            "kind", kind,
            "status", status,
            "amount", amount,
            "at", at));
  }

  /** An invoice in the making; the one that is asked for has 10 percent tax. */
  record Draft(
      InvoiceState state,
      String currency,
      List<Line> lines,
      Invoice.Discount discount,
      String issuedOn,
      long amountPaid) {

    static Draft of(Line... lines) {
      return new Draft(InvoiceState.SENT, "USD", List.of(lines), null, "2026-11-20", 0);
    }

    Draft in(InvoiceState other) {
      return new Draft(other, currency, lines, discount, issuedOn, amountPaid);
    }

    Draft in(String otherCurrency) {
      return new Draft(state, otherCurrency, lines, discount, issuedOn, amountPaid);
    }

    Draft less(String percent) {
      Invoice.Discount less = new Invoice.Discount(new BigDecimal(percent), 0);
      return new Draft(state, currency, lines, less, issuedOn, amountPaid);
    }

    Draft issued(String day) {
      return new Draft(state, currency, lines, discount, day, amountPaid);
    }

    Draft paid(long amount) {
      return new Draft(
          InvoiceState.byPayment(Long.MAX_VALUE, amount),
          currency,
          lines,
          discount,
          issuedOn,
          amount);
    }

    Invoice made() {
      LocalDate day = issuedOn == null ? null : LocalDate.parse(issuedOn);
      LocalDate due = day == null ? null : day.plusDays(14);
      return InvoiceItem.of(
              item(
                  "item",
                  InvoiceItem.key("invoice"),
                  "state",
                  state.word(),
                  "customer",
                  Json.object("customerId", "ada", "name", "Ada Lovelace"),
                  "currency",
                  currency,
                  "taxes",
                  List.of(Json.object("name", "Sales tax", "ratePercent", "10", "amount", 0L)),
                  "subtotal",
                  0L,
                  "total",
                  0L,
                  "amountPaid",
                  amountPaid,
                  "issuedOn",
                  day,
                  "version",
                  1L))
          .edited(lines, discount, due, "");
    }
  }

  private static Item item(Object... namesAndValues) {
    return new Item(Item.values(Json.object(namesAndValues)));
  }
}
