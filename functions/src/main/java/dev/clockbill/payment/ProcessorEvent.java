package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import java.util.Map;
import java.util.Optional;

/** An event of the processor that we act on. */
sealed interface ProcessorEvent permits CheckoutEvent, AccountEvent {

  /**
   * Reads an event.
   *
   * @param body JSON, as it was signed
   * @return empty for events about anything else
   */
  static Optional<? extends ProcessorEvent> of(Object body) {
    if (!(body instanceof Map<?, ?>)) {
      return Optional.empty();
    }
    Map<String, Object> event = Json.object(Map.of("event", body), "event");
    String type = Json.text(event, "type");
    if (type == null) {
      return Optional.empty();
    }
    return type.equals("account.updated") ? AccountEvent.of(event) : CheckoutEvent.of(event, type);
  }
}
