package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Payments with their charges, refunds and disputes. */
final class Payments {
  static final String KIND = "payment_intent";
  private static final String CHARGE = "charge";
  private static final String DISPUTE = "dispute";
  private static final String PROCESSING = "processing";
  private static final String SUCCEEDED = "succeeded";

  private final StripeObjects objects;
  private final Callbacks callbacks;
  private final InstantSource clock;

  Payments(StripeObjects objects, Callbacks callbacks, InstantSource clock) {
    this.objects = objects;
    this.callbacks = callbacks;
    this.clock = clock;
  }

  /** The payment of a session: the one that was declined before, or a new one. */
  StripeObjects.Entry begin(StripeObjects.Entry session) {
    Optional<StripeObjects.Entry> declined =
        objects
            .find(session.text("last_payment_intent"))
            .filter(payment -> payment.text("status").equals("requires_payment_method"));
    if (declined.isPresent()) {
      return declined.get();
    }
    ObjectNode payment =
        newObject(KIND, "pi")
            .put("amount", session.number("amount_total"))
            .put("amount_received", 0)
            .put("currency", session.text("currency"))
            .put("status", "requires_payment_method")
            .putNull("latest_charge")
            .put("capture_method", "automatic")
            .put("checkout_session", session.id());
    payment.set("description", session.object().path("payment_intent_data").path("description"));
    payment.set("metadata", session.object().path("payment_intent_data").path("metadata"));
    payment.putArray("payment_method_types").add("card");
    StripeObjects.Entry entry = new StripeObjects.Entry(session.account(), payment);
    objects.put(entry);
    session.object().put("last_payment_intent", entry.id());
    objects.put(session);
    return entry;
  }

  /** The payment is processing. */
  void process(StripeObjects.Entry payment) {
    payment.object().put("status", PROCESSING);
    payment.object().putArray("payment_method_types").add("sepa_debit");
    objects.put(payment);
  }

  /** The payment succeeds and gets a charge. */
  Change succeed(StripeObjects.Entry payment) {
    ObjectNode charge =
        newObject(CHARGE, "ch")
            .put("amount", payment.number("amount"))
            .put("amount_captured", payment.number("amount"))
            .put("amount_refunded", 0)
            .put("captured", true)
            .put("currency", payment.text("currency"))
            .put("disputed", false)
            .put("paid", true)
            .put("payment_intent", payment.id())
            .put("refunded", false)
            .put("status", SUCCEEDED);
    charge.set("description", payment.object().path("description"));
    charge.set("metadata", payment.object().path("metadata"));
    String method = payment.object().path("payment_method_types").path(0).asText();
    ObjectNode details = charge.putObject("payment_method_details").put("type", method);
    if (method.equals("card")) {
      details.putObject("card").put("brand", "visa").put("last4", "4242");
    } else {
      details.putObject(method).put("last4", "3000");
    }
    StripeObjects.Entry entry = new StripeObjects.Entry(payment.account(), charge);
    objects.put(entry);
    payment
        .object()
        .put("status", SUCCEEDED)
        .put("amount_received", payment.number("amount"))
        .put("latest_charge", entry.id());
    objects.put(payment);
    return new Change(payment, List.of(record("payment_intent.succeeded", payment)));
  }

  /** The payment is declined. */
  Change decline(StripeObjects.Entry payment) {
    payment.object().put("status", "requires_payment_method");
    payment
        .object()
        .putObject("last_payment_error")
        .put("code", "card_declined")
        .put("type", "card_error")
        .put("message", "Your card was declined.");
    objects.put(payment);
    return new Change(payment, List.of(record("payment_intent.payment_failed", payment)));
  }

  static boolean isProcessing(StripeObjects.Entry payment) {
    return payment.text("status").equals(PROCESSING);
  }

  /** The amount that can still be refunded; 0 without a charge. */
  long refundable(StripeObjects.Entry payment) {
    return charge(payment)
        .map(charge -> charge.number("amount") - charge.number("amount_refunded"))
        .orElse(0L);
  }

  /**
   * Refunds a payment.
   *
   * @return the refund
   * @throws StripeError if the amount is larger than what is left
   */
  Change refund(StripeObjects.Entry payment, long amount, String reason) {
    long left = refundable(payment);
    if (amount < 1 || amount > left) {
      throw StripeError.invalid(
          "",
          "amount",
          "Refund amount (%s) is greater than unrefunded amount on charge (%s)"
              .formatted(amount, left));
    }
    StripeObjects.Entry charge = charge(payment).orElseThrow();
    ObjectNode refund =
        newObject("refund", "re")
            .put("amount", amount)
            .put("charge", charge.id())
            .put("currency", payment.text("currency"))
            .put("payment_intent", payment.id())
            .put("reason", reason.isEmpty() ? null : reason)
            .put("status", SUCCEEDED);
    StripeObjects.Entry entry = new StripeObjects.Entry(payment.account(), refund);
    objects.put(entry);
    charge
        .object()
        .put("amount_refunded", charge.number("amount_refunded") + amount)
        .put("refunded", amount == left);
    objects.put(charge);
    return new Change(entry, List.of(record("charge.refunded", charge)));
  }

  /**
   * Opens the dispute of a payment, or ends it.
   *
   * @param won whether the account wins the dispute; empty to only open it
   * @throws IllegalArgumentException if there is nothing to dispute
   */
  Change dispute(StripeObjects.Entry payment, Optional<Boolean> won) {
    StripeObjects.Entry charge =
        charge(payment)
            .orElseThrow(
                () -> new IllegalArgumentException("Only a payment that was made is disputed."));
    List<String> events = new ArrayList<>();
    StripeObjects.Entry dispute = objects.find(charge.text("dispute_id")).orElse(null);
    if (dispute == null) {
      dispute = new StripeObjects.Entry(payment.account(), opened(payment, charge));
      objects.put(dispute);
      charge.object().put("disputed", true).put("dispute_id", dispute.id());
      objects.put(charge);
      events.add(record("charge.dispute.created", dispute));
    }
    if (won.isPresent()) {
      dispute.object().put("status", won.get() ? "won" : "lost");
      objects.put(dispute);
      events.add(record("charge.dispute.closed", dispute));
    }
    return new Change(dispute, events);
  }

  private ObjectNode opened(StripeObjects.Entry payment, StripeObjects.Entry charge) {
    ObjectNode dispute =
        newObject(DISPUTE, "dp")
            .put("amount", charge.number("amount"))
            .put("charge", charge.id())
            .put("currency", charge.text("currency"))
            .put("is_charge_refundable", false)
            .put("payment_intent", payment.id())
            .put("reason", "fraudulent")
            .put("status", "needs_response");
    dispute.putArray("balance_transactions");
    return dispute;
  }

  /** The charge of a payment, if there is one. */
  Optional<StripeObjects.Entry> charge(StripeObjects.Entry payment) {
    return objects.find(payment.text("latest_charge"));
  }

  private ObjectNode newObject(String kind, String prefix) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", objects.id(prefix))
            .put("object", kind)
            .put("created", clock.instant().getEpochSecond())
            .put("livemode", false);
    object.putObject("metadata");
    return object;
  }

  private String record(String type, StripeObjects.Entry entry) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.set("object", shown(entry));
    return callbacks.record(type, entry.account(), data);
  }

  /** An object as Stripe shows it. */
  static ObjectNode shown(StripeObjects.Entry entry) {
    ObjectNode shown = entry.object().deepCopy();
    shown.remove(List.of("checkout_session", "dispute_id"));
    return shown;
  }
}
