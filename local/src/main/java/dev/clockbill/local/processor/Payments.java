package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Payments with their charges. */
final class Payments {
  static final String KIND = "payment_intent";
  static final String CHARGE = "charge";
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

  /** The charge of a payment, if there is one. */
  Optional<StripeObjects.Entry> charge(StripeObjects.Entry payment) {
    return objects.find(payment.text("latest_charge"));
  }

  /** A new object with what all of them have. */
  ObjectNode newObject(String kind, String prefix) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", objects.id(prefix))
            .put("object", kind)
            .put("created", clock.instant().getEpochSecond())
            .put("livemode", callbacks.live());
    object.putObject("metadata");
    return object;
  }

  /** Records an event about an object; gives its id. */
  String record(String type, StripeObjects.Entry entry) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.set("object", shown(entry));
    return callbacks.record(type, entry.account(), data);
  }

  /** Whether an object is of the payment or the charge that a request names, if it names one. */
  static boolean belongs(StripeObjects.Entry entry, Form form) {
    return form.text("payment_intent")
            .filter(id -> !id.equals(entry.text("payment_intent")))
            .isEmpty()
        && form.text("charge").filter(id -> !id.equals(entry.text("charge"))).isEmpty();
  }

  /** An object as Stripe shows it. */
  static ObjectNode shown(StripeObjects.Entry entry) {
    ObjectNode shown = entry.object().deepCopy();
    shown.remove(List.of("checkout_session", "dispute_id"));
    return shown;
  }
}
