package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An event that a firm has disconnected its account from Clockbill. Its object is the application,
 * so only the event itself names the account (Stripe's documentation, "Connect webhooks").
 *
 * @param accountId the account
 * @param at when that was
 */
record AccountGone(String accountId, Instant at) implements ProcessorEvent {

  /** Reads an event; empty unless it names an account. */
  static Optional<AccountGone> of(Map<String, Object> event) {
    String accountId = Json.text(event, "account");
    return Optional.ofNullable(accountId)
        .flatMap(id -> ProcessorEvent.made(event))
        .map(at -> new AccountGone(accountId, at));
  }
}
