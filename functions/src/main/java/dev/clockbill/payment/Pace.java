package dev.clockbill.payment;

import java.time.Duration;

/**
 * How fast the processor is asked in a run of a schedule. It takes 100 requests a second, and 25 of
 * each kind; in a sandbox 25 in all (Stripe's documentation, "Rate limits"). What people ask for
 * meanwhile has the rest.
 */
final class Pace {
  /** How many questions are open at a time. */
  static final int AT_ONCE = 8;

  /** Between the beginnings of two questions, once so many as may be open were asked. */
  private static final Duration GAP = Duration.ofMillis(50);

  private long next = System.nanoTime() - GAP.toNanos() * AT_ONCE;

  /** Waits until the next question may be asked. */
  void take() {
    long wait = waitFrom(System.nanoTime());
    if (wait > 0) {
      try {
        Thread.sleep(Duration.ofNanos(wait));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting to ask", interrupted);
      }
    }
  }

  /** How long the next question has to wait, in nanoseconds. */
  synchronized long waitFrom(long now) {
    next = Math.max(next, now - GAP.toNanos() * AT_ONCE) + GAP.toNanos();
    return next - now;
  }
}
