package dev.clockbill.payment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Http;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.mail.OwnerNotices;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Secret;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * The processor's callbacks. Public, so that nothing is believed but what is signed: and of that
 * only what fits a checkout that we opened.
 */
public final class PaymentWebhook implements RequestStreamHandler {
  private final Secret secrets;
  private final PaymentBooking booking;
  private final ProcessorAccounts accounts;
  private final InvoiceWorkflow workflow;

  /** Wired from the process's environment. */
  public PaymentWebhook() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public PaymentWebhook(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    Table table = new Table(variables);
    this.secrets = new Secret(variables, "WEBHOOK_SECRET_PARAMETER");
    this.booking = new PaymentBooking(table, new OwnerNotices(table, variables));
    this.accounts = new ProcessorAccounts(table);
    this.workflow = new InvoiceWorkflow(table, variables);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "POST /webhooks/payments" -> called(request);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response called(Request request) {
    if (!signed(request)) {
      throw Problem.of(
          400,
          "invalid-signature",
          "This was not signed with the endpoint's secret within the last five minutes.");
    }
    Object event = Json.read(request.body());
    PaymentEvent.of(event).ifPresent(this::book);
    AccountEvent.of(event).ifPresent(this::noteAccount);
    return Response.json(200, Json.object("received", true));
  }

  private void book(PaymentEvent event) {
    switch (booking.book(event)) {
      case HANDLED -> {}
      case PAID -> workflow.tryToPush(event.firm(), event.invoiceId());
      case TOO_EARLY ->
          throw Problem.of(
              503, "checkout-unknown", "This checkout is not known yet. Send the event again.");
      case WRONG ->
          Log.info(
              "event does not fit its checkout: nothing booked",
              "firmId",
              event.firm(),
              "invoiceId",
              event.invoiceId(),
              "eventId",
              event.eventId());
    }
  }

  private void noteAccount(AccountEvent event) {
    accounts
        .firmOf(event.accountId())
        .ifPresent(firm -> accounts.changed(firm, event.chargesEnabled(), event.at()));
  }

  private boolean signed(Request request) {
    WebhookSignature signature = WebhookSignature.of(request.header("stripe-signature").orElse(""));
    return signature.fits(request.body(), secrets.value(), Time.now())
        || signature.fits(request.body(), secrets.renewed(), Time.now());
  }
}
