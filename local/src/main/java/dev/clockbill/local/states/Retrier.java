package dev.clockbill.local.states;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a task is tried again.
 *
 * @param interval before the first retry
 * @param maxAttempts how many retries; 0 for errors that are never tried again
 * @param backoffRate by what each further wait is longer than the one before
 * @param maxDelay no wait is longer; empty where none is too long
 * @param fullJitter whether a wait is drawn from between nothing and its length
 */
record Retrier(
    List<String> errors,
    Duration interval,
    int maxAttempts,
    BigDecimal backoffRate,
    Optional<Duration> maxDelay,
    boolean fullJitter) {

  /** No wait is longer than that, whatever the back-off: about three years, as on AWS. */
  private static final Duration LONGEST = Duration.ofSeconds(99_999_999);

  boolean matches(String error) {
    return ErrorNames.match(errors, error);
  }

  /**
   * How long to wait before a retry.
   *
   * @param done how many retries there have been
   */
  Duration delay(int done, RandomGenerator random) {
    BigDecimal longest = BigDecimal.valueOf(maxDelay.orElse(LONGEST).toMillis());
    BigDecimal millis = BigDecimal.valueOf(interval.toMillis());
    for (int retry = 0; retry < done && millis.compareTo(longest) < 0; retry++) {
      millis = millis.multiply(backoffRate);
    }
    long delay = millis.min(longest).setScale(0, RoundingMode.HALF_UP).longValueExact();
    return Duration.ofMillis(fullJitter ? random.nextLong(delay + 1) : delay);
  }
}
