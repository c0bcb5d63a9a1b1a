package dev.clockbill.timer;

import dev.clockbill.shared.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link in a timer's reminder: it stops that timer at one instant, or says that its person is
 * still working. Nothing is stored: the signed token holds everything.
 *
 * @param sentAt when the reminder was mailed
 * @param stopAt when the timer is to end; null for a link that says "still working"
 */
record TimerLink(String firmId, String staffId, String timerId, Instant sentAt, Instant stopAt) {
  /** Long enough for a reminder that is read after a week of illness, and no longer. */
  private static final Duration VALID = Duration.ofDays(7);

  private static final String WORKING = "working";
  private static final Pattern TOKEN =
      Pattern.compile(
          "((\\w{26})\\.(\\w{26})\\.(\\w{26})\\.(\\d{10})\\.(\\d{10}|working))\\.(\\w{64})");

  /** The link of a reminder mailed now by which a timer stops. */
  static TimerLink stopping(String firmId, Timer timer, Instant stopAt, Instant now) {
    return new TimerLink(firmId, timer.staffId(), timer.timerId(), now, stopAt);
  }

  /** The link of a reminder mailed now that says "still working". */
  static TimerLink stillWorking(String firmId, Timer timer, Instant now) {
    return stopping(firmId, timer, null, now);
  }

  /**
   * The token that its address ends in.
   *
   * @param secrets as {@link Signature} takes them
   */
  String token(String secrets) {
    String says =
        String.join(
            ".",
            firmId,
            staffId,
            timerId,
            Long.toString(sentAt.getEpochSecond()),
            stopAt == null ? WORKING : Long.toString(stopAt.getEpochSecond()));
    return says + "." + Signature.of(says, secrets);
  }

  /**
   * Reads a token; empty if it was not signed with one of the secrets.
   *
   * @param secrets as {@link Signature} takes them
   */
  static Optional<TimerLink> of(String token, String secrets) {
    Matcher parts = TOKEN.matcher(token == null ? "" : token);
    if (!parts.matches() || !Signature.fits(parts.group(7), parts.group(1), secrets)) {
      return Optional.empty();
    }
    return Optional.of(
        new TimerLink(
            parts.group(2),
            parts.group(3),
            parts.group(4),
            instant(parts.group(5)),
            parts.group(6).equals(WORKING) ? null : instant(parts.group(6))));
  }

  /** Whether it is too old to be used. */
  boolean outOfDate(Instant now) {
    return sentAt.plus(VALID).isBefore(now);
  }

  private static Instant instant(String seconds) {
    return Instant.ofEpochSecond(Long.parseLong(seconds));
  }
}
