package dev.clockbill.invoice.mail;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.FirmSettings.Tax;
import dev.clockbill.firm.Letterhead;
import dev.clockbill.firm.Permissions;
import dev.clockbill.invoice.Delivery;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.InvoiceBuilder;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.LineBuilder;
import dev.clockbill.invoice.Pricing;
import dev.clockbill.shared.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Invoices to print. */
final class PdfSamples {
  static final LocalDate ISSUED = LocalDate.of(2026, 11, 25);
  static final String BASE = "https://clockbill.example";

  private PdfSamples() {}

  /** An invoice to look at, with the name of its file. */
  record Named(String name, InvoicePdf pdf) {}

  static List<Named> all() {
    return List.of(
        sent("one-line", oneLine()),
        sent("forty-lines", fortyLines()),
        sent("grouped", grouped(20)),
        sent("three-taxes", threeTaxes()),
        sent("long-name", longName()),
        sent("wide", wide()),
        sent("yen", yen()),
        sent("dinars", dinars()),
        new Named("draft", InvoicePdf.asItIs(firm(), null, draft(), BASE)));
  }

  private static Named sent(String name, Invoice invoice) {
    return new Named(name, InvoicePdf.asSent(firm(), null, invoice, BASE));
  }

  static FirmSettings firm() {
    return firm("Registered in England 01234567\nVAT GB 123 4567 89");
  }

  static FirmSettings firm(String footer) {
    return new FirmSettings(
        "01FIRM",
        "Shah & Co",
        "office@shah.example",
        "12 Quay Street\nBristol BS1 5XX",
        "USD",
        ZoneId.of("Europe/London"),
        new FirmSettings.Billing(1, FirmSettings.Rounding.UP, 1),
        new FirmSettings.Invoicing(
            "INV-", 14, FirmSettings.OnStop.NEW_DRAFT, false, List.of(), footer),
        new FirmSettings.Reminders(List.of(), List.of(), List.of()),
        new FirmSettings.Payments(FirmSettings.PaymentsStatus.READY, "acct_1"),
        Letterhead.NONE,
        Permissions.ALL,
        1);
  }

  static Tax tax(String name, String ratePercent) {
    return new Tax(name, new BigDecimal(ratePercent));
  }

  static Line time(String description, LocalDate day, long minutes, long hourlyRate) {
    return LineBuilder.builder()
        .lineId("01LINE")
        .kind(Line.Kind.TIME)
        .description(description)
        .timeEntryId("01ENTRY")
        .workedOn(day)
        .measuredSeconds(minutes * 60 - 17)
        .billedMinutes(minutes)
        .hourlyRate(hourlyRate)
        .taxable(true)
        .amount(Money.ofTime(minutes, hourlyRate))
        .edited(List.of())
        .build();
  }

  static Invoice invoice(
      String currency, List<Line> lines, Discount discount, List<Tax> taxes, String customer) {
    Pricing.Totals totals = Pricing.of(lines, discount, taxes);
    return InvoiceBuilder.builder()
        .invoiceId("01INVOICE")
        .state(InvoiceState.SENDING)
        .number("INV-0042")
        .customer(new Party("01CUSTOMER", customer, "to@harbour.example", "4 Dock Road\nPoole"))
        .currency(currency)
        .lines(lines)
        .subtotal(totals.subtotal())
        .discount(totals.discount())
        .taxes(totals.taxes())
        .total(totals.total())
        .issuedOn(ISSUED)
        .dueOn(ISSUED.plusDays(14))
        .note("")
        .payToken("3q2-7wABCDEFGHIJKLMNOP")
        .delivery(new Delivery(DeliveryStatus.QUEUED, Instant.EPOCH))
        .madeOn(ISSUED.minusDays(2))
        .mails(1)
        .links(Invoice.Links.NONE)
        .version(3)
        .build();
  }

  static Invoice oneLine() {
    return invoice(
        "GBP",
        List.of(time("Tax advice – year-end planning", ISSUED.minusDays(3), 90, 14_000)),
        null,
        List.of(tax("VAT", "20")),
        "Harbour Foods Ltd");
  }

