package dev.clockbill.timer;

import dev.clockbill.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Time from one instant to another, cut to the second.
 *
 * @param stoppedAt not before {@code startedAt}
 */
public record Span(Instant startedAt, Instant stoppedAt) {

  /** How long it is, in whole seconds, whatever clocks on walls did meanwhile. */
  long seconds() {
    return Duration.between(startedAt, stoppedAt).toSeconds();
  }

  /** The local day on which it started. */
  LocalDate day(ZoneId zone) {
    return LocalDate.ofInstant(startedAt, zone);
  }

  /** Notes what is wrong with a start; null is as good as not sent. */
  public static void checkStart(Fields fields, Instant startedAt, Instant now) {
    if (startedAt != null && startedAt.isAfter(now)) {
      fields.refuse("startedAt", "This is in the future.");
    }
  }

  /** Notes what is wrong with a stop; null is as good as not sent. */
  public static void checkStop(Fields fields, Instant startedAt, Instant stoppedAt, Instant now) {
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
