package dev.clockbill.local.processor;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The amounts that Stripe accepts: smallest units, smallest and greatest charges and special cases.
 *
 * <p>Source: Stripe's documentation, "Supported currencies", as of 2026: a smallest charge for each
 * settlement currency, and at most twelve digits for card payments.
 */
final class Amounts {
  private static final Set<String> WITHOUT_DECIMALS =
      Set.of(
          "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf",
          "xof", "xpf");
  private static final Set<String> THREE_DECIMALS = Set.of("bhd", "jod", "kwd", "omr", "tnd");
  private static final Set<String> WHOLE_ONLY = Set.of("isk", "ugx");
  private static final long GREATEST = 999_999_999_999L;
  private static final Map<String, Long> SMALLEST =
      Map.ofEntries(
          Map.entry("usd", 50L),
          Map.entry("aed", 200L),
          Map.entry("ars", 50L),
          Map.entry("aud", 50L),
          Map.entry("brl", 50L),
          Map.entry("cad", 50L),
          Map.entry("chf", 50L),
          Map.entry("cop", 50L),
          Map.entry("czk", 1500L),
          Map.entry("dkk", 250L),
          Map.entry("eur", 50L),
          Map.entry("gbp", 30L),
          Map.entry("hkd", 400L),
          Map.entry("huf", 17500L),
          Map.entry("idr", 50L),
          Map.entry("ils", 50L),
          Map.entry("inr", 50L),
          Map.entry("jpy", 50L),
          Map.entry("krw", 50L),
          Map.entry("mxn", 1000L),
          Map.entry("myr", 200L),
          Map.entry("nok", 300L),
          Map.entry("nzd", 50L),
          Map.entry("php", 50L),
          Map.entry("pln", 200L),
          Map.entry("ron", 200L),
          Map.entry("rub", 50L),
          Map.entry("sek", 300L),
          Map.entry("sgd", 50L),
          Map.entry("thb", 1000L),
          Map.entry("zar", 50L));

  private Amounts() {}

  /**
   * Refuses an amount that Stripe would not charge.
   *
   * @throws StripeError saying why
   */
  static void check(long amount, String currency) {
    long smallest = SMALLEST.getOrDefault(currency, 1L);
    if (amount < smallest) {
      throw StripeError.invalid(
          "amount_too_small",
          "line_items",
          "The total amount due must add up to at least " + shown(smallest, currency) + ".");
    }
    if (amount > GREATEST) {
      throw StripeError.invalid(
          "amount_too_large",
          "line_items",
          "The total amount due must be no more than " + shown(GREATEST, currency) + ".");
    }
    long step = THREE_DECIMALS.contains(currency) ? 10 : WHOLE_ONLY.contains(currency) ? 100 : 1;
    if (amount % step != 0) {
      throw StripeError.invalid(
          "",
          "line_items",
          "Amounts in %s must be divisible by %d, which %d is not."
              .formatted(currency, step, amount));
    }
  }

  /** An amount as a person reads it, such as {@code 12.34 USD}. */
  static String shown(long amount, String currency) {
    int decimals =
        WITHOUT_DECIMALS.contains(currency) ? 0 : THREE_DECIMALS.contains(currency) ? 3 : 2;
    return BigDecimal.valueOf(amount, decimals).toPlainString()
        + " "
        + currency.toUpperCase(Locale.ROOT);
  }
}
