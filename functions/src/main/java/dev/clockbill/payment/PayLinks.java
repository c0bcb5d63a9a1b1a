package dev.clockbill.payment;

import dev.clockbill.shared.Item;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Requests;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pay links: addresses with 128 random bits. Only their SHA-256 is a key, so that the pointers
 * alone open nothing.
 */
final class PayLinks {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22}");

  private final Ledger ledger;

  /** Looks them up in this ledger. */
  PayLinks(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whose invoice a link opens. */
  record Target(String firm, String invoiceId) {}

  /** What a token opens; nothing if it is none of ours. */
  Optional<Target> find(String token) {
    if (token == null || !TOKEN.matcher(token).matches()) {
      return Optional.empty();
    }
    return ledger.get("PAY#" + Requests.hash(token), "POINTER").map(PayLinks::target);
  }

  private static Target target(Item pointer) {
    return new Target(pointer.text("firmId"), pointer.text("invoiceId"));
  }
}
