package dev.clockbill.timer;

import dev.clockbill.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Time from one instant to another, in whole seconds.
 *
 * @param stoppedAt not before {@code startedAt}
 */
record Span(Instant startedAt, Instant stoppedAt) {

  /** How long it is, in whole seconds; a change to summer time does not count. */
  long seconds() {
    return Duration.between(startedAt, stoppedAt).toSeconds();
  }

  /** The local day on which it started. */
  LocalDate day(ZoneId zone) {
    return LocalDate.ofInstant(startedAt, zone);
  }

  /** Records what is wrong with a start; null counts as not sent. */
  static void checkStart(Fields fields, Instant startedAt, Instant now) {
    if (startedAt != null && startedAt.isAfter(now)) {
      fields.refuse("startedAt", "This is in the future.");
    }
  }

  /** Records what is wrong with a stop; null counts as not sent. */
  static void checkStop(Fields fields, Instant startedAt, Instant stoppedAt, Instant now) {
    if (stoppedAt == null) {
      return;
    }
    if (stoppedAt.isAfter(now)) {
      fields.refuse("stoppedAt", "This is in the future.");
    }
    if (startedAt != null && stoppedAt.isBefore(startedAt)) {
      fields.refuse("stoppedAt", "This is before the start.");
    }
  }
}
