package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.storage.DocumentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The supported part of Stripe's API: the operations {@code CreateAccount}, {@code
 * RetrieveAccount}, {@code CreateAccountLink}, {@code CreateCheckoutSession}, {@code
 * RetrieveCheckoutSession}, {@code ListCheckoutSessions}, {@code ExpireCheckoutSession}, {@code
 * RetrievePaymentIntent}, {@code CreateRefund}, {@code RetrieveRefund}, {@code ListRefunds}, {@code
 * ListDisputes} and {@code ListEvents}. Other requests and parameters are refused by name.
 */
final class StripeApi {
  static final String PREFIX = "/_processor/v1";
  private static final Duration KEYS_KEPT = Duration.ofHours(24);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> EXPAND = Set.of("expand.#");
  private static final Set<String> TAKEN_BACK =
      Set.of("payment_intent", "charge", "limit", "starting_after", "expand.#");

  private final ProcessorSettings settings;
  private final StripeObjects objects;
  private final Accounts accounts;
  private final Checkouts checkouts;
  private final Refunds refunds;
  private final Disputes disputes;
  private final Callbacks callbacks;
  private final Faults faults;
  private final DocumentStore requests;
  private final InstantSource clock;

  /** A request with its parameters, its account and its path parameters. */
  private record Asked(Form form, String account, Map<String, String> path) {}

  StripeApi(
      ProcessorSettings settings,
      StripeObjects objects,
      Accounts accounts,
      Checkouts checkouts,
      Refunds refunds,
      Disputes disputes,
      Callbacks callbacks,
      Faults faults,
      DocumentStore requests,
      InstantSource clock) {
    this.settings = settings;
    this.objects = objects;
    this.accounts = accounts;
    this.checkouts = checkouts;
    this.refunds = refunds;
    this.disputes = disputes;
    this.callbacks = callbacks;
    this.faults = faults;
    this.requests = requests;
    this.clock = clock;
  }

  Router router() {
    Router router = new Router();
    on(
        router,
        "POST",
        "/accounts",
        "CreateAccount",
        Accounts.PARAMETERS,
        asked -> accounts.create(asked.form()).object());
    on(
        router,
        "GET",
        "/accounts/{id}",
        "RetrieveAccount",
        EXPAND,
        asked -> accounts.get(asked.path().get("id")).object());
    on(
        router,
        "POST",
        "/account_links",
        "CreateAccountLink",
        Accounts.LINK_PARAMETERS,
        asked -> accounts.link(asked.form()));
    on(
        router,
        "POST",
        "/checkout/sessions",
        "CreateCheckoutSession",
        Checkouts.PARAMETERS,
        asked -> expanded(checkouts.create(asked.form(), asked.account()), asked));
    on(
        router,
        "GET",
        "/checkout/sessions",
        "ListCheckoutSessions",
        Set.of("payment_intent", "status", "limit", "starting_after", "expand.#"),
        this::listSessions);
    on(
        router,
        "GET",
        "/checkout/sessions/{id}",
        "RetrieveCheckoutSession",
        EXPAND,
        asked -> expanded(session(asked), asked));
    on(
        router,
        "POST",
        "/checkout/sessions/{id}/expire",
        "ExpireCheckoutSession",
        EXPAND,
        asked -> {
          Change change = checkouts.expire(session(asked));
          callbacks.deliverSoon(change.eventIds());
          return expanded(change.entry(), asked);
        });
    on(
        router,
        "GET",
        "/payment_intents/{id}",
        "RetrievePaymentIntent",
        EXPAND,
        asked ->
            expanded(objects.get(Payments.KIND, asked.path().get("id"), asked.account()), asked));
    on(
        router,
        "POST",
        "/refunds",
        "CreateRefund",
        Refunds.PARAMETERS,
        asked -> {
          Change change = refunds.create(asked.form(), asked.account());
          callbacks.deliverSoon(change.eventIds());
          return change.entry().object();
        });
    on(
        router,
        "GET",
        "/refunds/{id}",
        "RetrieveRefund",
        EXPAND,
        asked -> objects.get(Refunds.KIND, asked.path().get("id"), asked.account()).object());
    on(
        router,
        "GET",
        "/refunds",
        "ListRefunds",
        TAKEN_BACK,
        asked -> page(refunds.list(asked.form(), asked.account()), asked.form(), "/v1/refunds"));
    on(
        router,
        "GET",
        "/disputes",
        "ListDisputes",
        TAKEN_BACK,
        asked -> page(disputes.list(asked.form(), asked.account()), asked.form(), "/v1/disputes"));
    on(
        router,
        "GET",
        "/events",
        "ListEvents",
        Set.of("type", "types.#", "created.gte", "limit", "starting_after"),
        this::listEvents);
    return router;
  }

  /** The response to a request without a matching route. */
  Response unknown(Request request) {
    return StripeError.unknownCall(request.method(), request.path()).answer();
  }

  private void on(
      Router router,
      String method,
      String pattern,
      String operation,
      Set<String> known,
      Function<Asked, JsonNode> handler) {
    router.on(
        method,
        PREFIX + pattern,
        (request, path) -> {
          try {
            return answer(request, path, operation, known, handler);
          } catch (StripeError refused) {
            return refused.answer();
          }
        });
  }

