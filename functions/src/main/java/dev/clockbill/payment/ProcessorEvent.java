package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event of the processor that we act on. */
sealed interface ProcessorEvent permits CheckoutEvent, ChargeEvent, AccountEvent, AccountGone {

  /**
   * The types of the events that we act on, as the processor is asked for them: at most 20. Both
   * names of a refund's changes are among them, since which one is sent depends on the version.
   */
  List<String> TYPES =
      List.of(
          AccountEvent.TYPE,
          "charge.dispute.closed",
          "charge.dispute.created",
          "charge.dispute.funds_reinstated",
          "charge.dispute.funds_withdrawn",
          "charge.dispute.updated",
          "charge.refund.updated",
          "charge.refunded",
          "checkout.session.async_payment_failed",
          "checkout.session.async_payment_succeeded",
          "checkout.session.completed",
          "checkout.session.expired",
          "refund.created",
          "refund.failed",
          "refund.updated");

  /**
   * Reads an event.
   *
   * @param event the processor's JSON
   * @return empty for events about anything else
   */
  static Optional<? extends ProcessorEvent> of(Map<String, Object> event) {
    String type = Json.text(event, "type");
    if (type == null) {
      return Optional.empty();
    }
    return switch (type) {
      case AccountEvent.TYPE -> AccountEvent.of(event);
      case "account.application.deauthorized" -> AccountGone.of(event);
      default ->
          type.startsWith("checkout.")
              ? CheckoutEvent.of(event, type)
              : ChargeEvent.of(event, type);
    };
  }

  /** When an event, or another object of the processor's, was made; empty where it does not say. */
  static Optional<Instant> made(Map<String, Object> object) {
    return object.get("created") instanceof Number seconds
        ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
        : Optional.empty();
  }

  /**
   * Whether an event is of the live mode; the processor sends those of its test mode to the live
   * endpoints of connected accounts too (Stripe's documentation, "Connect webhooks").
   */
  static boolean live(Map<String, Object> event) {
    return Boolean.TRUE.equals(event.get("livemode"));
  }
}
