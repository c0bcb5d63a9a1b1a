package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An event of the processor about a connected account.
 *
 * @param accountId the account
 * @param chargesEnabled whether it can take money
 * @param at when that was so
 */
record AccountEvent(String accountId, boolean chargesEnabled, Instant at) {

  /**
   * Reads an event.
   *
   * @param body JSON, as it was signed
   * @return nothing for events that are about something else
   */
  static Optional<AccountEvent> of(Object body) {
    Map<String, Object> event = Json.object(Json.object("event", body), "event");
    Map<String, Object> account = Json.object(Json.object(event, "data"), "object");
    String accountId = Json.text(account, "id");
    return "account.updated".equals(Json.text(event, "type"))
            && accountId != null
            && accountId.equals(Json.text(event, "account"))
            && event.get("created") instanceof Number created
        ? Optional.of(
            new AccountEvent(
                accountId,
                Boolean.TRUE.equals(account.get("charges_enabled")),
                Instant.ofEpochSecond(created.longValue())))
        : Optional.empty();
  }
}
