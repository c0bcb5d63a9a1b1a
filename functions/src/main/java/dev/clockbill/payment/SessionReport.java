package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import java.util.Map;
import java.util.Optional;

/**
 * A checkout session as the processor has it now, with its payment.
 *
 * @param account the connected account that it belongs to
 * @param session the processor's object
 */
record SessionReport(String account, Map<String, Object> session) {

  /** Reads the processor's answer. */
  static SessionReport of(String account, String json) {
    return new SessionReport(account, Json.readObject(json));
  }

  /**
   * Whether a customer can still pay in it, as far as we know. Source: Stripe's OpenAPI file, where
   * the status is {@code open}, {@code complete}, {@code expired} or null.
   */
  boolean open() {
    return !complete() && !expired();
  }

  private boolean complete() {
    return "complete".equals(Json.text(session, "status"));
  }

  /** Whether it has ended without a payment. */
  boolean expired() {
    return "expired".equals(Json.text(session, "status"));
  }

  /**
   * What happened in it, as the event that the processor sends about that. Its id is of our making
   * and always the same, so that it is booked once, as the processor's own is. A session is
   * completed with its payment under way, and again, as it were, once that has arrived: these are
   * two.
   *
   * @return empty while nothing has happened
   */
  Optional<Map<String, Object>> event() {
    return type()
        .map(
            type ->
                Json.object(
                    "id",
                    String.join(
                        "-",
                        "asked",
                        type,
                        Json.text(session, "payment_status"),
                        Json.text(session, "id")),
                    "object",
                    "event",
                    "type",
                    type,
                    "account",
                    account,
                    "created",
                    Time.now().getEpochSecond(),
                    "livemode",
                    session.get("livemode"),
                    "data",
                    Json.object("object", session)));
  }

  private Optional<String> type() {
    if (open()) {
      return Optional.empty();
    }
    if (expired()) {
      return Optional.of("checkout.session.expired");
    }
    return Optional.of(
        paymentFailed() ? "checkout.session.async_payment_failed" : "checkout.session.completed");
  }

  /** A delayed payment that failed is back where a way of paying has to be chosen. */
  private boolean paymentFailed() {
    String payment = Json.text(Json.object(session, "payment_intent"), "status");
    return "unpaid".equals(Json.text(session, "payment_status"))
        && ("requires_payment_method".equals(payment) || "canceled".equals(payment));
  }
}
