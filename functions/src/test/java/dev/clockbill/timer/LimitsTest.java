package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Instant START = Instant.parse("2026-11-25T08:00:00Z");
  private static final Limits LIMITS = new Limits(List.of(480, 240, 720));

  @Test
  void theNextReminderIsDueAtTheFirstLimitNotRemindedOf() {
    assertThat(LIMITS.next(START, 0)).isEqualTo("2026-11-25T12:00:00Z");
    assertThat(LIMITS.next(START, 2)).isEqualTo("2026-11-25T20:00:00Z");
    assertThat(LIMITS.next(START, 3)).isNull();
  }

  @Test
  void aLimitIsReachedAtItsMinute() {
    assertThat(LIMITS.reached(START, after(Duration.ofHours(4).minusSeconds(1)))).isZero();
    assertThat(LIMITS.reached(START, after(Duration.ofHours(4)))).isEqualTo(1);
    assertThat(LIMITS.reached(START, after(Duration.ofDays(3)))).isEqualTo(3);
  }

  @Test
  void onlyTimeBeyondTheLastLimitHasToBeConfirmed() {
    assertThat(LIMITS.passed(new Span(START, after(Duration.ofHours(12))))).isFalse();
    assertThat(LIMITS.passed(new Span(START, after(Duration.ofHours(12).plusSeconds(1))))).isTrue();
    assertThat(new Limits(List.of()).passed(new Span(START, after(Duration.ofDays(9))))).isFalse();
  }

  private static Instant after(Duration time) {
    return START.plus(time);
  }
}
