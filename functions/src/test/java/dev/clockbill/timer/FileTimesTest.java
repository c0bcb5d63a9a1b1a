package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.imports.ImportRequest.DateOrder;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTimesTest {

  @Test
  void failure30_theOrderOfADateIsKnownOnlyWhereItCannotBeTheOther() {
    assertThat(FileTimes.order(List.of("03/04/2026", "13/04/2026"))).contains(DateOrder.DAY_FIRST);
    assertThat(FileTimes.order(List.of("03/04/2026", "4-30-2026"))).contains(DateOrder.MONTH_FIRST);
    assertThat(FileTimes.order(List.of("03/04/2026", "2026-04-03", "03.04.2026"))).isEmpty();
    assertThat(FileTimes.order(List.of("13/04/2026", "04/13/2026"))).isEmpty();
    assertThat(FileTimes.ambiguous("03/04/2026")).isTrue();
    for (String certain : List.of("2026-04-03", "03.04.2026", "04/04/2026", "13/04/2026", "x")) {
      assertThat(FileTimes.ambiguous(certain)).as(certain).isFalse();
    }
  }

  @Test
  void aDateIsReadInItsFilesOrder() {
    LocalDate april = LocalDate.of(2026, 4, 3);
    assertThat(FileTimes.date("2026-04-03", null)).contains(april);
    assertThat(FileTimes.date("3.4.2026", DateOrder.MONTH_FIRST)).contains(april);
    assertThat(FileTimes.date("03/04/2026", DateOrder.DAY_FIRST)).contains(april);
    assertThat(FileTimes.date("04/03/2026", DateOrder.MONTH_FIRST)).contains(april);
    for (String none : List.of("31/02/2026", "2026-13-01", "3/4/26", "April 3", "")) {
      assertThat(FileTimes.date(none, DateOrder.DAY_FIRST)).as(none).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9:00, 09:00",
    "09:00:05, 09:00:05",
    "9:30 AM, 09:30",
    "12:15 a.m., 00:15",
    "12:00 PM, 12:00",
    "02:00 pm, 14:00",
    "17.45, 17:45"
  })
  void aTimeIsReadWithOrWithoutHalfDays(String text, LocalTime time) {
    assertThat(FileTimes.time(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"24:00", "13:00 PM", "9", "9:5", "noon"})
  void whatIsNoTimeIsRefused(String text) {
    assertThat(FileTimes.time(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1:30, false, 5400",
    "01:30:05, false, 5405",
    "1.5, false, 5400",
    "'0,25', true, 900",
    "2, true, 7200",
    "0.0167, true, 60"
  })
  void aDurationIsReadAsPeopleWriteIt(String text, boolean hours, long seconds) {
    assertThat(FileTimes.duration(text, hours)).contains(Duration.ofSeconds(seconds));
  }

  /** 90 may be minutes or hours: the column has to say which. */
  @Test
  void failure30_aWholeNumberIsNoDurationUnlessTheColumnSaysHours() {
    assertThat(FileTimes.duration("90", false)).isEmpty();
    assertThat(FileTimes.duration("1:75", false)).isEmpty();
    assertThat(FileTimes.duration("-1", true)).isEmpty();
  }
}
