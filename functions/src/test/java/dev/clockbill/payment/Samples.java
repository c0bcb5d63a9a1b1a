package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Letterhead;
import dev.clockbill.firm.Permissions;
import dev.clockbill.invoice.Delivery;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
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
    return new Invoice(
        "01KAP4T7E8R9S0T1V2W3X4Y5Z6",
        state,
        "INV-2026-0042",
        new Invoice.Party(
            "01KAP3Q4WZ5X6Y7Z8A9BACBDCF",
            "Ada <Lovelace>",
            "ada@example.test",
            "12 St James's Square\nLondon"),
        currency,
        lines(),
        total,
        null,
        List.of(new Invoice.TaxAmount("Sales tax", new BigDecimal("8.25"), 0)),
        total,
        amountPaid,
        LocalDate.of(2026, 11, 25),
        LocalDate.of(2026, 12, 9),
        "Thank you for your trust.",
        TOKEN,
        new Delivery(DeliveryStatus.DELIVERED, null),
        null,
        LocalDate.of(2026, 11, 25),
        1,
        null,
        null,
        "timer-1",
        0,
        Invoice.Links.NONE,
        Invoice.Marks.NONE,
        5);
  }

  private static List<Line> lines() {
    return List.of(
        new Line(
            "01KAP4T7E8R9S0T1V2W3X4Y5Z7",
            Line.Kind.TIME,
            "Tax resolution: letter to the authority, with attachments",
            "01KAP4T7E8R9S0T1V2W3X4Y5Z8",
            LocalDate.of(2026, 11, 24),
            5_432L,
            91L,
            25_000L,
            true,
            37_917,
            List.of()),
        new Line(
            "01KAP4T7E8R9S0T1V2W3X4Y5Z9",
            Line.Kind.FIXED,
            "Filing fee",
            null,
            null,
            null,
            null,
            null,
            false,
            85_533,
            List.of()));
  }
}
