package dev.clockbill.payment;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processor's signature of a callback, from its header {@code Stripe-Signature}.
 *
 * <p>Source: Stripe's documentation, "Resolve webhook signature verification errors". Stripe's own
 * library verifies it, with three additions here: the library takes one secret, but there are two
 * while one replaces the other; it takes signatures from the future; and it throws on a header of
 * another form.
 */
final class WebhookSignature {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** Between the parts. */
  private static final Pattern BLANKS = Pattern.compile(",\\s+");

  /** When it was signed, in seconds since 1970. */
  private static final Pattern TIME = Pattern.compile("t=(\\d{1,12})");

  private WebhookSignature() {}

  /**
   * Whether a body is the processor's and was signed within five minutes of now.
   *
   * @param header the time and one signature or more: {@code t=…,v1=…,v1=…}
   * @param body as it came
   * @param secrets separated by commas; one of them has to fit
   */
  static boolean fits(String header, String body, String secrets, Instant now) {
    return fitsWithoutBlanks(BLANKS.matcher(header).replaceAll(","), body, secrets, now);
  }

  private static boolean fitsWithoutBlanks(
      String header, String body, String secrets, Instant now) {
    List<String> parts = List.of(header.split(",", -1));
    Matcher time = TIME.matcher(parts.getFirst());
    return parts.stream().allMatch(part -> part.contains("="))
        && time.matches()
        && !Instant.ofEpochSecond(Long.parseLong(time.group(1))).isAfter(now.plus(TOLERANCE))
        && Arrays.stream(secrets.split(","))
            .map(String::strip)
            .anyMatch(secret -> !secret.isEmpty() && verified(header, body, secret, now));
  }

  private static boolean verified(String header, String body, String secret, Instant now) {
    try {
      return Webhook.Signature.verifyHeader(
          body, header, secret, TOLERANCE.toSeconds(), Clock.fixed(now, ZoneOffset.UTC));
    } catch (SignatureVerificationException refused) {
      return false;
    }
  }
}