  private Response answer(
      Request request,
      Map<String, String> path,
      String operation,
      Set<String> known,
      Function<Asked, JsonNode> handler) {
    String key = request.header("authorization").orElse("").replaceFirst("^Bearer ", "");
    String function = settings.caller(key).orElseThrow(StripeError::wrongKey);
    Form form =
        Form.of(request.method().equals("GET") ? request.parameters() : request.form(), known);
    Asked asked = new Asked(form, request.header("stripe-account").orElse(""), path);
    Optional<Faults.Fault> fault = faults.take(function, "processor", operation);
    if (fault.isPresent() && fault.get().when() == Faults.When.BEFORE) {
      return failing(fault.get(), operation);
    }
    Response response;
    synchronized (objects) {
      response = once(request, asked, handler);
    }
    return fault.isPresent() ? failing(fault.get(), operation) : response;
  }

  private static Response failing(Faults.Fault fault, String operation) {
    return switch (fault.with()) {
      case ERROR -> broken(operation);
      case TIMEOUT -> Response.none();
      case THROTTLE -> StripeError.tooMany().answer();
    };
  }

  /** Stripe's clients repeat a request after a 500; here the function itself must see the error. */
  private static Response broken(String operation) {
    return StripeError.broken(operation).answer().with("Stripe-Should-Retry", "false");
  }

  /** Carries a request out, unless its idempotency key was used before. */
  private Response once(Request request, Asked asked, Function<Asked, JsonNode> handler) {
    Optional<String> key =
        request.header("idempotency-key").filter(given -> request.method().equals("POST"));
    if (key.isEmpty()) {
      return Response.json(200, handler.apply(asked));
    }
    String kept = asked.account() + "/" + key.get();
    String content = request.path() + "?" + request.text();
    Optional<JsonNode> before =
        requests
            .get(kept)
            .filter(
                done ->
                    Instant.parse(done.path("at").asText())
                        .plus(KEYS_KEPT)
                        .isAfter(clock.instant()));
    if (before.isPresent()) {
      if (!before.get().path("request").asText().equals(content)) {
        throw StripeError.otherParameters();
      }
      return Response.json(200, read(before.get().path("answer").asText()))
          .with("Idempotent-Replayed", "true");
    }
    JsonNode answer = handler.apply(asked);
    requests.put(
        kept,
        JsonNodeFactory.instance
            .objectNode()
            .put("request", content)
            .put("answer", answer.toString())
            .put("at", clock.instant().toString()));
    return Response.json(200, answer);
  }

  private StripeObjects.Entry session(Asked asked) {
    return objects.get(Checkouts.KIND, asked.path().get("id"), asked.account());
  }

  private JsonNode listSessions(Asked asked) {
    Optional<String> payment = asked.form().text("payment_intent");
    Optional<String> status = asked.form().text("status");
    List<ObjectNode> sessions =
        objects.newestFirst(Checkouts.KIND).stream()
            .filter(session -> session.account().equals(asked.account()))
            .filter(
                session ->
                    payment.isEmpty() || session.text("payment_intent").equals(payment.get()))
            .filter(session -> status.isEmpty() || session.text("status").equals(status.get()))
            .map(session -> expanded(session, asked))
            .toList();
    return page(sessions, asked.form(), "/v1/checkout/sessions");
  }

  private JsonNode listEvents(Asked asked) {
    Form form = asked.form();
    Set<String> types =
        form.text("type").map(Set::of).orElseGet(() -> Set.copyOf(form.below("types").values()));
    long since = form.number("created.gte").orElse(0L);
    List<JsonNode> events =
        callbacks.newestFirst().stream()
            .map(kept -> kept.path("event"))
            .filter(event -> event.path("account").asText().equals(asked.account()))
            .filter(event -> types.isEmpty() || types.contains(event.path("type").asText()))
            .filter(event -> event.path("created").asLong() >= since)
            .toList();
    return page(events, form, "/v1/events");
  }

  private static JsonNode page(List<? extends JsonNode> all, Form form, String url) {
    int limit = (int) Math.clamp(form.number("limit").orElse(10L), 1L, 100L);
    Optional<String> after = form.text("starting_after");
    List<? extends JsonNode> rest =
        after.isEmpty()
            ? all
            : all.stream()
                .dropWhile(object -> !object.path("id").asText().equals(after.get()))
                .skip(1)
                .toList();
    ObjectNode page = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = page.putArray("data");
    rest.stream().limit(limit).forEach(data::add);
    return page.put("has_more", rest.size() > limit).put("url", url);
  }

  private ObjectNode expanded(StripeObjects.Entry entry, Asked asked) {
    boolean session = entry.text("object").equals(Checkouts.KIND);
    ObjectNode shown = session ? Checkouts.shown(entry) : Payments.shown(entry);
    for (String path : asked.form().below("expand").values()) {
      switch (path.replaceFirst("^data\\.", "")) {
        case "payment_intent" -> expand(shown, "payment_intent");
        case "payment_intent.latest_charge" -> {
          expand(shown, "payment_intent");
          if (shown.path("payment_intent") instanceof ObjectNode payment) {
            expand(payment, "latest_charge");
          }
        }
        case "latest_charge" -> expand(shown, "latest_charge");
        default ->
            throw StripeError.invalid(
                "", "expand", "This property cannot be expanded (" + path + ").");
      }
    }
    return shown;
  }

  private void expand(ObjectNode object, String field) {
    if (object.path(field).isTextual()) {
      objects
          .find(object.path(field).asText())
          .ifPresent(found -> object.set(field, Payments.shown(found)));
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
