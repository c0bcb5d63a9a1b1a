package dev.clockbill.timer;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * So many minutes of one local day, without the hours at which they were worked.
 *
 * <p>Its instants only stand for it: they begin with the day. So such time overlaps no other.
 */
record DayTime(LocalDate workedOn, long minutes) {

  /** A day on which clocks go back by an hour: minutes. */
  private static final long LONGEST_DAY = 25 * 60;

  /**
   * Reads {@code workedOn} and {@code minutes}, which stand in place of {@code startedAt} and
   * {@code stoppedAt}; what is wrong is recorded.
   *
   * @return null where neither is sent, or something is wrong
   */
  static DayTime read(Fields fields) {
    if (fields.lacks("workedOn") && fields.lacks("minutes")) {
      fields.notNull("workedOn", "minutes");
      return null;
    }
    LocalDate workedOn = fields.requiredDate("workedOn");
    Long minutes = fields.requiredNumber("minutes", 1, LONGEST_DAY);
    for (String instant : new String[] {"startedAt", "stoppedAt"}) {
      if (!fields.lacks(instant)) {
        fields.refuse(instant, "Send either the two times, or workedOn with minutes.");
      }
    }
    return workedOn == null || minutes == null ? null : new DayTime(workedOn, minutes);
  }

  /**
   * The instants that stand for it.
   *
   * @throws Problem 400 where the day is still to come, or has not had so many minutes
   */
  Span in(ZoneId zone, Instant now) {
    Instant begin = workedOn.atStartOfDay(zone).toInstant();
    Instant end = workedOn.plusDays(1).atStartOfDay(zone).toInstant();
    if (begin.isAfter(now)) {
      throw Problem.invalid("workedOn", "This is in the future.");
    }
    Duration day = Duration.between(begin, end);
    if (minutes > day.toMinutes()) {
      throw Problem.invalid("minutes", "This day has only " + LocalTimes.duration(day) + ".");
    }
    Duration past = Duration.between(begin, now);
    if (minutes > past.toMinutes()) {
      throw Problem.invalid(
          "minutes",
          "Only " + LocalTimes.duration(past) + " of this day have passed: the rest is to come.");
    }
    return new Span(begin, begin.plus(Duration.ofMinutes(minutes)));
  }
}
