package dev.clockbill.timer;

import dev.clockbill.firm.FirmSettings.Billing;

/** The firm's rule by which measured time becomes billed minutes, in one step. */
public final class BilledMinutes {
  private static final long SECONDS_A_MINUTE = 60;

  private BilledMinutes() {}

  /**
   * The measured time, or the minimum if that is longer, rounded to the increment; ties go up. If
   * rounding to the nearest or down would fall below the minimum, it rounds up. An exact multiple
   * does not change.
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
