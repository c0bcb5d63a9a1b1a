package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.time.StackClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checkout sessions: {@code open}, then {@code complete} or {@code expired}.
 *
 * <p>A session expires after 24 hours, or earlier if its creator asked for that.
 */
final class Checkouts {
  static final String KIND = "checkout.session";

  /** The supported parameters of a new session. */
  static final Set<String> PARAMETERS =
      Set.of(
          "mode",
          "success_url",
          "cancel_url",
          "customer_email",
          "client_reference_id",
          "expires_at",
          "locale",
          "submit_type",
          "metadata.*",
          "payment_method_types.#",
          "line_items.#.quantity",
          "line_items.#.price_data.currency",
          "line_items.#.price_data.unit_amount",
          "line_items.#.price_data.product_data.name",
          "line_items.#.price_data.product_data.description",
          "payment_intent_data.metadata.*",
          "payment_intent_data.description",
          "payment_intent_data.receipt_email",
          "expand.#");

  private static final String OPEN = "open";

  /** Source: Stripe's OpenAPI file, "Create a Checkout Session", for the mode payment. */
  private static final int MOST_LINE_ITEMS = 100;

  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration SHORTEST = Duration.ofMinutes(30);

  private final String base;
  private final boolean live;
  private final StripeObjects objects;
  private final Accounts accounts;
  private final Payments payments;
  private final Callbacks callbacks;
  private final StackClock clock;

  Checkouts(
      ProcessorSettings settings,
      StripeObjects objects,
      Accounts accounts,
      Payments payments,
      Callbacks callbacks,
      StackClock clock) {
    this.base = settings.base();
    this.live = settings.live();
    this.objects = objects;
    this.accounts = accounts;
    this.payments = payments;
    this.callbacks = callbacks;
    this.clock = clock;
  }

  /** Schedules the expiry of sessions from an earlier run. */
  void begin() {
    objects.newestFirst(KIND).stream().filter(Checkouts::isOpen).forEach(this::letExpire);
  }

  /**
   * Creates a session.
   *
   * @throws StripeError saying what is wrong with its parameters
   */
  StripeObjects.Entry create(Form form, String account) {
    if (!form.required("mode").equals("payment")) {
      throw StripeError.wrongParameter(
          "parameter_invalid", "mode", "The stack knows the mode payment only.");
    }
    form.required("success_url");
    Formats.url(form, "success_url", live);
    Formats.url(form, "cancel_url", live);
    Formats.email(form, "customer_email");
    Formats.email(form, "payment_intent_data.receipt_email");
    if (form.items("line_items").size() > MOST_LINE_ITEMS) {
      throw StripeError.wrongParameter(
          "parameter_invalid",
          "line_items",
          "A Checkout Session has at most " + MOST_LINE_ITEMS + " line items.");
    }
    String currency = null;
    long total = 0;
    for (String item : form.items("line_items")) {
      String given = form.required(item + ".price_data.currency").toLowerCase(Locale.ROOT);
      if (currency != null && !currency.equals(given)) {
        throw StripeError.invalid(
            "", "line_items", "All line items must have the same currency: " + currency + ".");
      }
      Formats.currency(item + ".price_data.currency", given);
      currency = given;
      form.required(item + ".price_data.product_data.name");
      form.required(item + ".price_data.unit_amount");
      total =
          Math.addExact(
              total,
              Math.multiplyExact(
                  form.number(item + ".price_data.unit_amount").orElseThrow(),
                  form.number(item + ".quantity").orElse(1L)));
    }
    if (currency == null) {
      throw StripeError.invalid(
          "parameter_missing", "line_items", "Missing required param: line_items.");
    }
    accounts.mustTakePayments(account);
    Amounts.check(total, currency);
    StripeObjects.Entry session = new StripeObjects.Entry(account, session(form, currency, total));
    objects.put(session);
    letExpire(session);
    return session;
  }

