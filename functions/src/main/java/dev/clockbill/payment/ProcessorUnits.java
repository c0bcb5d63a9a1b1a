package dev.clockbill.payment;

import dev.clockbill.shared.LocalTexts;
import dev.clockbill.shared.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An amount in the processor's units, which are not always the minor units of ISO 4217.
 *
 * <p>Source: Stripe's documentation, "Supported currencies", as of 2026. Most currencies are
 * charged in hundredths, even ISK and UGX, which have no decimals. Currencies without decimals, and
 * MGA, are charged in whole units; those with three decimals in thousandths, in steps of ten. HUF
 * and TWD are whole in payouts only. Each settlement currency has a minimum amount; where Stripe
 * names none, it depends on the exchange rate of the day. Card payments have at most twelve digits;
 * other ways of paying have lower limits, and the processor's page offers only those that take the
 * amount.
 */
public final class ProcessorUnits {
  /** The currencies that Stripe takes in whole units. */
  private static final Set<String> WHOLE =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");

  /** The currencies that Stripe takes in thousandths, the last digit being 0. */
  private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  /** The least that Stripe charges, in its units. */
  private static final Map<String, Long> LEAST =
      Map.ofEntries(
          Map.entry("USD", 50L),
          Map.entry("AED", 200L),
          Map.entry("ARS", 50L),
          Map.entry("AUD", 50L),
          Map.entry("BRL", 50L),
          Map.entry("CAD", 50L),
          Map.entry("CHF", 50L),
          Map.entry("COP", 50L),
          Map.entry("CZK", 1500L),
          Map.entry("DKK", 250L),
          Map.entry("EUR", 50L),
          Map.entry("GBP", 30L),
          Map.entry("HKD", 400L),
          Map.entry("HUF", 17500L),
          Map.entry("IDR", 50L),
          Map.entry("ILS", 50L),
          Map.entry("INR", 50L),
          Map.entry("JPY", 50L),
          Map.entry("KRW", 50L),
          Map.entry("MXN", 1000L),
          Map.entry("MYR", 200L),
          Map.entry("NOK", 300L),
          Map.entry("NZD", 50L),
          Map.entry("PHP", 50L),
          Map.entry("PLN", 200L),
          Map.entry("RON", 200L),
          Map.entry("RUB", 50L),
          Map.entry("SEK", 300L),
          Map.entry("SGD", 50L),
          Map.entry("THB", 1000L),
          Map.entry("ZAR", 50L));

  /** The most that Stripe charges a card at once, in its units. */
  private static final long MOST = 999_999_999_999L;

  private ProcessorUnits() {}

  /** What can be charged of an amount: all of it or nothing. */
  public sealed interface Charge {}

  /**
   * It can be charged.
   *
   * @param units the processor's, as {@code unit_amount} has it
   * @param currency in lower case, as the processor has it
   */
  public record Chargeable(long units, String currency) implements Charge {}

  /**
   * It cannot be charged.
   *
   * @param reason a sentence that says why, for the customer
   */
  public record Refused(String reason) implements Charge {}

  /**
   * Turns an amount into the processor's units.
   *
   * @param amount above zero, minor units
   * @param currency ISO 4217 code
   * @param texts of the firm, for the sentence that says why not
   */
  public static Charge of(long amount, String currency, LocalTexts texts) {
    OptionalLong exactly = exactly(amount, currency);
    if (exactly.isEmpty()) {
      return new Refused(
          "Online payments in %s go in steps of %s."
              .formatted(currency, smallest(texts, currency, step(currency))));
    }
    long units = exactly.getAsLong();
    long least = LEAST.getOrDefault(currency, 1L);
    if (units < least) {
      return new Refused(
          "The least that can be paid online is %s.".formatted(smallest(texts, currency, least)));
    }
    return units > MOST
        ? new Refused(
            "The most that can be paid online at once is %s."
                .formatted(smallest(texts, currency, MOST)))
        : new Chargeable(units, currency.toLowerCase(Locale.ROOT));
  }

  /**
   * Turns an amount that is given back into the processor's units; nothing is too little or too
   * much for that.
   *
   * @return empty if the processor's units cannot express it
   */
  static OptionalLong exactly(long amount, String currency) {
    BigDecimal units =
        BigDecimal.valueOf(amount, Money.decimals(currency)).movePointRight(decimals(currency));
    boolean expressible =
        units.stripTrailingZeros().scale() <= 0 && units.longValueExact() % step(currency) == 0;
    return expressible ? OptionalLong.of(units.longValueExact()) : OptionalLong.empty();
  }

  /** An amount of the processor's in minor units, rounded half up where those are larger. */
  static long minor(long units, String currency) {
    return BigDecimal.valueOf(units, decimals(currency))
        .movePointRight(Money.decimals(currency))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private static long step(String currency) {
    return THOUSANDTHS.contains(currency) ? 10 : 1;
  }

  private static int decimals(String currency) {
    if (WHOLE.contains(currency)) {
      return 0;
    }
    return THOUSANDTHS.contains(currency) ? 3 : 2;
  }

  private static String smallest(LocalTexts texts, String currency, long units) {
    BigDecimal printed =
        BigDecimal.valueOf(units, decimals(currency)).movePointRight(Money.decimals(currency));
    return texts.money(printed.longValue(), currency);
  }
}
