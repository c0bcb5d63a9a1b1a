package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refunds of charges.
 *
 * <p>A refund to a card succeeds at once; by methods that take days it is pending until it is
 * settled by a control. One that has succeeded can still fail. Source: Stripe's documentation,
 * "Refund and cancel payments", and its changelog of 2024-10-28, after which {@code
 * refund.created}, {@code refund.updated} and {@code refund.failed} are sent for all refunds,
 * beside {@code charge.refunded} and {@code charge.refund.updated}.
 */
final class Refunds {
  static final String KIND = "refund";

  /** The supported parameters of a new refund. */
  static final Set<String> PARAMETERS =
      Set.of("payment_intent", "charge", "amount", "reason", "metadata.*", "expand.#");

  private static final String PENDING = "pending";
  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed";
  private static final String UNNAMED = "unnamed";

  /**
   * What a test may let become of a refund. Stripe's OpenAPI file has its status as free text that
   * may be null, so that it may also be unnamed, or a word that nobody knows.
   */
  static final List<String> OUTCOMES = List.of(SUCCEEDED, FAILED, UNNAMED, "unheard-of");

  private static final Set<String> REASONS =
      Set.of("duplicate", "fraudulent", "requested_by_customer");

  private final StripeObjects objects;
  private final Payments payments;

  Refunds(StripeObjects objects, Payments payments) {
    this.objects = objects;
    this.payments = payments;
  }

  /**
   * Refunds a payment or a charge, as a request asks for it.
   *
   * @throws StripeError if something is wrong with its parameters, or nothing can be refunded
   */
  Change create(Form form, String account) {
    if (form.text("payment_intent").isPresent() == form.text("charge").isPresent()) {
      throw StripeError.invalid(
          "",
          "",
          "One of the following params should be provided for this request: payment_intent"
              + " or charge.");
    }
    String payment =
        form.text("payment_intent")
            .orElseGet(
                () ->
                    objects
                        .get(Payments.CHARGE, form.required("charge"), account)
                        .text("payment_intent"));
    form.text("reason")
        .filter(reason -> !REASONS.contains(reason))
        .ifPresent(
            reason -> {
              throw StripeError.invalid("", "reason", "Invalid reason: must be one of " + REASONS);
            });
    StripeObjects.Entry found = objects.get(Payments.KIND, payment, account);
    return make(
        found,
        form.number("amount").orElseGet(() -> payments.refundable(found)),
        form.text("reason").orElse(null),
        form.below("metadata"));
  }

  /**
   * Refunds a payment.
   *
   * @return the refund
   * @throws StripeError if the amount is larger than what is left, or the charge is disputed
   */
  Change make(
      StripeObjects.Entry payment, long amount, String reason, Map<String, String> metadata) {
    StripeObjects.Entry charge =
        payments
            .charge(payment)
            .orElseThrow(
                () ->
                    StripeError.invalid(
                        "",
                        "payment_intent",
                        "This PaymentIntent (%s) does not have a successful charge to refund."
                            .formatted(payment.id())));
    if (charge.object().path("disputed").asBoolean()) {
      throw StripeError.invalid(
          "charge_disputed", "", "Charge " + charge.id() + " has been charged back.");
    }
    long left = payments.refundable(payment);
    if (left == 0) {
      throw StripeError.invalid(
          "charge_already_refunded", "", "Charge " + charge.id() + " has already been refunded.");
    }
    if (amount < 1 || amount > left) {
      throw StripeError.invalid(
          "",
          "amount",
          "Refund amount (%s) is greater than unrefunded amount on charge (%s)"
              .formatted(amount, left));
    }
    boolean card =
        charge.object().path("payment_method_details").path("type").asText().equals("card");
    // Other than most objects, Stripe's refund does not say its mode.
    ObjectNode refund =
        payments
            .newObject(KIND, "re")
            .<ObjectNode>without("livemode")
            .put("amount", amount)
            .put("charge", charge.id())
            .put("currency", payment.text("currency"))
            .put("payment_intent", payment.id())
            .put("reason", reason)
            .put("status", card ? SUCCEEDED : PENDING);
    ObjectNode kept = refund.putObject("metadata");
    metadata.forEach(kept::put);
    StripeObjects.Entry entry = new StripeObjects.Entry(payment.account(), refund);
    objects.put(entry);
    refunded(charge, amount);
    return new Change(
        entry,
        List.of(
            payments.record("refund.created", entry), payments.record("charge.refunded", charge)));
  }

  /** Changes what is refunded of a charge; below zero if a refund has failed. */
  private void refunded(StripeObjects.Entry charge, long amount) {
    long all = charge.number("amount_refunded") + amount;
    charge.object().put("amount_refunded", all).put("refunded", all == charge.number("amount"));
    objects.put(charge);
  }

  /**
   * Ends a refund that is pending, or lets one that has succeeded fail.
   *
   * @param outcome one of {@link #OUTCOMES}
   * @throws IllegalArgumentException if it has failed before, or has succeeded and would not fail
   */
  Change settle(StripeObjects.Entry refund, String outcome) {
    String status = refund.text("status");
    boolean fails = outcome.equals(FAILED);
    if (status.equals(FAILED) || (status.equals(SUCCEEDED) && !fails)) {
      throw new IllegalArgumentException("This refund has " + status + " already.");
    }
    refund.object().put("status", outcome.equals(UNNAMED) ? null : outcome);
    List<String> events = new ArrayList<>();
    if (fails) {
      refund
          .object()
          .put("failure_reason", "expired_or_canceled_card")
          .put("failure_balance_transaction", objects.id("txn"));
      objects
          .find(refund.text("charge"))
          .ifPresent(charge -> refunded(charge, -refund.number("amount")));
    }
    objects.put(refund);
    events.add(payments.record("refund.updated", refund));
    events.add(payments.record("charge.refund.updated", refund));
    if (fails) {
      events.add(payments.record("refund.failed", refund));
    }
    return new Change(refund, events);
  }

  /** The refunds of a payment, newest first. */
  List<StripeObjects.Entry> of(String payment) {
    return objects.newestFirst(KIND).stream()
        .filter(entry -> entry.text("payment_intent").equals(payment))
        .toList();
  }

  /** The refunds of an account, newest first, of one payment or charge where that is asked for. */
  List<ObjectNode> list(Form form, String account) {
    return objects.newestFirst(KIND).stream()
        .filter(entry -> entry.account().equals(account))
        .filter(entry -> Payments.belongs(entry, form))
        .map(StripeObjects.Entry::object)
        .toList();
  }
}
