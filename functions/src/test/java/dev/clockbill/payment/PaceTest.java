package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The processor is not asked faster than it answers. */
class PaceTest {
  /** Source: Stripe's documentation, "Rate limits": of each kind, and of all in a sandbox. */
  private static final int REQUESTS_A_SECOND = 25;

  private final Pace pace = new Pace();
  private final long begun = System.nanoTime();

  @Test
  void inNoSecondMoreIsAskedThanTheProcessorTakes() {
    long[] asked = new long[200];
    long now = begun;
    for (int question = 0; question < asked.length; question++) {
      now += Math.max(0, pace.waitFrom(now));
      asked[question] = now;
    }
    for (int first = Pace.AT_ONCE; first + REQUESTS_A_SECOND < asked.length; first++) {
      assertThat(asked[first + REQUESTS_A_SECOND] - asked[first])
          .isGreaterThan(Duration.ofSeconds(1).toNanos());
    }
  }

  @Test
  void theFirstFewNeedNotWait() {
    for (int question = 0; question < Pace.AT_ONCE; question++) {
      assertThat(pace.waitFrom(begun)).isNotPositive();
    }
    assertThat(pace.waitFrom(begun)).isPositive();
  }
}
