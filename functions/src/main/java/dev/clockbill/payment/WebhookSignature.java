package dev.clockbill.payment;

import dev.clockbill.shared.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The processor's signature of a callback, from its header {@code Stripe-Signature}.
 *
 * <p>Source: Stripe's documentation, "Verify webhook signatures manually": HMAC-SHA-256 over the
 * time, a full stop and the body as it came. Both an old and a new secret hold during a rotation.
 *
 * @param time seconds since 1970, as signed; null where there is none
 * @param hashes the signatures of the scheme {@code v1}, in hexadecimal
 */
record WebhookSignature(String time, List<String> hashes) {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** Reads the header; what is none of ours in it is passed over. */
  static WebhookSignature of(String header) {
    String time = null;
    List<String> hashes = new ArrayList<>();
    for (String part : header.split(",")) {
      String[] nameAndValue = part.strip().split("=", 2);
      if (nameAndValue.length == 2 && nameAndValue[0].equals("t")) {
        time = nameAndValue[1];
      } else if (nameAndValue.length == 2 && nameAndValue[0].equals("v1")) {
        hashes.add(nameAndValue[1]);
      }
    }
    return new WebhookSignature(time, List.copyOf(hashes));
  }

  /**
   * Whether the body is the processor's and was signed less than five minutes ago.
   *
   * @param body as it came
   * @param secrets separated by commas; one of them has to fit
   */
  boolean fits(String body, String secrets, Instant now) {
    if (time == null || !time.matches("\\d{1,12}")) {
      return false;
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
    if (age.compareTo(TOLERANCE) > 0) {
      return false;
    }
    return hashes.stream().anyMatch(hash -> Signature.fits(hash, time + "." + body, secrets));
  }
}
