package dev.clockbill.payment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Http;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Priming;
import dev.clockbill.shared.Secret;
import dev.clockbill.shared.Signature;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Receives the processor's callbacks. The route is public: only what the processor has signed is
 * read, only what is of our key's mode counts, and only what fits a checkout that we opened is
 * booked. Money that fits nothing is kept for people to look at.
 */
public final class PaymentWebhook implements RequestStreamHandler {
  /** What Parameter Store answers in the rehearsal. */
  private static final String REHEARSED_SECRET = "rehearsed";

  private final Secret secrets;
  private final ProcessorNews news;

  /** Wired from the process's environment. */
  public PaymentWebhook() {
    this(System.getenv());
    Priming.rehearse(PaymentWebhook.class, PaymentWebhook::signedNow);
  }

  /** A callback counts within minutes of its signature only. */
  private static Map<String, Object> signedNow(Map<String, Object> event) {
    long now = Time.now().getEpochSecond();
    String signature = Signature.of(now + "." + Json.text(event, "body"), REHEARSED_SECRET);
    Json.object(event, "headers").put("stripe-signature", "t=" + now + ",v1=" + signature);
    return event;
  }

  /** Wired from these variables. */
  public PaymentWebhook(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    List<Secret> both =
        Secret.together(environment, "WEBHOOK_SECRET_PARAMETER", "PROCESSOR_KEY_PARAMETER");
    this.secrets = both.getFirst();
    this.news = new ProcessorNews(new Table(environment), environment, both.getLast());
  }

  /** Answers {@code POST /webhooks/payments}. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "POST /webhooks/payments" -> receive(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response receive(Request request) {
    if (!signed(request)) {
      if (request.header("stripe-signature").isPresent()) {
        Log.info("callback signature refused", "requestId", request.id());
      }
      throw Problem.of(
          400,
          "invalid-signature",
          "This was not signed with the endpoint's secret within the last five minutes.");
    }
    switch (news.take(event(request))) {
      case HANDLED -> {}
      case UNKNOWN_CHECKOUT ->
          throw Problem.of(
              503, "checkout-unknown", "This checkout is not known yet. Send the event again.");
    }
    return Response.json(200, Json.object("received", true));
  }

  private static Map<String, Object> event(Request request) {
    try {
      return Json.readObject(request.body());
    } catch (IllegalArgumentException noJson) {
      throw Problem.invalid("body", "This is not JSON.");
    }
  }

  /** Whether the kept secrets fit or, in case they were replaced meanwhile, those of now. */
  private boolean signed(Request request) {
    return signed(request, secrets.value()) || signed(request, secrets.renewed());
  }

  private static boolean signed(Request request, String secrets) {
    String header = request.header("stripe-signature").orElse("");
    return WebhookSignature.fits(header, request.body(), secrets, Time.now());
  }
}
