package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import java.util.Map;
import java.util.Optional;

/** An event of the processor that we act on. */
sealed interface ProcessorEvent permits CheckoutEvent, ChargeEvent, AccountEvent, AccountGone {

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
    return switch (type) {
      case "account.updated" -> AccountEvent.of(event);
      case "account.application.deauthorized" -> AccountGone.of(event);
      case String checkout when checkout.startsWith("checkout.") -> CheckoutEvent.of(event, type);
      default -> ChargeEvent.of(event, type);
    };
  }

  /**
   * Whether an event is of the live mode; the processor sends those of its test mode to the live
   * endpoints of connected accounts too (Stripe's documentation, "Connect webhooks").
   */
  static boolean live(Object body) {
    return body instanceof Map<?, ?> event && Boolean.TRUE.equals(event.get("livemode"));
  }
}
