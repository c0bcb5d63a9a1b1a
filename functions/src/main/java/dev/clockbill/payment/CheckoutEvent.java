package dev.clockbill.payment;

import dev.clockbill.shared.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event about a checkout that we opened.
 *
 * @param eventId the same however often the event is delivered
 * @param account the connected account that it is about; null for our own
 * @param firm from the metadata that we gave the session, as are the ids of the invoices
 * @param paymentId the processor's id of the payment, the same in all events about it
 * @param amount in the processor's units
 * @param currency in lower case
 * @param method such as {@code card}
 * @param state the state that the checkout has now
 * @param at when the event was made
 */
record CheckoutEvent(
    String eventId,
    String account,
    String sessionId,
    String firm,
    List<String> invoiceIds,
    String paymentId,
    long amount,
    String currency,
    String method,
    Checkout.State state,
    Instant at)
    implements ProcessorEvent {

  /**
   * Where the metadata of a session have the ids of its invoices, with commas between them: at most
   * 215 characters of the 500 that a value may have (Stripe's documentation, "Metadata").
   */
  static final String INVOICES = "invoiceId";

  /** Reads an event; empty unless it is about a checkout of ours. */
  static Optional<CheckoutEvent> of(Map<String, Object> event, String type) {
    Map<String, Object> session = Json.object(Json.object(event, "data"), "object");
    Map<String, Object> metadata = Json.object(session, "metadata");
    String firm = Json.text(metadata, "firmId");
    List<String> invoiceIds = invoiceIds(metadata);
    String sessionId = Json.text(session, "id");
    String eventId = Json.text(event, "id");
    if (firm == null || invoiceIds.isEmpty() || sessionId == null || eventId == null) {
      return Optional.empty();
    }
    Instant at = ProcessorEvent.made(event).orElse(Instant.EPOCH);
    return state(type, session)
        .map(
            state ->
                new CheckoutEvent(
                    eventId,
                    Json.text(event, "account"),
                    sessionId,
                    firm,
                    invoiceIds,
                    paymentId(session, sessionId),
                    session.get("amount_total") instanceof Number units ? units.longValue() : -1,
                    Json.text(session, "currency"),
                    method(session),
                    state,
                    at));
  }

  /** Those of a checkout of ours, in the order of its shares; none of any other. */
  private static List<String> invoiceIds(Map<String, Object> metadata) {
    String text = Json.text(metadata, INVOICES);
    List<String> ids = text == null ? List.of() : List.of(text.split(",", -1));
    boolean ours =
        ids.size() <= CheckoutSessions.MOST_INVOICES
            && ids.stream().distinct().count() == ids.size();
    return ours ? ids : List.of();
  }

  private static Optional<Checkout.State> state(String type, Map<String, Object> session) {
    return switch (type) {
      case "checkout.session.completed" ->
          Optional.of(paid(session) ? Checkout.State.PAID : Checkout.State.PROCESSING);
      case "checkout.session.async_payment_succeeded" -> Optional.of(Checkout.State.PAID);
      case "checkout.session.async_payment_failed" -> Optional.of(Checkout.State.FAILED);
      case "checkout.session.expired" -> Optional.of(Checkout.State.EXPIRED);
      default -> Optional.empty();
    };
  }

  /** Only what is said to be paid is. */
  private static boolean paid(Map<String, Object> session) {
    String status = Json.text(session, "payment_status");
    return "paid".equals(status) || "no_payment_required".equals(status);
  }

  /** The payment intent's id; the event has it alone or within the intent. */
  private static String paymentId(Map<String, Object> session, String otherwise) {
    return Optional.ofNullable(ChargeEvent.id(session, "payment_intent")).orElse(otherwise);
  }

  private static String method(Map<String, Object> session) {
    return session.get("payment_method_types") instanceof List<?> types && types.size() == 1
        ? types.getFirst().toString()
        : "online";
  }

  /** Why it does not fit a checkout of an invoice; empty if everything fits. */
  Optional<UnmatchedMoney.Reason> misfit(Checkout checkout, String invoiceCurrency) {
    if (!invoiceIds.equals(checkout.invoiceIds()) || !checkout.account().equals(account)) {
      return Optional.of(UnmatchedMoney.Reason.OTHER_ACCOUNT);
    }
    if (!invoiceCurrency.equalsIgnoreCase(currency)) {
      return Optional.of(UnmatchedMoney.Reason.OTHER_CURRENCY);
    }
    return ProcessorUnits.exactly(checkout.amount(), invoiceCurrency)
            .equals(OptionalLong.of(amount))
        ? Optional.empty()
        : Optional.of(UnmatchedMoney.Reason.OTHER_AMOUNT);
  }
}
