package dev.clockbill.local.processor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import dev.clockbill.local.storage.DocumentStore;
import java.time.Duration;
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
  private static final Duration EVENTS_KEPT = Duration.ofDays(30);
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
  private final IdempotentRequests requests;
  private final InstantSource clock;
  private final RequestShapes shapes = new RequestShapes();

  /**
   * One of the supported calls.
   *
   * @param pattern of its path
   * @param known the parameters that the stack supports
   */
  private record Call(
      String pattern, String operation, Set<String> known, Function<Asked, JsonNode> handler) {}

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
    this.requests = new IdempotentRequests(requests, clock);
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
          Change change = objects.together(() -> refunds.create(asked.form(), asked.account()));
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
        Set.of("type", "types.#", "created.gte", "created.lte", "limit", "starting_after"),
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
    Call call = new Call(pattern, operation, known, handler);
    router.on(
        method,
        PREFIX + pattern,
        (request, path) -> {
          try {
            return answer(request, path, call);
          } catch (StripeError refused) {
            return refused.answer();
          }
        });
  }

  private Response answer(Request request, Map<String, String> path, Call call) {
    String key = request.header("authorization").orElse("").replaceFirst("^Bearer ", "");
    String function = settings.caller(key).orElseThrow(StripeError::wrongKey);
    Optional<Faults.Fault> fault = faults.take(function, "processor", call.operation());
    if (fault.isPresent() && neverArrives(fault.get())) {
      return failing(fault.get(), call);
    }
    String account = request.header("stripe-account").orElse("");
    Response response =
        requests.once(request, account, () -> execute(request, path, account, call, fault));
    return fault.filter(lost -> lost.with() == Faults.With.TIMEOUT).isPresent()
        ? Response.none()
        : response;
  }

  private static boolean neverArrives(Faults.Fault fault) {
    return switch (fault.with()) {
      case THROTTLE -> true;
      case TIMEOUT -> fault.when() == Faults.When.BEFORE;
      case ERROR -> false;
    };
  }

  /** The answer of an error is kept like any other; what was done before it stays done. */
  private Response execute(
      Request request,
      Map<String, String> path,
      String account,
      Call call,
      Optional<Faults.Fault> fault) {
    Form form =
        Form.of(
            request.method().equals("GET") ? request.parameters() : request.form(), call.known());
    shapes.check(request.method(), call.pattern(), form);
    if (!account.isEmpty()) {
      accounts.mustBeConnected(account);
    }
    Optional<Faults.Fault> error = fault.filter(told -> told.with() == Faults.With.ERROR);
    if (error.filter(told -> told.when() == Faults.When.BEFORE).isPresent()) {
      return failing(error.get(), call);
    }
    JsonNode answer;
    synchronized (objects) {
      answer = call.handler().apply(new Asked(form, account, path));
    }
    return error.isPresent() ? failing(error.get(), call) : Response.json(200, answer);
  }

  private static Response failing(Faults.Fault fault, Call call) {
    return switch (fault.with()) {
      case ERROR -> StripeError.broken(call.operation()).answer();
      case TIMEOUT -> Response.none();
      case THROTTLE -> StripeError.tooMany().answer();
    };
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
    long until = form.number("created.lte").orElse(Long.MAX_VALUE);
    List<JsonNode> events =
        callbacks.newestFirst().stream()
            .map(kept -> kept.path("event"))
            .filter(event -> event.path("account").asText().equals(asked.account()))
            .filter(event -> types.isEmpty() || types.contains(event.path("type").asText()))
            .filter(event -> event.path("created").asLong() >= since)
            .filter(event -> event.path("created").asLong() <= until)
            .filter(event -> event.path("created").asLong() >= oldest())
            .map(StripeApi::ofCaller)
            .toList();
    return page(events, form, "/v1/events");
  }

  /** Stripe keeps events for 30 days. Source: its documentation, "List all events". */
  private long oldest() {
    return clock.instant().minus(EVENTS_KEPT).getEpochSecond();
  }

  /** Whoever asks on behalf of an account knows which one it is: only callbacks name it. */
  private static JsonNode ofCaller(JsonNode event) {
    return ((ObjectNode) event.deepCopy()).without("account");
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
}
