package dev.clockbill.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a firm wants to be reminded of a timer that is left running.
 *
 * @param minutes after the timer's start, ascending
 */
record ReminderLimits(List<Integer> minutes) {
  /** How long a timer is left alone at most, whether it has reached a limit or not. */
  private static final Duration LONGEST = Duration.ofHours(1);

  ReminderLimits {
    minutes = minutes.stream().sorted().distinct().toList();
  }

  /**
   * When to look at a timer next: at its next limit, and within the hour, since the firm may move
   * its limits while it runs.
   *
   * @param reminded the greatest limit that was reminded of, minutes; 0 for none
   */
  Instant nextLook(Instant startedAt, long reminded, Instant now) {
    Instant latest = now.plus(LONGEST);
    return minutes.stream()
        .filter(limit -> limit > reminded)
        .findFirst()
        .map(limit -> at(startedAt, limit))
        .filter(next -> next.isBefore(latest))
        .orElse(latest);
  }

  /** The greatest limit that a timer has reached, minutes; 0 for none. */
  long reached(Instant startedAt, Instant now) {
    return minutes.stream()
        .filter(limit -> !at(startedAt, limit).isAfter(now))
        .mapToLong(Integer::longValue)
        .max()
        .orElse(0);
  }

  /** Whether a limit is the last one. */
  boolean last(long limit) {
    return limit == minutes.getLast();
  }

  /** Whether time ran past the last limit, so that a person has to confirm it. */
  boolean passed(Span span) {
    return !minutes.isEmpty() && at(span.startedAt(), minutes.getLast()).isBefore(span.stoppedAt());
  }

  /** When a timer reaches a limit. */
  static Instant at(Instant startedAt, long limit) {
    return startedAt.plus(Duration.ofMinutes(limit));
  }
}
