package dev.clockbill.timer;

import dev.clockbill.firm.FirmSettings.Billing;

/** The firm's rule by which measured time becomes billed minutes, in one step. */
public final class BilledMinutes {
  private static final long SECONDS_A_MINUTE = 60;

  private BilledMinutes() {}

  /**
   * The larger of measured time and minimum, rounded to the increment, ties up; where rounding to
   * the nearest or down would fall below the minimum, up. An exact multiple stays as it is.
   *
   * @param measuredSeconds not negative
   * @return whole minutes
   */
  public static long of(long measuredSeconds, Billing rule) {
    long seconds = Math.max(measuredSeconds, rule.minimumMinutes() * SECONDS_A_MINUTE);
    long increment = rule.incrementMinutes() * SECONDS_A_MINUTE;
    long up = Math.ceilDiv(seconds, increment);
    long down = Math.floorDiv(seconds, increment);
    long increments =
        switch (rule.rounding()) {
          case UP -> up;
          case NEAREST -> 2 * (seconds - down * increment) < increment ? down : up;
          case DOWN -> down;
        };
    long minutes = increments * rule.incrementMinutes();
    return minutes < rule.minimumMinutes() ? up * rule.incrementMinutes() : minutes;
  }
}
