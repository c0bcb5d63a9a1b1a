package dev.clockbill.invoice;

import dev.clockbill.firm.FirmSettings.Tax;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Invoice.TaxAmount;
import dev.clockbill.shared.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The sums of an invoice. Each printed amount is rounded half up once, from numbers that are
 * printed too, so that a customer can check it.
 */
public final class Pricing {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Pricing() {}

  /**
   * An invoice's sums, minor units.
   *
   * @param subtotal the sum of the lines as rounded
   * @param discount with the amount it comes to, or null
   * @param taxes each on its own; they do not compound
   * @param total subtotal − discount + taxes
   */
  public record Totals(long subtotal, Discount discount, List<TaxAmount> taxes, long total) {}

  /**
   * Adds up lines, takes off the discount, adds the taxes.
   *
   * @param discount a percentage of the subtotal, or an amount, of which no more than the subtotal
   *     is taken; or null
   */
  public static Totals of(List<Line> lines, Discount discount, List<Tax> taxes) {
    long subtotal = lines.stream().mapToLong(Line::amount).sum();
    long taxable = lines.stream().filter(Line::taxable).mapToLong(Line::amount).sum();
    Discount taken = discount == null ? null : taken(discount, subtotal);
    long off = taken == null ? 0 : taken.amount();
    List<TaxAmount> amounts =
        taxes.stream().map(tax -> amount(tax, taxable, subtotal, off)).toList();
    long total = subtotal - off + amounts.stream().mapToLong(TaxAmount::amount).sum();
    return new Totals(subtotal, taken, amounts, total);
  }

  private static Discount taken(Discount discount, long subtotal) {
    long most = Math.max(0, subtotal);
    return discount.taking(
        discount.percent() == null
            ? Math.min(discount.asked(), most)
            : Money.percent(discount.percent(), BigDecimal.valueOf(most)));
  }

  /**
   * A tax on taxable − discount × taxable ÷ subtotal: the discount is shared over all lines in
   * proportion, and nothing is rounded before the end.
   */
  private static TaxAmount amount(Tax tax, long taxable, long subtotal, long off) {
    BigDecimal share = tax.ratePercent().multiply(BigDecimal.valueOf(taxable));
    BigDecimal amount =
        off == 0
            ? share.divide(HUNDRED, 0, RoundingMode.HALF_UP)
            : share
                .multiply(BigDecimal.valueOf(subtotal - off))
                .divide(HUNDRED.multiply(BigDecimal.valueOf(subtotal)), 0, RoundingMode.HALF_UP);
    return new TaxAmount(tax.name(), tax.ratePercent(), amount.longValueExact());
  }
}
