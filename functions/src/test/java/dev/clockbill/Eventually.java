package dev.clockbill;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until the answer is as expected, since a workflow takes its time. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Leaves the machine to what is waited for. */
  private static final long PAUSE_NANOS = 10_000_000;

  private Eventually() {}

  /**
   * The first value that fits.
   *
   * @throws AssertionError with the last value if none fits for two minutes
   */
  public static <T> T get(String what, Supplier<T> asked, Predicate<T> fits) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    T last = asked.get();
    while (!fits.test(last)) {
      if (System.nanoTime() > until) {
        throw new AssertionError(what + " did not come; the last answer was " + last);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      last = asked.get();
    }
    return last;
  }
}
