package dev.clockbill.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.firm.FirmSettings.Tax;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Pricing.Totals;
import dev.clockbill.shared.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class PricingTest {
  private static final BigInteger TWO = BigInteger.TWO;

  @Provide
  Arbitrary<List<Line>> lines() {
    return Combinators.combine(
            Arbitraries.longs().between(-1_000_000, 10_000_000), Arbitraries.of(true, false))
        .as((amount, taxable) -> Line.fixed("Work", amount, taxable))
        .list()
        .ofMaxSize(90);
  }

  @Provide
  Arbitrary<List<Tax>> taxes() {
    return Arbitraries.bigDecimals()
        .between(BigDecimal.ZERO, BigDecimal.valueOf(100))
        .ofScale(4)
        .map(rate -> new Tax("Tax", rate))
        .list()
        .ofMaxSize(4);
  }

  @Property
  void printedSumsRecompute(@ForAll("lines") List<Line> lines, @ForAll("taxes") List<Tax> taxes) {
    Totals totals = Pricing.of(lines, null, taxes);
    assertThat(totals.subtotal()).isEqualTo(lines.stream().mapToLong(Line::amount).sum());
    assertThat(totals.total())
        .isEqualTo(
            totals.subtotal() + totals.taxes().stream().mapToLong(tax -> tax.amount()).sum());
  }

  @Property
  void aTaxIsTheRateOnTheTaxableLinesRoundedHalfUpOnce(
      @ForAll("lines") List<Line> lines, @ForAll("taxes") List<Tax> taxes) {
    long taxable = lines.stream().filter(Line::taxable).mapToLong(Line::amount).sum();
    for (Invoice.TaxAmount tax : Pricing.of(lines, null, taxes).taxes()) {
      BigDecimal exact = tax.ratePercent().movePointLeft(2).multiply(BigDecimal.valueOf(taxable));
      assertThat(exact.subtract(BigDecimal.valueOf(tax.amount())).abs())
          .isLessThanOrEqualTo(new BigDecimal("0.5"));
    }
  }

  @Property
  void aTimeLineIsMinutesTimesRateBySixtyRoundedHalfUp(
      @ForAll @LongRange(min = 0, max = 100_000) long minutes,
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long rate) {
    BigInteger product = BigInteger.valueOf(minutes).multiply(BigInteger.valueOf(rate));
    BigInteger halfUp =
        product.multiply(TWO).add(BigInteger.valueOf(60)).divide(BigInteger.valueOf(120));
    assertThat(BigInteger.valueOf(Money.ofTime(minutes, rate))).isEqualTo(halfUp);
  }

  @Property
  void aDiscountNeverTakesMoreThanTheSubtotal(
      @ForAll("lines") List<Line> lines, @ForAll @LongRange(min = 0) long amount) {
    Totals totals = Pricing.of(lines, new Discount(null, amount), List.of());
    assertThat(totals.discount().amount()).isBetween(0L, Math.max(0, totals.subtotal()));
  }

  @Example
  void aDiscountIsSharedOverTaxedAndUntaxedLinesInProportion() {
    List<Line> lines =
        List.of(Line.fixed("Taxed", 10_001, true), Line.fixed("Untaxed", 5_000, false));
    Totals totals =
        Pricing.of(
            lines,
            new Discount(new BigDecimal("10"), 0),
            List.of(
                new Tax("State", new BigDecimal("8.25")), new Tax("City", new BigDecimal("1.5"))));
    assertThat(totals.subtotal()).isEqualTo(15_001);
    assertThat(totals.discount().amount()).isEqualTo(1_500);
    // 10001 − 1500 × 10001 ÷ 15001 = 9000.99…
    assertThat(totals.taxes()).extracting(Invoice.TaxAmount::amount).containsExactly(743L, 135L);
    assertThat(totals.total()).isEqualTo(15_001 - 1_500 + 743 + 135);
  }

  @Example
  void linesThatCancelOutAreTaxedByTheirTaxableShare() {
    List<Line> lines = List.of(Line.fixed("Taxed", 100, true), Line.fixed("Credit", -100, false));
    Totals totals = Pricing.of(lines, null, List.of(new Tax("VAT", new BigDecimal("20"))));
    assertThat(totals.total()).isEqualTo(20);
  }

  @Example
  void aFullDiscountLeavesNothingToTax() {
    Totals totals =
        Pricing.of(
            List.of(Line.fixed("Work", 999, true)),
            new Discount(new BigDecimal("100"), 0),
            List.of(new Tax("VAT", new BigDecimal("20"))));
    assertThat(totals.total()).isZero();
  }
}
