package dev.clockbill.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a firm wants to be reminded of a timer that is left running.
 *
 * @param minutes after the timer's start, ascending
 */
record Limits(List<Integer> minutes) {

  Limits {
    minutes = minutes.stream().sorted().distinct().toList();
  }

  /**
   * When the next reminder is due.
   *
   * @param sent how many limits were reminded of
   * @return null if none is left
   */
  Instant next(Instant startedAt, long sent) {
    return sent < minutes.size() ? at(startedAt, Math.toIntExact(sent)) : null;
  }

  /** How many limits a timer has reached. */
  long reached(Instant startedAt, Instant now) {
    return minutes.stream()
        .filter(limit -> !startedAt.plus(Duration.ofMinutes(limit)).isAfter(now))
        .count();
  }

  /** Whether none is left after so many. */
  boolean last(long reached) {
    return reached == minutes.size();
  }

  /** Whether time ran past the last limit, so that a person has to confirm it. */
  boolean passed(Span span) {
    return !minutes.isEmpty()
        && at(span.startedAt(), minutes.size() - 1).isBefore(span.stoppedAt());
  }

  private Instant at(Instant startedAt, int limit) {
    return startedAt.plus(Duration.ofMinutes(minutes.get(limit)));
  }
}
