package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @Test
  void failure15_anHourAcrossEitherChangeOfClocksIsAnHour() {
    assertThat(span("2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z").seconds()).isEqualTo(3600);
    assertThat(span("2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z").seconds()).isEqualTo(3600);
  }

  @Test
  void failure15_lateWorkBelongsToTheLocalDayOnWhichItStarted() {
    Span late = span("2026-11-26T04:30:00Z", "2026-11-26T05:30:00Z");
    assertThat(late.day(NEW_YORK)).isEqualTo(LocalDate.of(2026, 11, 25));
    assertThat(late.day(ZoneId.of("UTC"))).isEqualTo(LocalDate.of(2026, 11, 26));
    assertThat(late.day(ZoneId.of("Pacific/Kiritimati"))).isEqualTo(LocalDate.of(2026, 11, 26));
  }

  private static Span span(String startedAt, String stoppedAt) {
    return new Span(Instant.parse(startedAt), Instant.parse(stoppedAt));
  }
}
