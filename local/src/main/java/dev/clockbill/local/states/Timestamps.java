package dev.clockbill.local.states;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Moments as workflows and clients read them. */
final class Timestamps {
  private Timestamps() {}

  /**
   * Reads an RFC 3339 timestamp.
   *
   * @throws DateTimeException if it is none
   */
  static Instant moment(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /** A moment cut to the second. */
  static String toTheSecond(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A moment cut to the millisecond, as {@code $states.context} has it. */
  static String toTheMillisecond(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
