package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Response;
import dev.clockbill.payment.Processor.RefundRequest;
import dev.clockbill.payment.Processor.SessionLine;
import dev.clockbill.payment.Processor.SessionRequest;
import dev.clockbill.shared.Environment;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every request that {@link Processor} makes has the shape that Stripe takes: by its published
 * description, which the stack's stand-in checks, and by stripe-mock where that is there.
 */
@OnStack
class ProcessorShapesTest {
  /** It asks nobody. */
  private static final Set<String> WITHOUT_CALL = Set.of("pagesOrigin");

  private final HttpServer parameters = HttpServer.bind(0);

  @BeforeEach
  void serveTheKey() {
    parameters.serve(
        request ->
            Response.json(
                200, Map.of("Parameter", Map.of("Name", "key", "Value", "sk_test_PayPage"))));
  }

  @AfterEach
  void stop() {
    parameters.close();
  }

  private Processor processor(String apiBase) {
    return new Processor(
        new Environment(
            Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_SSM", parameters.address(),
                "PROCESSOR_KEY_PARAMETER", "key",
                "PROCESSOR_API_BASE", apiBase)));
  }

  /**
   * The calls by the methods that make them.
   *
   * @param paid pays in a session and gives the id of the payment
   */
  private static Map<String, Consumer<Processor>> calls(UnaryOperator<String> paid) {
    String account = "acct_shapes";
    return Map.of(
        "refund",
        processor ->
            processor.refund(
                new RefundRequest(
                    account, paid.apply(open(processor, account)), 5_000, "row", "refund-row-1")),
        "refunds",
        processor -> processor.refunds(account, "pi_1"),
        "open",
        processor -> open(processor, account),
        "session",
        processor -> processor.session(account, open(processor, account)),
        "end",
        processor -> processor.end(account, open(processor, account)),
        "createAccount",
        processor -> processor.createAccount("01KAP3Q4WZ5X6Y7Z8A9BACBDCE", "DE", "account"),
        "account",
        processor -> processor.account(account),
        "onboardingLink",
        processor ->
            processor.onboardingLink(
                account,
                "https://clockbill.example/#/settings/payments",
                "https://clockbill.example/#/settings/payments/again"),
        "events",
        processor ->
            processor.events(
                account, Instant.EPOCH, Instant.EPOCH.plusSeconds(1), ProcessorEvent.TYPES, null));
  }

  private static String open(Processor processor, String account) {
    return processor
        .open(
            new SessionRequest(
                account,
                "usd",
                List.of(
                    new SessionLine("Invoice INV-2026-0042", 25_000),
                    new SessionLine("Invoice INV-2026-0043", 10)),
                "Invoice INV-2026-0042, Invoice INV-2026-0043",
                "ada@example.test",
                "https://clockbill.example/pay/q3VYbK9eT1uXo2pLr8sWdA",
                Map.of(
                    "firmId", "01KAP3Q4WZ5X6Y7Z8A9BACBDCE", "invoiceId", "1,2", "version", "5,3"),
                "checkout-" + System.nanoTime()))
        .sessionId();
  }

  @Test
  void everyMethodIsDriven() {
    Set<String> methods =
        Arrays.stream(Processor.class.getDeclaredMethods())
            .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    methods.removeAll(WITHOUT_CALL);
    assertThat(calls(session -> session).keySet()).containsExactlyInAnyOrderElementsOf(methods);
  }

  private void takesEveryRequest(String apiBase, UnaryOperator<String> paid) throws Exception {
    Processor processor = processor(apiBase);
    calls(paid).values().forEach(call -> call.accept(processor));
    // It does look: nothing like this is in Stripe's description.
    HttpRequest wrong =
        HttpRequest.newBuilder(URI.create(apiBase + "/v1/account_links"))
            .header("Authorization", "Bearer sk_test_PayPage")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "account=acct_1&type=account_onboarding&nobody_knows=this"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Void> refused = client.send(wrong, HttpResponse.BodyHandlers.discarding());
      assertThat(refused.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void everyRequestHasThePublishedShape() throws Exception {
    takesEveryRequest(
        Laptop.stack().base() + "/_processor",
        session ->
            Laptop.api()
                .post("/_processor/checkout/" + session, Api.json("outcome", "paid"))
                .expect(200)
                .path("paymentId")
                .asText());
  }

  @Test
  void stripeMockTakesEveryRequest() throws Exception {
    try (StripeMock mock = StripeMock.start()) {
      takesEveryRequest(mock.address(), session -> "pi_1");
    }
  }
}
