package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event of the processor about a checkout of ours.
 *
 * @param eventId the same however often it is delivered
 * @param account the connected account that it is about; null for our own
 * @param sessionId the checkout's
 * @param firm from the metadata that we gave the session, as is {@code invoiceId}
 * @param paymentId the processor's id of the payment, the same in all events about it
 * @param amount in the processor's units
 * @param currency in lower case
 * @param method such as {@code card}
 * @param outcome what it tells
 */
record PaymentEvent(
    String eventId,
    String account,
    String sessionId,
    String firm,
    String invoiceId,
    String paymentId,
    long amount,
    String currency,
    String method,
    Outcome outcome) {

  /** What an event tells of a checkout. */
  enum Outcome {
    /** The money is there. */
    PAID,
    /** The customer has done their part, the money comes later or not at all. */
    PROCESSING,
    /** The money that was under way does not come. */
    FAILED,
    /** Nobody has paid, and nobody can any more. */
    EXPIRED
  }

  /**
   * Reads an event.
   *
   * @param body JSON, as it was signed
   * @return nothing for events that are not about a checkout of ours
   */
  static Optional<PaymentEvent> of(Object body) {
    return body instanceof Map<?, ?>
        ? ofEvent(Json.object(Map.of("event", body), "event"))
        : Optional.empty();
  }

  private static Optional<PaymentEvent> ofEvent(Map<String, Object> event) {
    Map<String, Object> session = Json.object(Json.object(event, "data"), "object");
    Map<String, Object> metadata = Json.object(session, "metadata");
    String firm = Json.text(metadata, "firmId");
    String invoiceId = Json.text(metadata, "invoiceId");
    String sessionId = Json.text(session, "id");
    String eventId = Json.text(event, "id");
    if (firm == null || invoiceId == null || sessionId == null || eventId == null) {
      return Optional.empty();
    }
    return outcome(Json.text(event, "type"), Json.text(session, "payment_status"))
        .map(
            outcome ->
                new PaymentEvent(
                    eventId,
                    Json.text(event, "account"),
                    sessionId,
                    firm,
                    invoiceId,
                    paymentId(session, sessionId),
                    session.get("amount_total") instanceof Number units ? units.longValue() : -1,
                    Json.text(session, "currency"),
                    method(session),
                    outcome));
  }

  private static Optional<Outcome> outcome(String type, String paymentStatus) {
    return Optional.ofNullable(
        switch (type) {
          case "checkout.session.completed" ->
              "unpaid".equals(paymentStatus) ? Outcome.PROCESSING : Outcome.PAID;
          case "checkout.session.async_payment_succeeded" -> Outcome.PAID;
          case "checkout.session.async_payment_failed" -> Outcome.FAILED;
          case "checkout.session.expired" -> Outcome.EXPIRED;
          case null, default -> null;
        });
  }

  /** The payment intent's id, which stands there alone or within the intent. */
  private static String paymentId(Map<String, Object> session, String otherwise) {
    String within = Json.text(Json.object(session, "payment_intent"), "id");
    if (within != null) {
      return within;
    }
    return session.get("payment_intent") instanceof String alone ? alone : otherwise;
  }

  private static String method(Map<String, Object> session) {
    return session.get("payment_method_types") instanceof List<?> types && types.size() == 1
        ? types.getFirst().toString()
        : "online";
  }

  /**
   * Whether it is about the checkout that we opened: from its account, its amount, its currency.
   */
  boolean matches(Checkout checkout, String invoiceCurrency) {
    return invoiceId.equals(checkout.invoiceId())
        && checkout.account().equals(account)
        && ProcessorUnits.of(checkout.amount(), invoiceCurrency)
            .equals(new ProcessorUnits.Chargeable(amount, currency));
  }
}
