package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An event about a firm's account at the processor.
 *
 * @param accountId the account
 * @param chargesEnabled whether it can take money
 * @param at when that was so
 */
record AccountEvent(String accountId, boolean chargesEnabled, Instant at)
    implements ProcessorEvent {

  static final String TYPE = "account.updated";

  /** Whether an event is one. */
  static boolean is(Map<String, Object> event) {
    return TYPE.equals(Json.text(event, "type"));
  }

  /** Reads an event; empty unless it comes from the account that it is about. */
  static Optional<AccountEvent> of(Map<String, Object> event) {
    Map<String, Object> account = Json.object(Json.object(event, "data"), "object");
    String accountId = Json.text(account, "id");
    boolean chargesEnabled = Boolean.TRUE.equals(account.get("charges_enabled"));
    return Optional.ofNullable(accountId)
        .filter(id -> id.equals(Json.text(event, "account")))
        .flatMap(id -> ProcessorEvent.made(event))
        .map(at -> new AccountEvent(accountId, chargesEnabled, at));
  }
}
