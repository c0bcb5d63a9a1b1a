package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Letterhead;
import dev.clockbill.firm.Permissions;
import dev.clockbill.invoice.Delivery;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceBuilder;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.LineBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** A firm and an invoice of it, as the tests of payments need them. */
final class Samples {
  static final String FIRM = "01KAP3Q4WZ5X6Y7Z8A9BACBDCE";
  static final String TOKEN = "q3VYbK9eT1uXo2pLr8sWdA";

  private Samples() {}

  static FirmSettings firm() {
    return firm(new FirmSettings.Payments(FirmSettings.PaymentsStatus.READY, "acct_1"));
  }

  static FirmSettings firmWithoutPayments() {
    return firm(new FirmSettings.Payments(FirmSettings.PaymentsStatus.MISSING, null));
  }

  private static FirmSettings firm(FirmSettings.Payments payments) {
    return new FirmSettings(
        FIRM,
        "Park & Partners",
        "billing@park.example",
        "1 Main Street\nSpringfield",
        "USD",
        ZoneId.of("UTC"),
        new FirmSettings.Billing(1, FirmSettings.Rounding.UP, 1),
        new FirmSettings.Invoicing(
            "INV-{yyyy}-", 14, FirmSettings.OnStop.NEW_DRAFT, false, List.of(), ""),
        new FirmSettings.Reminders(List.of(), List.of(), List.of()),
        payments,
        Letterhead.NONE,
        Permissions.ALL,
        1);
  }

  static Invoice invoice(InvoiceState state, long total, long amountPaid) {
    return invoice(state, "USD", total, amountPaid);
  }

  static Invoice invoice(InvoiceState state, String currency, long total, long amountPaid) {
    return InvoiceBuilder.builder()
        .invoiceId("01KAP4T7E8R9S0T1V2W3X4Y5Z6")
        .state(state)
        .number("INV-2026-0042")
        .customer(
            new Invoice.Party(
                "01KAP3Q4WZ5X6Y7Z8A9BACBDCF",
                "Ada <Lovelace>",
                "ada@example.test",
                "12 St James's Square\nLondon"))
        .currency(currency)
        .lines(lines())
        .subtotal(total)
        .taxes(List.of(new Invoice.TaxAmount("Sales tax", new BigDecimal("8.25"), 0)))
        .total(total)
        .amountPaid(amountPaid)
        .issuedOn(LocalDate.of(2026, 11, 25))
        .dueOn(LocalDate.of(2026, 12, 9))
        .note("Thank you for your trust.")
        .payToken(TOKEN)
        .delivery(new Delivery(DeliveryStatus.DELIVERED, null))
        .madeOn(LocalDate.of(2026, 11, 25))
        .mails(1)
        .execution("timer-1")
        .links(Invoice.Links.NONE)
        .version(5)
        .build();
  }

  private static List<Line> lines() {
    Line time =
        LineBuilder.builder()
            .lineId("01KAP4T7E8R9S0T1V2W3X4Y5Z7")
            .kind(Line.Kind.TIME)
            .description("Tax resolution: letter to the authority, with attachments")
            .timeEntryId("01KAP4T7E8R9S0T1V2W3X4Y5Z8")
            .workedOn(LocalDate.of(2026, 11, 24))
            .measuredSeconds(5_432L)
            .billedMinutes(91L)
            .hourlyRate(25_000L)
            .taxable(true)
            .amount(37_917)
            .edited(List.of())
            .build();
    return List.of(time, Line.fixed("Filing fee", 85_533, false));
  }
}
