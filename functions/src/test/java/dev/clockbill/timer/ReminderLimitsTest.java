package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReminderLimitsTest {
  private static final Instant START = Instant.parse("2026-11-25T08:00:00Z");
  private static final ReminderLimits LIMITS = new ReminderLimits(List.of(480, 240, 720));

  @Test
  void aTimerIsLookedAtAtTheFirstLimitNotRemindedOfAndWithinTheHour() {
    Instant almost = after(Duration.ofMinutes(200));
    assertThat(LIMITS.nextLook(START, 0, almost)).isEqualTo("2026-11-25T12:00:00Z");
    assertThat(LIMITS.nextLook(START, 240, almost)).isEqualTo("2026-11-25T12:20:00Z");
    assertThat(LIMITS.nextLook(START, 0, START)).isEqualTo("2026-11-25T09:00:00Z");
    assertThat(LIMITS.nextLook(START, 720, START)).isEqualTo("2026-11-25T09:00:00Z");
    assertThat(new ReminderLimits(List.of()).nextLook(START, 0, START))
        .isEqualTo("2026-11-25T09:00:00Z");
  }

  @Test
  void aLimitIsReachedAtItsMinute() {
    assertThat(LIMITS.reached(START, after(Duration.ofHours(4).minusSeconds(1)))).isZero();
    assertThat(LIMITS.reached(START, after(Duration.ofHours(4)))).isEqualTo(240);
    assertThat(LIMITS.reached(START, after(Duration.ofDays(3)))).isEqualTo(720);
  }

  @Test
  void onlyTimeBeyondTheLastLimitHasToBeConfirmed() {
    assertThat(LIMITS.passed(new Span(START, after(Duration.ofHours(12))))).isFalse();
    assertThat(LIMITS.passed(new Span(START, after(Duration.ofHours(12).plusSeconds(1))))).isTrue();
    assertThat(new ReminderLimits(List.of()).passed(new Span(START, after(Duration.ofDays(9)))))
        .isFalse();
  }

  private static Instant after(Duration time) {
    return START.plus(time);
  }
}
