package dev.clockbill.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long workflows wait. */
final class WaitTimes {
  private static final long MOST_SECONDS = 99_999_999;

  private WaitTimes() {}

  /** The time when a state stops waiting. */
  static Instant end(State.Wait waiting, Scope scope) throws StateError {
    if (waiting.seconds().isPresent()) {
      return scope.now().plus(seconds("Seconds", waiting.seconds().get(), scope, 0));
    }
    String timestamp =
        Expressions.evaluate("Timestamp", waiting.timestamp().orElseThrow(), scope).asText();
    try {
      return Timestamps.moment(timestamp);
    } catch (DateTimeException noMoment) {
      throw StateError.query(
          "The field 'Timestamp' must be a moment such as 2026-11-22T17:04:05Z, not '%s'."
              .formatted(timestamp));
    }
  }

  /** How long an attempt at a task may take; empty if there is no limit. */
  static Optional<Duration> timeout(State.Task task, Scope scope) throws StateError {
    return task.timeoutSeconds().isEmpty()
        ? Optional.empty()
        : Optional.of(seconds("TimeoutSeconds", task.timeoutSeconds().get(), scope, 1));
  }

  private static Duration seconds(String field, JsonNode template, Scope scope, long least)
      throws StateError {
    JsonNode value = Expressions.evaluate(field, template, scope);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > MOST_SECONDS) {
      throw StateError.query(
          "The field '%s' must be a whole number from %d to %d, not %s."
              .formatted(field, least, MOST_SECONDS, value));
    }
    return Duration.ofSeconds(value.longValue());
  }
}
