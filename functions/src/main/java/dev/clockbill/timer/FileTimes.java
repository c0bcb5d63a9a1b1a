package dev.clockbill.timer;

import dev.clockbill.imports.ImportRequest.DateOrder;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates, times of day and durations as other tools write them into files. */
final class FileTimes {
  private static final Pattern ISO = Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})");

  private static final Pattern DAY_AND_MONTH =
      Pattern.compile("(\\d{1,2})([-/.])\\s?(\\d{1,2})\\2\\s?(\\d{4})");

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2}))?(?:\\s?([ap])\\.?m\\.?)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CLOCK = Pattern.compile("(\\d{1,4}):([0-5]\\d)(?::([0-5]\\d))?");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,4}[.,]\\d{1,4}");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,4}");
  private static final int MONTHS = 12;
  private static final BigDecimal SECONDS_AN_HOUR = BigDecimal.valueOf(3_600);

  private FileTimes() {}

  /**
   * The order of day and month that the dates of a file have: known where it cannot be the other.
   *
   * @return empty if every date can be read either way, or if they contradict each other
   */
  static Optional<DateOrder> order(Collection<String> dates) {
    boolean dayFirst = false;
    boolean monthFirst = false;
    for (String date : dates) {
      Matcher parts = DAY_AND_MONTH.matcher(date);
      if (parts.matches() && !parts.group(2).equals(".")) {
        dayFirst |= Integer.parseInt(parts.group(1)) > MONTHS;
        monthFirst |= Integer.parseInt(parts.group(3)) > MONTHS;
      }
    }
    if (dayFirst == monthFirst) {
      return Optional.empty();
    }
    return Optional.of(dayFirst ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST);
  }

  /** Whether a date can be read in two ways; with points, the day comes first. */
  static boolean ambiguous(String date) {
    Matcher parts = DAY_AND_MONTH.matcher(date);
    return parts.matches()
        && !parts.group(2).equals(".")
        && Integer.parseInt(parts.group(1)) <= MONTHS
        && Integer.parseInt(parts.group(3)) <= MONTHS
        && !parts.group(1).equals(parts.group(3));
  }

  /**
   * A date.
   *
   * @param order of day and month; null if no date of the file needs it
   */
  static Optional<LocalDate> date(String text, DateOrder order) {
    Matcher iso = ISO.matcher(text);
    if (iso.matches()) {
      return date(iso.group(1), iso.group(2), iso.group(3));
    }
    Matcher parts = DAY_AND_MONTH.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return parts.group(2).equals(".") || order != DateOrder.MONTH_FIRST
        ? date(parts.group(4), parts.group(3), parts.group(1))
        : date(parts.group(4), parts.group(1), parts.group(3));
  }

  private static Optional<LocalDate> date(String year, String month, String day) {
    try {
      return Optional.of(
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  /** A time of day, with or without AM and PM. */
  static Optional<LocalTime> time(String text) {
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int hour = Integer.parseInt(parts.group(1));
    if (parts.group(4) != null) {
      if (hour < 1 || hour > 12) {
        return Optional.empty();
      }
      hour = hour % 12 + (parts.group(4).toLowerCase(Locale.ROOT).equals("p") ? 12 : 0);
    }
    try {
      return Optional.of(
          LocalTime.of(
              hour,
              Integer.parseInt(parts.group(2)),
              parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3))));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  /**
   * A duration: {@code 1:30}, {@code 01:30:00}, or hours with decimals such as {@code 1.5}.
   *
   * @param hours whether a whole number is one of hours; else it says too little
   */
  static Optional<Duration> duration(String text, boolean hours) {
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      return Optional.of(
          Duration.ofHours(Integer.parseInt(clock.group(1)))
              .plusMinutes(Integer.parseInt(clock.group(2)))
              .plusSeconds(clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3))));
    }
    if (DECIMAL.matcher(text).matches() || (hours && WHOLE.matcher(text).matches())) {
      BigDecimal seconds = new BigDecimal(text.replace(',', '.')).multiply(SECONDS_AN_HOUR);
      return Optional.of(
          Duration.ofSeconds(seconds.setScale(0, java.math.RoundingMode.HALF_UP).longValueExact()));
    }
    return Optional.empty();
  }
}
