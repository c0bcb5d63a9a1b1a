package dev.clockbill.local.states;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Timestamps for workflows and clients. */
final class Timestamps {
  private Timestamps() {}

  /**
   * Reads an RFC 3339 timestamp.
   *
   * @throws DateTimeException if the text is not valid
   */
  static Instant moment(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /** A time truncated to the second. */
  static String toTheSecond(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A time truncated to the millisecond, as in {@code $states.context}. */
  static String toTheMillisecond(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
