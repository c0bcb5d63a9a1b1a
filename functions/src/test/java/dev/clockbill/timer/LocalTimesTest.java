package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.shared.LocalTexts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalTimesTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");
  private static final LocalTexts TEXTS = LocalTexts.of(Locale.of("en", "NZ"));

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }

  @ParameterizedTest
  @CsvSource({
    // Left running over night, and over a weekend.
    "2026-11-25T09:00:00Z, 2026-11-25T21:00:00Z, 2026-11-25T18:00:00Z",
    "2026-11-27T17:00:00Z, 2026-11-30T09:00:00Z, 2026-11-27T18:00:00Z",
    // The evening is still to come, or had begun when it was started.
    "2026-11-25T09:00:00Z, 2026-11-25T13:00:00Z, 2026-11-25T13:00:00Z",
    "2026-11-25T19:30:00Z, 2026-11-25T23:30:00Z, 2026-11-25T23:30:00Z",
    // Evening is at 18:00 on walls: an hour earlier in summer.
    "2026-06-01T09:00:00Z, 2026-06-01T21:00:00Z, 2026-06-01T17:00:00Z"
  })
  void aForgottenTimerMostLikelyEndedInTheEveningOfItsDay(
      String startedAt, String now, String stopAt) {
    assertThat(LocalTimes.likelyStop(at(startedAt), LONDON, at(now))).isEqualTo(at(stopAt));
  }

  @Test
  void aTimeHasItsDateUnlessThatIsToday() {
    Instant evening = at("2026-11-25T05:00:00Z");
    assertThat(LocalTimes.brief(evening, AUCKLAND, at("2026-11-25T10:59:00Z"), TEXTS))
        .isEqualTo("6:00\u00a0pm");
    assertThat(LocalTimes.brief(evening, AUCKLAND, at("2026-11-25T11:00:00Z"), TEXTS))
        .isEqualTo("6:00\u00a0pm on 25 November");
    assertThat(LocalTimes.whole(evening, AUCKLAND, TEXTS))
        .isEqualTo("Wednesday, 25 November 2026, 6:00\u00a0pm (Pacific/Auckland)");
  }

  @Test
  void durationsReadAsPeopleSayThem() {
    assertThat(LocalTimes.duration(Duration.ofSeconds(119))).isEqualTo("1\u00a0minute");
    assertThat(LocalTimes.duration(Duration.ofMinutes(45))).isEqualTo("45\u00a0minutes");
    assertThat(LocalTimes.duration(Duration.ofHours(1))).isEqualTo("1\u00a0hour");
    assertThat(LocalTimes.duration(Duration.ofMinutes(485))).isEqualTo("8\u00a0h\u00a005\u00a0min");
  }
}
