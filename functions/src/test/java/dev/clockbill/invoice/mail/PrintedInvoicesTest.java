package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.firm.FirmSettings.Grouping;
import dev.clockbill.firm.FirmSettings.Tax;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.Line.Named;
import dev.clockbill.invoice.Line.Price;
import dev.clockbill.invoice.mail.InvoicePdf.Sum;
import dev.clockbill.invoice.mail.PrintedTable.Group;
import dev.clockbill.invoice.mail.PrintedTable.PrintedLine;
import dev.clockbill.shared.LocalTexts;
import dev.clockbill.shared.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Invoices of every kind, recomputed from what is printed on them and nothing else. */
class PrintedInvoicesTest {

  @Provide
  Arbitrary<Invoice> invoices() {
    return Combinators.combine(
            Arbitraries.of("USD", "EUR", "JPY", "KRW", "BHD", "KWD"),
            Arbitraries.oneOf(time(), fixed(), priced()).list().ofMinSize(1).ofMaxSize(6),
            discount().injectNull(0.3),
            taxes(),
            Arbitraries.of(Grouping.values()).injectNull(0.5))
        .as(
            (currency, lines, discount, taxes, grouping) ->
                PdfSamples.invoice(currency, lines, discount, taxes, "Harbour Foods Ltd")
                    .withGrouping(grouping));
  }

  private static Arbitrary<Line> time() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 6_000),
            Arbitraries.longs().between(0, 2_000_000),
            Arbitraries.of(true, true, true, false))
        .as(
            (minutes, rate, taxable) ->
                PdfSamples.time("Work", PdfSamples.ISSUED, minutes, rate)
                    .edited("Work", minutes, rate, taxable)
                    .withService(minutes % 2 == 0 ? null : new Named("advice", "Advice"))
                    .withStaff(rate % 3 == 0 ? null : new Named("" + rate % 3, "Person")));
  }

  /** So many times a price, which is what some service costs, or taken off. */
  private static Arbitrary<Line> priced() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 99_999),
            Arbitraries.longs().between(-50_000, 500_000),
            Arbitraries.of(true, false),
            Arbitraries.of("Returns", "Filings").injectNull(0.3))
        .as(
            (thousandths, unit, taxable, service) ->
                Line.fixed(
                    "Piece",
                    service == null ? null : new Named(service, service),
                    new Price(BigDecimal.valueOf(thousandths, 3), unit),
                    0,
                    taxable));
  }

  /** Fixed amounts, credits among them. */
  private static Arbitrary<Line> fixed() {
    return Combinators.combine(
            Arbitraries.longs().between(-500_000, 5_000_000), Arbitraries.of(true, false))
        .as((amount, taxable) -> Line.fixed("Fee", amount, taxable));
  }

  private static Arbitrary<Discount> discount() {
    return Arbitraries.oneOf(
        percents(100, 2).map(percent -> new Discount(percent, 0)),
        Arbitraries.longs().between(0, 1_000_000).map(amount -> new Discount(null, amount)));
  }

  private static Arbitrary<List<Tax>> taxes() {
    return percents(30, 4).map(rate -> new Tax("Levy", rate)).list().ofMaxSize(4);
  }

  private static Arbitrary<BigDecimal> percents(long most, int decimals) {
    long scale = BigDecimal.ONE.movePointRight(decimals).longValueExact();
    return Arbitraries.longs()
        .between(0, most * scale)
        .map(units -> BigDecimal.valueOf(units, decimals).stripTrailingZeros())
        .map(percent -> percent.scale() < 0 ? percent.setScale(0) : percent);
  }

  @Property(tries = 100_000, edgeCases = EdgeCasesMode.MIXIN)
  void failure4_whatIsPrintedRecomputesOnAHundredThousandInvoices(
      @ForAll("invoices") Invoice invoice) {
    // An invoice never owes the customer money: such a draft cannot be saved.
    if (invoice.total() >= 0) {
      PrintedSums.recompute(rows(invoice), invoice.currency());
    }
  }

  @Property
  void failure16_anAmountIsPrintedWithTheDecimalsOfItsCurrency(@ForAll long amount) {
    assertThat(digits("JPY", amount)).doesNotContain(".");
    assertThat(digits("USD", amount)).matches("-?\\d+\\.\\d{2}");
    assertThat(digits("BHD", amount)).matches("-?\\d+\\.\\d{3}");
    for (String currency : List.of("JPY", "USD", "BHD")) {
      assertThat(new BigDecimal(digits(currency, amount)).movePointRight(Money.decimals(currency)))
          .isEqualByComparingTo(BigDecimal.valueOf(amount));
    }
  }

  private static String digits(String currency, long amount) {
    String printed =
        LocalTexts.of(LocalTexts.locale(Optional.empty(), currency)).money(amount, currency);
    assertThat(printed).matches("-?(\\$|¥|BHD\u00a0)[0-9,.]+");
    return printed.replaceAll("[^-0-9.]", "");
  }

  /** The rows of the table as they are printed below one another. */
  private static String rows(Invoice invoice) {
    InvoicePdf pdf = InvoicePdf.asSent(PdfSamples.firm(), null, invoice, PdfSamples.BASE);
    List<String> rows = new ArrayList<>(List.of("Harbour Foods Ltd"));
    for (Group group : pdf.table().groups()) {
      rows.add(
          row(
              Stream.concat(
                  Stream.concat(Stream.of(group.heading()), group.columns().stream()),
                  Stream.of("Amount"))));
      for (PrintedLine line : group.lines()) {
        rows.add(
            row(
                Stream.concat(
                    line.description().stream(),
                    Stream.of(line.many(), line.price(), line.amount()))));
        rows.add(row(Stream.of(line.about(), line.minutes(), line.each())));
      }
      if (group.subtotal() != null) {
        rows.add(row(Stream.of(group.subtotal().name(), group.subtotal().amount())));
      }
    }
    Stream.concat(pdf.sums().stream(), Stream.of(pdf.due()))
        .map((Sum sum) -> row(Stream.of(sum.name(), sum.amount())))
        .forEach(rows::add);
    return String.join("\n", rows);
  }

  private static String row(Stream<String> cells) {
    return String.join(" ", cells.filter(cell -> !cell.isEmpty()).toList()).replace('\u00a0', ' ');
  }
}
