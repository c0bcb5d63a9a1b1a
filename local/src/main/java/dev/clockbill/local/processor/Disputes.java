package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Disputes of charges: opened, when the money is withdrawn, then won or lost. Source: Stripe's
 * documentation, "How disputes work" and "Types of events".
 */
final class Disputes {
  static final String KIND = "dispute";

  private final StripeObjects objects;
  private final Payments payments;

  Disputes(StripeObjects objects, Payments payments) {
    this.objects = objects;
    this.payments = payments;
  }

  /**
   * Opens the dispute of a payment, or ends it.
   *
   * @param won whether the account wins the dispute; empty to only open it
   * @throws IllegalArgumentException if there is nothing to dispute, or it has ended
   */
  Change dispute(StripeObjects.Entry payment, Optional<Boolean> won) {
    StripeObjects.Entry charge =
        payments
            .charge(payment)
            .orElseThrow(
                () -> new IllegalArgumentException("Only a payment that was made is disputed."));
    List<String> events = new ArrayList<>();
    StripeObjects.Entry dispute =
        objects.find(charge.text("dispute_id")).orElseGet(() -> open(payment, charge, events));
    if (won.isPresent()) {
      close(dispute, won.get(), events);
    }
    return new Change(dispute, events);
  }

  private StripeObjects.Entry open(
      StripeObjects.Entry payment, StripeObjects.Entry charge, List<String> events) {
    ObjectNode object =
        payments
            .newObject(KIND, "du")
            .put("amount", charge.number("amount"))
            .put("charge", charge.id())
            .put("currency", charge.text("currency"))
            .put("is_charge_refundable", false)
            .put("payment_intent", payment.id())
            .put("reason", "fraudulent")
            .put("status", "needs_response");
    object.putArray("balance_transactions");
    StripeObjects.Entry dispute = new StripeObjects.Entry(payment.account(), object);
    objects.put(dispute);
    charge.object().put("disputed", true).put("dispute_id", dispute.id());
    objects.put(charge);
    events.add(payments.record("charge.dispute.created", dispute));
    events.add(payments.record("charge.dispute.funds_withdrawn", dispute));
    return dispute;
  }

  private void close(StripeObjects.Entry dispute, boolean won, List<String> events) {
    if (!dispute.text("status").equals("needs_response")) {
      throw new IllegalArgumentException("This dispute is " + dispute.text("status") + " already.");
    }
    dispute.object().put("status", won ? "won" : "lost");
    objects.put(dispute);
    events.add(payments.record("charge.dispute.closed", dispute));
    if (won) {
      events.add(payments.record("charge.dispute.funds_reinstated", dispute));
    }
  }

  /** The disputes of an account, newest first, of one payment or charge where that is asked for. */
  List<ObjectNode> list(Form form, String account) {
    return objects.newestFirst(KIND).stream()
        .filter(entry -> entry.account().equals(account))
        .filter(entry -> Payments.belongs(entry, form))
        .map(StripeObjects.Entry::object)
        .toList();
  }
}
