package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.JsonBody;
import dev.clockbill.local.http.Page;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.time.StackClock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Controls for tests: what payers and the processor itself do. A response comes after the first
 * delivery of the events that it names.
 */
final class ProcessorControls {
  private static final String PATH = "/_processor";

  private final StripeObjects objects;
  private final Accounts accounts;
  private final Checkouts checkouts;
  private final Payments payments;
  private final Refunds refunds;
  private final Disputes disputes;
  private final Callbacks callbacks;
  private final StackClock clock;
  private final ProcessorPages pages;

  /** There is no object with this id. */
  private static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(String what, String id) {
      super("There is no " + what + " \"" + id + "\".");
    }
  }

  /** The state of the object does not allow the request. */
  private static final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Conflict(String message) {
      super(message);
    }
  }

  private interface Control {
    Response answer(Request request, String id);
  }

  ProcessorControls(
      StripeObjects objects,
      Accounts accounts,
      Checkouts checkouts,
      Payments payments,
      Refunds refunds,
      Disputes disputes,
      Callbacks callbacks,
      StackClock clock,
      ProcessorPages pages) {
    this.objects = objects;
    this.accounts = accounts;
    this.checkouts = checkouts;
    this.payments = payments;
    this.refunds = refunds;
    this.disputes = disputes;
    this.callbacks = callbacks;
    this.clock = clock;
    this.pages = pages;
  }

  Router router() {
    Router router = new Router();
    on(router, "GET", "/checkout", (request, none) -> list(request));
    on(router, "GET", "/checkout/{id}", this::show);
    on(router, "POST", "/checkout/{id}", this::happen);
    on(router, "POST", "/payments/{id}/settle", this::settle);
    on(router, "POST", "/payments/{id}/refund", this::refund);
    on(router, "POST", "/payments/{id}/dispute", this::dispute);
    on(router, "POST", "/refunds/{id}/settle", this::settleRefund);
    on(router, "POST", "/accounts/{id}", this::enable);
    on(router, "POST", "/accounts/{id}/connection", this::connect);
    on(router, "GET", "/events", (request, none) -> events());
    on(router, "POST", "/events", (request, none) -> makeEvent(request));
    on(router, "POST", "/events/hold", (request, none) -> hold(request));
    on(router, "POST", "/events/{id}/redeliver", this::redeliver);
    return router;
  }

  private static void on(Router router, String method, String pattern, Control control) {
    router.on(
        method,
        PATH + pattern,
        (request, path) -> {
          try {
            return control.answer(request, path.getOrDefault("id", ""));
          } catch (Unknown unknown) {
            return JsonBody.problem(404, unknown.getMessage());
          } catch (Conflict conflict) {
            return JsonBody.problem(409, conflict.getMessage());
          } catch (IllegalArgumentException | StripeError refused) {
            return JsonBody.problem(400, refused.getMessage());
          }
        });
  }

  private Response list(Request request) {
    List<StripeObjects.Entry> sessions = objects.newestFirst(Checkouts.KIND);
    if (Page.isAskedBy(request)) {
      return pages.list(sessions);
    }
    return Response.json(200, Map.of("sessions", sessions.stream().map(this::described).toList()));
  }

  private Response show(Request request, String id) {
    StripeObjects.Entry session = session(id);
    return Page.isAskedBy(request)
        ? pages.checkout(session)
        : Response.json(200, described(session));
  }

  private Response happen(Request request, String id) {
    boolean form = request.header("content-type").orElse("").contains("x-www-form-urlencoded");
    if (form) {
      Outcome outcome = Outcome.named(request.form().getOrDefault("outcome", ""));
      Change change;
      synchronized (objects) {
        StripeObjects.Entry session = session(id);
        if (!Checkouts.isOpen(session)) {
          return pages.checkout(session);
        }
        change = objects.together(() -> checkouts.happen(session, outcome));
      }
      callbacks.deliver(change.eventIds());
      return pages.afterwards(change.entry(), outcome);
    }
    JsonBody body = JsonBody.of(request, Set.of("outcome", "force"));
    Outcome outcome = Outcome.named(body.text("outcome"));
    boolean forced = body.flag("force", false);
    Change change;
    synchronized (objects) {
      StripeObjects.Entry session = session(id);
      if (!Checkouts.isOpen(session) && !forced) {
        throw new Conflict(
            "This checkout is no longer open, it is " + session.text("status") + ".");
      }
      change = objects.together(() -> checkouts.happen(session, outcome));
    }
    return delivered(change.entry(), change.eventIds());
  }

  private Response settle(Request request, String id) {
    String outcome = JsonBody.of(request, Set.of("outcome")).text("outcome");
    if (!Set.of("paid", "failed").contains(outcome)) {
      throw new IllegalArgumentException("\"outcome\" must be \"paid\" or \"failed\".");
    }
    Change change;
    synchronized (objects) {
      StripeObjects.Entry payment = payment(id);
      if (!Payments.isProcessing(payment)) {
        throw new Conflict("This payment is not processing, it is " + payment.text("status") + ".");
      }
      change =
          objects.together(
              () -> checkouts.settle(sessionOf(payment), payment, outcome.equals("paid")));
    }
    return delivered(change.entry(), change.eventIds());
  }

  private Response refund(Request request, String id) {
    JsonBody body = JsonBody.of(request, Set.of("amount"));
    StripeObjects.Entry payment;
    Change change;
    synchronized (objects) {
      payment = payment(id);
      long amount = body.number("amount", payments.refundable(payment));
      change = objects.together(() -> refunds.make(payment, amount, null, Map.of()));
    }
    callbacks.deliver(change.eventIds());
    ObjectNode response = described(sessionOf(payment)).put("refundId", change.entry().id());
    change.eventIds().forEach(response.putArray("eventIds")::add);
    return Response.json(200, response);
  }

  private Response settleRefund(Request request, String id) {
    String outcome = JsonBody.of(request, Set.of("outcome")).text("outcome");
    if (!Refunds.OUTCOMES.contains(outcome)) {
      throw new IllegalArgumentException("\"outcome\" must be one of " + Refunds.OUTCOMES + ".");
    }
    Change change;
    synchronized (objects) {
      StripeObjects.Entry refund =
          objects
              .find(id)
              .filter(entry -> entry.text("object").equals(Refunds.KIND))
              .orElseThrow(() -> new Unknown("refund", id));
      change = objects.together(() -> refunds.settle(refund, outcome));
    }
    callbacks.deliver(change.eventIds());
    return Response.json(200, Map.of("refundId", id, "eventIds", change.eventIds()));
  }

  private Response dispute(Request request, String id) {
    Optional<String> outcome = JsonBody.of(request, Set.of("outcome")).optionalText("outcome");
    if (outcome.isPresent() && !Set.of("won", "lost").contains(outcome.get())) {
      throw new IllegalArgumentException("\"outcome\" must be \"won\" or \"lost\".");
    }
    StripeObjects.Entry payment;
    Change change;
    synchronized (objects) {
      payment = payment(id);
      change = objects.together(() -> disputes.dispute(payment, outcome.map("won"::equals)));
    }
    return delivered(sessionOf(payment), change.eventIds());
  }

  private Response enable(Request request, String id) {
    JsonBody body = JsonBody.of(request, Set.of("chargesEnabled"));
    if (!body.fields().has("chargesEnabled")) {
      throw new IllegalArgumentException("\"chargesEnabled\" must be true or false.");
    }
    Change change;
    synchronized (objects) {
      change = accounts.enable(accounts.known(id), body.flag("chargesEnabled", true));
    }
    callbacks.deliver(change.eventIds());
    return Response.json(
        200,
        Map.of(
            "accountId",
            id,
            "chargesEnabled",
            change.entry().object().path("charges_enabled"),
            "eventIds",
            change.eventIds()));
  }

  /**
   * Takes the platform's access to an account, or gives it back, without an event: as for a key of
   * another platform, or where the event about it is lost.
   */
  private Response connect(Request request, String id) {
    boolean connected = JsonBody.of(request, Set.of("connected")).flag("connected", true);
    synchronized (objects) {
      accounts.connect(id, connected);
    }
    return Response.json(200, Map.of("accountId", id, "connected", connected));
  }

  private Response events() {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    ArrayNode events = response.putArray("events");
    for (JsonNode kept : callbacks.newestFirst()) {
      JsonNode event = kept.path("event");
      ObjectNode described = events.addObject();
      described.set("id", event.path("id"));
      described.set("type", event.path("type"));
      described.put("account", event.path("account").asText(null));
      described.set("data", event.path("data"));
      described.set("deliveries", kept.path("deliveries"));
    }
    return Response.json(200, response);
  }

  private Response makeEvent(Request request) {
    JsonBody body = JsonBody.of(request, Set.of("type", "account", "data", "signedAt", "livemode"));
    if (!(body.fields().path("data") instanceof ObjectNode given)) {
      throw new IllegalArgumentException("\"data\" must be an object.");
    }
    // Either Stripe's data or only the object in it.
    ObjectNode data = given;
    if (!given.path("object").isObject()) {
      data = JsonNodeFactory.instance.objectNode();
      data.set("object", given);
    }
    Instant signedAt =
        body.optionalText("signedAt").map(ProcessorControls::instant).orElse(clock.instant());
    String account = body.optionalText("account").orElse("");
    if (body.text("type").equals("account.application.deauthorized")) {
      synchronized (objects) {
        accounts.connect(account, false);
      }
    }
    String id =
        callbacks.record(body.text("type"), account, data, body.flag("livemode", callbacks.live()));
    return Response.json(
        200, Map.of("eventId", id, "webhookStatus", callbacks.attempt(id, signedAt)));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "\"signedAt\" must be an instant such as \"2026-11-22T17:04:05Z\".", malformed);
    }
  }

  private Response hold(Request request) {
    boolean held = JsonBody.of(request, Set.of("hold")).flag("hold", true);
    callbacks.hold(held);
    return Response.json(200, Map.of("hold", held));
  }

  private Response redeliver(Request request, String id) {
    JsonBody.of(request, Set.of());
    if (callbacks.find(id).isEmpty()) {
      throw new Unknown("event", id);
    }
    return Response.json(200, Map.of("webhookStatus", callbacks.attempt(id, clock.instant())));
  }

  private Response delivered(StripeObjects.Entry session, List<String> eventIds) {
    callbacks.deliver(eventIds);
    ObjectNode response = described(session);
    eventIds.forEach(response.putArray("eventIds")::add);
    return Response.json(200, response);
  }

  private StripeObjects.Entry session(String id) {
    return objects
        .find(id)
        .filter(entry -> entry.text("object").equals(Checkouts.KIND))
        .orElseThrow(() -> new Unknown("checkout", id));
  }

  private StripeObjects.Entry payment(String id) {
    return objects
        .find(id)
        .filter(entry -> entry.text("object").equals(Payments.KIND))
        .orElseThrow(() -> new Unknown("payment", id));
  }

  private StripeObjects.Entry sessionOf(StripeObjects.Entry payment) {
    return session(payment.text("checkout_session"));
  }

  private ObjectNode described(StripeObjects.Entry session) {
    String payment = session.object().path("payment_intent").asText(null);
    ObjectNode described =
        JsonNodeFactory.instance
            .objectNode()
            .put("sessionId", session.id())
            .put("amount", session.number("amount_total"))
            .put("currency", session.text("currency"))
            .put("account", session.account())
            .put("status", session.text("status"))
            .put("paymentStatus", session.text("payment_status"))
            .put("paymentId", payment);
    ArrayNode back = described.putArray("refunds");
    for (StripeObjects.Entry refund : refunds.of(payment)) {
      back.addObject()
          .put("refundId", refund.id())
          .put("amount", refund.number("amount"))
          .put("status", refund.text("status"));
    }
    return described;
  }
}
