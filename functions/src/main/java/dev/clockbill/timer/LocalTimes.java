package dev.clockbill.timer;

import dev.clockbill.shared.LocalTexts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** Times as a firm's people read them, in the firm's time zone. */
final class LocalTimes {
  /** When most people have gone home. */
  private static final LocalTime EVENING = LocalTime.of(18, 0);

  private LocalTimes() {}

  /**
   * Day, date, time and zone, such as {@code Wednesday, 25 November 2026, 09:00 (Europe/London)}.
   */
  static String whole(Instant instant, ZoneId zone, LocalTexts texts) {
    ZonedDateTime local = instant.atZone(zone);
    return local.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
        + ", "
        + texts.date(local.toLocalDate())
        + ", "
        + texts.time(local.toLocalTime())
        + " ("
        + zone.getId()
        + ")";
  }

  /** The time, with its day unless that is today: {@code 18:00 on 25 November}. */
  static String brief(Instant instant, ZoneId zone, Instant now, LocalTexts texts) {
    ZonedDateTime local = instant.atZone(zone);
    boolean today = local.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return texts.time(local.toLocalTime()) + (today ? "" : " on " + texts.day(local.toLocalDate()));
  }

  /**
   * When a timer left running should most likely have been stopped: on the evening of the day on
   * which it started, or now if it started later than that or that evening is still to come.
   */
  static Instant likelyStop(Instant startedAt, ZoneId zone, Instant now) {
    Instant evening = startedAt.atZone(zone).toLocalDate().atTime(EVENING).atZone(zone).toInstant();
    return evening.isAfter(startedAt) && !evening.isAfter(now) ? evening : now;
  }

  /** Whole minutes as people read them: 45 minutes, 4 hours, 8 h 05 min, not broken in two. */
  static String duration(Duration time) {
    long hours = time.toHours();
    int minutes = time.toMinutesPart();
    if (hours == 0) {
      return minutes + (minutes == 1 ? "\u00a0minute" : "\u00a0minutes");
    }
    return minutes == 0
        ? hours + (hours == 1 ? "\u00a0hour" : "\u00a0hours")
        : String.format(Locale.ROOT, "%d\u00a0h\u00a0%02d\u00a0min", hours, minutes);
  }
}
