package dev.clockbill.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Project;
import dev.clockbill.TestFirm;
import dev.clockbill.local.Stack;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the functions that somebody waits for are called with, and the firm in which it happens. */
public final class Scenarios {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long RATE = 25_000;

  private final Stack stack;
  private final TestFirm firm;
  private final String customer;
  private final String service;
  private final String timer;
  private final JsonNode invoice;
  private final String session;
  private final String account;

  /**
   * Makes a firm on a stack: one of its people has a timer running, and an invoice is being paid.
   */
  public Scenarios(Stack stack) {
    this.stack = stack;
    this.firm = TestFirm.at(stack.base());
    this.customer = firm.customer("Ada Baker");
    this.service = firm.service("Tax Resolution", RATE);
    String draft = firm.draft(customer, RATE);
    firm.owner().post("/invoices/" + draft + "/send", "{}").expect(202);
    settle();
    String token = payToken(draft);
    String checkout =
        Api.at(stack.base())
            .post("/pay/" + token + "/checkout", "")
            .header("location")
            .orElseThrow();
    this.session = checkout.substring(checkout.lastIndexOf('/') + 1);
    this.account = firm.owner().get("/payments/setup").expect(200).path("accountId").asText();
    this.timer =
        firm.staff()
            .post(
                "/timers",
                Api.json(
                    "customerId", customer,
                    "serviceId", service,
                    "startedAt", Instant.now().minus(Duration.ofHours(1)).toString()))
            .expect(201)
            .path("timerId")
            .asText();
    this.invoice = firm.invoice(draft);
    settle();
    stack.clock().stop(true);
  }

  private void settle() {
    Api.at(stack.base()).post("/_local/clock", Api.json("advance", "PT0S")).expect(200);
  }

  private String payToken(String invoiceId) {
    String url = firm.invoice(invoiceId).path("payUrl").asText();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** Those of the functions that a person or the processor waits for. */
  public List<Scenario> all() {
    return List.of(
        new Scenario("StartTimer", this::start, 201),
        new Scenario("StopTimer", this::stop, 200),
        new Scenario("PayPage", this::page, 200),
        new Scenario("PaymentWebhook", this::paid, 200));
  }

  /** What the portal asks for as soon as it is opened. */
  public Scenario running() {
    return new Scenario(
        "Timers",
        () -> byMember(firm.owner(), "GET /timers/running", "/timers/running", Map.of(), null),
        200);
  }

  private String start() {
    return byMember(
        firm.owner(),
        "POST /timers",
        "/timers",
        Map.of(),
        Api.json("customerId", customer, "serviceId", service, "note", "Answering the notice"));
  }

  private String stop() {
    return byMember(
        firm.staff(),
        "POST /timers/{timerId}/stop",
        "/timers/" + timer + "/stop",
        Map.of("timerId", timer),
        "{}");
  }

  private String page() {
    String token = payToken(invoice.path("invoiceId").asText());
    return event("GET /pay/{token}", "/pay/" + token, Map.of("token", token), null).toString();
  }

  private String paid() {
    Map<String, Object> object =
        Json.object(
            "id", session,
            "object", "checkout.session",
            "amount_total", RATE,
            "currency", "usd",
            "mode", "payment",
            "payment_intent", "pi_measured",
            "payment_method_types", List.of("card"),
            "payment_status", "paid",
            "status", "complete",
            "metadata",
                Map.of("firmId", firm.firmId(), "invoiceId", invoice.path("invoiceId").asText()));
    String body =
        Json.write(
            Json.object(
                "id",
                "evt_measured",
                "object",
                "event",
                "account",
                account,
                "created",
                Instant.now().getEpochSecond(),
                "type",
                "checkout.session.completed",
                "livemode",
                false,
                "data",
                Map.of("object", object)));
    ObjectNode event = event("POST /webhooks/payments", "/webhooks/payments", Map.of(), body);
    long now = Instant.now().getEpochSecond();
    String signature = Signature.of(now + "." + body, "whsec_laptop");
    ((ObjectNode) event.get("headers")).put("stripe-signature", "t=" + now + ",v1=" + signature);
    return event.toString();
  }

  private static String byMember(
      Api person, String route, String path, Map<String, Object> parameters, String body) {
    ObjectNode event = event(route, path, parameters, body);
    ObjectNode jwt =
        ((ObjectNode) event.get("requestContext")).putObject("authorizer").putObject("jwt");
    jwt.set("claims", claims(person.token().orElseThrow()));
    jwt.putNull("scopes");
    return event.toString();
  }

  /** A token's claims as the gateway hands them on: as text. */
  private static ObjectNode claims(String token) {
    byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
    ObjectNode claims = JSON.createObjectNode();
    read(new String(payload, StandardCharsets.UTF_8))
        .properties()
        .forEach(claim -> claims.put(claim.getKey(), text(claim.getValue())));
    return claims;
  }

  private static String text(JsonNode claim) {
    return claim.isArray()
        ? StreamSupport.stream(claim.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(" ", "[", "]"))
        : claim.asText();
  }

  private static ObjectNode event(
      String route, String path, Map<String, Object> parameters, String body) {
    ObjectNode event = (ObjectNode) read(Project.read("events/PaymentWebhook.json"));
    event.put("routeKey", route).put("rawPath", path).put("body", body);
    ((ObjectNode) event.get("requestContext")).put("routeKey", route);
    ((ObjectNode) event.at("/requestContext/http"))
        .put("method", route.substring(0, route.indexOf(' ')))
        .put("path", path);
    if (!parameters.isEmpty()) {
      event.set("pathParameters", JSON.valueToTree(parameters));
    }
    return event;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}
