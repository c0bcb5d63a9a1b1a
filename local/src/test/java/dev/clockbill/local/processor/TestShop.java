package dev.clockbill.local.processor;

import com.stripe.StripeClient;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.net.Webhook;
import com.stripe.param.checkout.SessionCreateParams;
import dev.clockbill.local.StackParts;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.http.Router;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A shop that takes payments through the stand-in: its client and its webhook. */
final class TestShop implements AutoCloseable {
  static final String ACCOUNT = "acct_shop";
  static final String SECRET = "whsec_test";

  final StackParts parts = new StackParts();

  /** How its keys begin. */
  private final String keys;

  final StripeClient client;

  /** The events that the webhook received with a valid signature, in order. */
  final List<Event> events = new CopyOnWriteArrayList<>();

  /** How the webhook answers. */
  volatile int status = 200;

  Processor processor;

  TestShop() {
    this("sk_test_");
  }

  TestShop(String keys) {
    this.keys = keys;
    this.client = client(keys + "Seller");
    this.processor = processor();
    parts.serve(
        new Router()
            .include(processor.api())
            .include(processor.controls())
            .include(processor.pages())
            .on("POST", "/webhook", (request, path) -> received(request)));
  }

  Processor processor() {
    return new Processor(
        new ProcessorSettings(
            parts.base(), URI.create(parts.base() + "/webhook"), keys + "{function}", SECRET),
        parts.data(),
        parts.clock(),
        parts.faults());
  }

  StripeClient client(String key) {
    return StripeClient.builder().setApiKey(key).setApiBase(parts.base() + "/_processor").build();
  }

  private Response received(Request request) throws SignatureVerificationException {
    events.add(
        Webhook.constructEvent(
            request.text(),
            request.header("stripe-signature").orElse(""),
            SECRET,
            300,
            Clock.fixed(parts.clock().instant(), ZoneOffset.UTC)));
    return Response.empty(status);
  }

  List<String> types() {
    return events.stream().map(Event::getType).toList();
  }

  Session checkout() throws StripeException {
    return checkout(5000, "usd", RequestOptions.builder());
  }

  Session checkout(long amount, String currency, RequestOptions.RequestOptionsBuilder options)
      throws StripeException {
    return client.v1().checkout().sessions().create(parameters(amount, currency), of(options));
  }

  static RequestOptions of(RequestOptions.RequestOptionsBuilder options) {
    return options.setStripeAccount(ACCOUNT).build();
  }

  static RequestOptions shop() {
    return of(RequestOptions.builder());
  }

  static SessionCreateParams parameters(long amount, String currency) {
    return parameters(amount, currency, "http://localhost:4000");
  }

  static SessionCreateParams parameters(long amount, String currency, String site) {
    return SessionCreateParams.builder()
        .setMode(SessionCreateParams.Mode.PAYMENT)
        .setSuccessUrl(site + "/paid?session={CHECKOUT_SESSION_ID}")
        .setCancelUrl(site + "/left")
        .setCustomerEmail("ann@reader.example")
        .setClientReferenceId("order-7")
        .putMetadata("order", "7")
        .setPaymentIntentData(
            SessionCreateParams.PaymentIntentData.builder().putMetadata("order", "7").build())
        .addLineItem(
            SessionCreateParams.LineItem.builder()
                .setQuantity(2L)
                .setPriceData(
                    SessionCreateParams.LineItem.PriceData.builder()
                        .setCurrency(currency)
                        .setUnitAmount(amount / 2)
                        .setProductData(
                            SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                .setName("Two <books>")
                                .build())
                        .build())
                .build())
        .build();
  }

  /** Makes the payer do something. */
  StackParts.Reply happen(Session session, String outcome) {
    return parts.post(
        "/_processor/checkout/" + session.getId(), "{\"outcome\":\"" + outcome + "\"}");
  }

  /** The payment id of a new, paid checkout. */
  String paid() throws StripeException {
    return happen(checkout(), "paid").json().path("paymentId").asText();
  }

  @Override
  public void close() {
    processor.close();
    parts.close();
  }
}
