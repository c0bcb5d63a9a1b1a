package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The day of the month: when it comes, and up to when is billed. */
class BillingMonthTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "31, 2027-02, 2027-02-28",
    "31, 2028-02, 2028-02-29",
    "30, 2027-02, 2027-02-28",
    "31, 2026-11, 2026-11-30",
    "15, 2026-11, 2026-11-15",
    "1, 2026-11, 2026-11-01"
  })
  void aMonthWithoutTheDayIsBilledUpToItsLast(int day, YearMonth month, LocalDate upTo) {
    assertThat(BillingMonth.upTo(day, month)).isEqualTo(upTo);
  }

  @ParameterizedTest
  @CsvSource({
    // The morning after is at six there, before and after the clocks change.
    "31, 2026-11-30T22:00:00Z, 2026-11-30, 2026-10-31",
    "31, 2026-12-01T04:59:59Z, 2026-11-30, 2026-10-31",
    "31, 2026-12-01T05:00:00Z, 2026-12-31, 2026-11-30",
    "1, 2026-11-01T12:00:00Z, 2026-11-01, 2026-10-01",
    "15, 2026-11-30T12:00:00Z, 2026-12-15, 2026-11-15"
  })
  void theNextDayIsTheFirstWhoseMorningIsToCome(
      int day, Instant now, LocalDate next, LocalDate last) {
    assertThat(BillingMonth.next(day, BERLIN, now)).isEqualTo(next);
    assertThat(BillingMonth.last(day, BERLIN, now)).isEqualTo(last);
  }

  @Test
  void failure15_itIsSixInTheMorningOnBothSidesOfTheChangeOfTheClocks() {
    assertThat(BillingMonth.due(LocalDate.parse("2026-10-24"), BERLIN))
        .isEqualTo("2026-10-25T05:00:00Z");
    assertThat(BillingMonth.due(LocalDate.parse("2026-10-23"), BERLIN))
        .isEqualTo("2026-10-24T04:00:00Z");
  }
}
