package dev.clockbill.local.lambda;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a function's version can be invoked. With SnapStart one that was not invoked for 14 days
 * is inactive: the next invocation is refused and begins to make a new snapshot, and until that is
 * ready others are refused as well (Lambda's guide, "Troubleshooting SnapStart errors").
 */
final class Readiness {
  private static final Duration ACTIVE = Duration.ofDays(14);

  /** The guide does not say how long it takes. */
  private static final Duration SNAPSHOT = Duration.ofMinutes(1);

  private Instant lastInvoked;
  private Instant readyAt;

  /** A version that was published, or invoked, at an instant. */
  Readiness(Instant published) {
    lastInvoked = published;
    readyAt = published;
  }

  /**
   * Notes an invocation.
   *
   * @throws FunctionFailed if the version is inactive or not ready yet; the error is named as Step
   *     Functions names errors of Lambda itself
   */
  synchronized void invoked(Instant now) throws FunctionFailed {
    if (!lastInvoked.plus(ACTIVE).isAfter(now)) {
      readyAt = now.plus(SNAPSHOT);
    }
    lastInvoked = now;
    if (readyAt.isAfter(now)) {
      throw new FunctionFailed(
          "Lambda.SnapStartNotReadyException",
          "Lambda is initializing your function. It will be ready to invoke once your function"
              + " state becomes ACTIVE.",
          null);
    }
  }
}