  static Invoice draft() {
    return InvoiceBuilder.builder(oneLine())
        .state(InvoiceState.DRAFT)
        .number(null)
        .issuedOn(null)
        .dueOn(null)
        .note("Thank you for your trust.")
        .payToken(null)
        .delivery(Delivery.NONE)
        .mails(0)
        .version(1)
        .build();
  }

  static Invoice fortyLines() {
    List<Line> lines = new ArrayList<>();
    List<String> work =
        List.of(
            "Bookkeeping",
            "Payroll: month-end run for 14 people",
            "VAT registration for € sales (“Łódź”)",
            "Phone call about the letter of 3 November",
            "Ελληνικά, Кириллица, Tiếng Việt");
    for (int at = 0; at < 40; at++) {
      lines.add(
          time(
              work.get(at % work.size()),
              ISSUED.minusDays(40 - at),
              7 + 13L * at,
              8_950 + 10 * at));
    }
    return invoice("USD", lines, null, List.of(tax("Sales tax", "8.25")), "Harbour Foods Ltd");
  }

  /** Time of three services, so many tax returns, and fees, by service. */
  static Invoice grouped(int count) {
    List<String> services = List.of("Tax Resolution", "Bookkeeping", "Payroll");
    List<Line> lines = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      String service = services.get(at % services.size());
      lines.add(
          switch (at % 10) {
            case 8 ->
                Line.fixed(
                    "Tax return no. " + at,
                    new Line.Named("return", "Tax return"),
                    new Line.Price(new BigDecimal("1.5"), 45_000),
                    0,
                    true);
            case 9 -> Line.fixed("Other no. " + at, 5_000 + at, true);
            default ->
                time(service + " no. " + at, ISSUED.minusDays(at % 30), 7 + at, 8_950 + 10L * at)
                    .withService(new Line.Named(service, service));
          });
    }
    List<Tax> taxes = List.of(tax("Sales tax", "8.25"));
    return invoice("USD", lines, null, taxes, "Harbour Foods Ltd")
        .withGrouping(FirmSettings.Grouping.SERVICE);
  }

  static Invoice threeTaxes() {
    return invoice(
        "USD",
        List.of(
            time("Tax Resolution", ISSUED.minusDays(9), 59, 25_000),
            time("Tax Resolution", ISSUED.minusDays(8), 125, 25_000),
            Line.fixed("Court fee, passed on", 12_500, false),
            Line.fixed("Credit for the missed deadline", -4_000, true)),
        new Discount(new BigDecimal("7.5"), 0),
        List.of(tax("State tax", "6.25"), tax("City tax", "1.75"), tax("Transit tax", "0.6125")),
        "Harbour Foods Ltd");
  }

  static Invoice longName() {
    return invoice(
        "EUR",
        List.of(time("Jahresabschluss", ISSUED.minusDays(1), 61, 9_999)),
        null,
        List.of(),
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
            .repeat(2)
            .substring(0, 120));
  }

  static Invoice wide() {
    return invoice(
        "BHD",
        List.of(
            time(
                "Jahresabschluss " + "Donaudampfschifffahrtselektrizitäten".repeat(3),
                ISSUED.minusDays(1),
                60_000,
                1_000_000_000)),
        null,
        List.of(tax("Steuer".repeat(30), "19")),
        "Big");
  }

  static Invoice yen() {
    return invoice(
        "JPY",
        List.of(time("Bookkeeping", ISSUED.minusDays(1), 45, 12_345)),
        null,
        List.of(tax("消費税 Consumption tax", "10")),
        "山田 Yamada KK");
  }

  static Invoice dinars() {
    return invoice(
        "BHD",
        List.of(time("Audit", ISSUED.minusDays(1), 71, 31_250), Line.fixed("Copies", 1_234, false)),
        new Discount(null, 1_000),
        List.of(tax("VAT", "10")),
        "Manama Trading W.L.L.");
  }
}
