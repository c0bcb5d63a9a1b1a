package dev.clockbill.payment;

import dev.clockbill.payment.ChargeLedger.DisputeState;
import dev.clockbill.payment.ChargeLedger.RefundState;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event about the money of a charge after it was paid: a refund or a dispute. It carries nothing
 * of ours: its account leads to the firm, and its payment there to the invoice, if it is one of
 * ours.
 *
 * @param eventId the same however often the event is delivered
 * @param account the connected account that it is about
 * @param paymentId the processor's id of the payment, {@code pi_…}
 */
record ChargeEvent(String eventId, String account, String paymentId, ChargeFact fact)
    implements ProcessorEvent {

  /** Reads an event; empty unless it says something of a charge of a connected account. */
  static Optional<ChargeEvent> of(Map<String, Object> event, String type) {
    Map<String, Object> object = Json.object(Json.object(event, "data"), "object");
    String eventId = Json.text(event, "id");
    String account = Json.text(event, "account");
    String paymentId = id(object, "payment_intent");
    if (eventId == null || account == null || paymentId == null) {
      return Optional.empty();
    }
    return fact(type, object, event)
        .map(fact -> new ChargeEvent(eventId, account, paymentId, fact));
  }

  private static Optional<? extends ChargeFact> fact(
      String type, Map<String, Object> object, Map<String, Object> event) {
    return switch (type) {
      case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" ->
          refund(object);
      case "charge.refunded" ->
          number(object, "amount_refunded")
              .flatMap(
                  units ->
                      ProcessorEvent.made(event)
                          .map(at -> new ChargeFact.RefundedInAll(units, at)));
      case "charge.dispute.created",
          "charge.dispute.updated",
          "charge.dispute.closed",
          "charge.dispute.funds_withdrawn",
          "charge.dispute.funds_reinstated" ->
          dispute(object);
      default -> Optional.empty();
    };
  }

  /** Reads a refund as the processor's API has it; empty if it is none. */
  static Optional<ChargeFact.OfRefund> refund(Map<String, Object> refund) {
    String refundId = Json.text(refund, "id");
    String rowId = Json.text(Json.object(refund, "metadata"), Processor.REFUND_ID);
    RefundState state = RefundState.told(Json.text(refund, "status"));
    Optional<Long> units = number(refund, "amount");
    Optional<Instant> at = ProcessorEvent.made(refund);
    if (refundId == null || units.isEmpty() || at.isEmpty()) {
      return Optional.empty();
    }
    String ours = Ids.looksLikeOne(rowId) ? rowId : null;
    return Optional.of(new ChargeFact.OfRefund(refundId, ours, units.get(), state, at.get()));
  }

  private static Optional<ChargeFact.OfDispute> dispute(Map<String, Object> dispute) {
    String disputeId = Json.text(dispute, "id");
    String currency = Json.text(dispute, "currency");
    Optional<DisputeState> state =
        DisputeState.told(Json.text(dispute, "status"), wentBack(dispute));
    Optional<Long> units = number(dispute, "amount");
    Optional<Instant> at = ProcessorEvent.made(dispute);
    if (disputeId == null
        || currency == null
        || state.isEmpty()
        || units.isEmpty()
        || at.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ChargeFact.OfDispute(disputeId, units.get(), currency, state.get(), at.get()));
  }

  /**
   * Whether the money of a dispute that was prevented went back to the customer. Its bookings tell:
   * none, one that withdraws the money, or another one that gives it back to the firm. Before there
   * are any its kind does: {@code resolution} gives the money back, {@code block} keeps the dispute
   * from being raised. Source: Stripe's OpenAPI file, {@code dispute}, and its documentation, "Get
   * started on dispute prevention".
   */
  private static boolean wentBack(Map<String, Object> dispute) {
    List<Map<String, Object>> bookings = Json.objects(dispute, "balance_transactions");
    if (bookings.isEmpty()) {
      Map<String, Object> card =
          Json.object(Json.object(dispute, "payment_method_details"), "card");
      return !"block".equals(Json.text(card, "case_type"));
    }
    long moved = bookings.stream().mapToLong(booking -> number(booking, "amount").orElse(0L)).sum();
    return moved < 0;
  }

  /** The id under a name, where the object may stand in its place. */
  static String id(Map<String, Object> object, String name) {
    String within = Json.text(Json.object(object, name), "id");
    return within != null ? within : object.get(name) instanceof String alone ? alone : null;
  }

  private static Optional<Long> number(Map<String, Object> object, String name) {
    return object.get(name) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }
}