  private ObjectNode session(Form form, String currency, long total) {
    String id = objects.id(live ? "cs_live" : "cs_test");
    Instant now = clock.instant();
    ObjectNode session =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("object", KIND)
            .put("amount_subtotal", total)
            .put("amount_total", total)
            .put("cancel_url", form.text("cancel_url").orElse(null))
            .put("client_reference_id", form.text("client_reference_id").orElse(null))
            .put("created", now.getEpochSecond())
            .put("currency", currency)
            .put("customer_email", form.text("customer_email").orElse(null))
            .put("expires_at", expiry(form, now).getEpochSecond())
            .put("livemode", live)
            .put("mode", "payment")
            .putNull("payment_intent")
            .put("payment_status", "unpaid")
            .put("status", OPEN)
            .put("success_url", form.required("success_url").replace("{CHECKOUT_SESSION_ID}", id))
            .put("ui_mode", "hosted_page")
            .put("url", base + "/_processor/checkout/" + id);
    ObjectNode metadata = session.putObject("metadata");
    form.below("metadata").forEach(metadata::put);
    session.putArray("payment_method_types").add("card");
    // Not part of Stripe's session: the data of a later payment.
    ObjectNode payment = session.putObject("payment_intent_data");
    ObjectNode paymentMetadata = payment.putObject("metadata");
    form.below("payment_intent_data.metadata").forEach(paymentMetadata::put);
    payment.put(
        "description",
        form.text("payment_intent_data.description")
            .orElse(form.required("line_items.0.price_data.product_data.name")));
    return session;
  }

  private static Instant expiry(Form form, Instant now) {
    Instant expiry =
        form.number("expires_at").map(Instant::ofEpochSecond).orElse(now.plus(LONGEST));
    if (expiry.isBefore(now.plus(SHORTEST).minusSeconds(1)) || expiry.isAfter(now.plus(LONGEST))) {
      throw StripeError.invalid(
          "",
          "expires_at",
          "The `expires_at` timestamp must be 30 minutes to 24 hours from Checkout Session"
              + " creation.");
    }
    return expiry;
  }

  private void letExpire(StripeObjects.Entry session) {
    clock.at(
        Instant.ofEpochSecond(session.number("expires_at")),
        "expiry of checkout " + session.id(),
        () -> {
          List<String> events;
          synchronized (objects) {
            StripeObjects.Entry now = objects.find(session.id()).orElseThrow();
            events = isOpen(now) ? expired(now).eventIds() : List.of();
          }
          callbacks.deliver(events);
        });
  }

  /**
   * Ends a session.
   *
   * @throws StripeError if it is no longer open
   */
  Change expire(StripeObjects.Entry session) {
    if (!isOpen(session)) {
      throw StripeError.invalid(
          "",
          "",
          "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session"
              + " has a status of `"
              + session.text("status")
              + "`.");
    }
    return expired(session);
  }

  private Change expired(StripeObjects.Entry session) {
    session.object().put("status", "expired").putNull("url");
    objects.put(session);
    return changed(session, List.of("checkout.session.expired"), List.of());
  }

  /** What the payer does; a test may force it on a session that is no longer open. */
  Change happen(StripeObjects.Entry session, Outcome outcome) {
    return switch (outcome) {
      case PAID -> {
        StripeObjects.Entry payment = payments.begin(session);
        Change paid = payments.succeed(payment);
        complete(session, payment, "paid");
        yield changed(session, List.of("checkout.session.completed"), paid.eventIds());
      }
      case PROCESSING -> {
        StripeObjects.Entry payment = payments.begin(session);
        payments.process(payment);
        complete(session, payment, "unpaid");
        yield changed(session, List.of("checkout.session.completed"), List.of());
      }
      case FAILED -> {
        Change declined = payments.decline(payments.begin(session));
        yield new Change(session, declined.eventIds());
      }
      case ABANDONED -> new Change(session, List.of());
    };
  }

  /** Ends a payment that was processing. */
  Change settle(StripeObjects.Entry session, StripeObjects.Entry payment, boolean paid) {
    Change settled = paid ? payments.succeed(payment) : payments.decline(payment);
    session.object().put("payment_status", paid ? "paid" : "unpaid");
    objects.put(session);
    return changed(
        session,
        List.of("checkout.session.async_payment_" + (paid ? "succeeded" : "failed")),
        settled.eventIds());
  }

  private void complete(
      StripeObjects.Entry session, StripeObjects.Entry payment, String paymentStatus) {
    session
        .object()
        .put("status", "complete")
        .put("payment_status", paymentStatus)
        .put("payment_intent", payment.id())
        .putNull("url");
    objects.put(session);
  }

  private Change changed(StripeObjects.Entry session, List<String> types, List<String> before) {
    List<String> events = new ArrayList<>(before);
    for (String type : types) {
      ObjectNode data = JsonNodeFactory.instance.objectNode();
      data.set("object", shown(session));
      events.add(callbacks.record(type, session.account(), data));
    }
    return new Change(session, events);
  }

  static boolean isOpen(StripeObjects.Entry session) {
    return session.text("status").equals(OPEN);
  }

  /** A session as Stripe shows it. */
  static ObjectNode shown(StripeObjects.Entry session) {
    ObjectNode shown = session.object().deepCopy();
    shown.remove(List.of("payment_intent_data", "last_payment_intent"));
    return shown;
  }
}
