package dev.clockbill.shared;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** Money in whole minor units of an ISO 4217 currency. */
public final class Money {
  private static final BigDecimal MINUTES_AN_HOUR = BigDecimal.valueOf(60);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Money() {}

  /**
   * What time costs: minutes × rate ÷ 60, rounded half up once.
   *
   * @param minutes whole minutes as billed
   * @param hourlyRate minor units an hour
   * @return minor units
   */
  public static long ofTime(long minutes, long hourlyRate) {
    return BigDecimal.valueOf(minutes)
        .multiply(BigDecimal.valueOf(hourlyRate))
        .divide(MINUTES_AN_HOUR, 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /**
   * What a quantity costs: quantity × price of one, rounded half up once; what is below zero is
   * rounded away from it.
   *
   * @param unitAmount minor units
   * @return minor units
   */
  public static long ofQuantity(BigDecimal quantity, long unitAmount) {
    return quantity
        .multiply(BigDecimal.valueOf(unitAmount))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** A percentage of an amount in minor units, rounded half up once. */
  public static long percent(BigDecimal percent, BigDecimal amount) {
    return amount.multiply(percent).divide(HUNDRED, 0, RoundingMode.HALF_UP).longValueExact();
  }

  /** How many decimals a currency has: 2 for USD, 0 for JPY, 3 for BHD. */
  public static int decimals(String currency) {
    return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
  }

  /** An amount with its currency's decimals, such as {@code 1234.50}. */
  public static BigDecimal decimal(long amount, String currency) {
    return BigDecimal.valueOf(amount, decimals(currency));
  }
}
