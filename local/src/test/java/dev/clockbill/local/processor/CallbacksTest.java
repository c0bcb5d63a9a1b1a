package dev.clockbill.local.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import dev.clockbill.local.StackParts;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbacksTest {
  private final TestShop shop = new TestShop();

  @AfterEach
  void stop() {
    shop.close();
  }

  @Test
  void aPaidCheckoutIsToldBeforeTheAnswerComes() throws Exception {
    Session session = shop.checkout();
    var answer = shop.happen(session, "paid").json();
    assertThat(answer.path("sessionId").asText()).isEqualTo(session.getId());
    assertThat(answer.path("status").asText()).isEqualTo("complete");
    assertThat(answer.path("paymentId").asText()).startsWith("pi_");
    assertThat(answer.path("eventIds")).hasSize(2);
    assertThat(shop.types())
        .containsExactly("payment_intent.succeeded", "checkout.session.completed");
    var event = shop.events.getLast();
    assertThat(event.getAccount()).isEqualTo(TestShop.ACCOUNT);
    Session told = (Session) event.getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(told.getPaymentStatus()).isEqualTo("paid");
    assertThat(told.getPaymentIntent()).isEqualTo(answer.path("paymentId").asText());
    assertThat(told.getMetadata()).containsEntry("order", "7");
  }

  @Test
  void aCheckoutThatIsNoLongerOpenTakesMoneyOnlyByForce() throws Exception {
    Session session = shop.checkout();
    shop.happen(session, "paid");
    assertThat(shop.happen(session, "paid").status()).isEqualTo(409);
    assertThat(
            shop.parts
                .post(
                    "/_processor/checkout/" + session.getId(),
                    "{\"outcome\":\"paid\",\"force\":true}")
                .json()
                .path("eventIds"))
        .hasSize(2);
    assertThat(shop.events).hasSize(4);
  }

  @Test
  void whatHappensInAnAccountThatIsNotConnectedIsNotTold() throws Exception {
    Session session = shop.checkout();
    shop.parts.post(
        "/_processor/events",
        "{\"type\":\"account.application.deauthorized\",\"account\":\"acct_shop\","
            + "\"data\":{\"id\":\"ca_1\",\"object\":\"application\"}}");
    shop.happen(session, "paid");
    shop.parts.post("/_processor/accounts/acct_shop", "{\"chargesEnabled\":true}");
    assertThat(shop.types()).containsExactly("account.application.deauthorized");
    shop.parts.post("/_processor/accounts/acct_shop/connection", "{\"connected\":true}");
    shop.parts.post("/_processor/accounts/acct_shop", "{\"chargesEnabled\":true}");
    assertThat(shop.types()).containsExactly("account.application.deauthorized", "account.updated");
    assertThat(shop.client.v1().accounts().retrieve(TestShop.ACCOUNT).toJson())
        .doesNotContain("revoked");
  }

  @Test
  void objectsAreOfTheKeysMode() throws Exception {
    try (TestShop live = new TestShop("sk_live_")) {
      Session session =
          live.client
              .v1()
              .checkout()
              .sessions()
              .create(TestShop.parameters(5000, "usd", "https://shop.example"), TestShop.shop());
      assertThat(session.getLivemode()).isTrue();
      live.happen(session, "paid");
      assertThat(live.events).isNotEmpty().allMatch(Event::getLivemode);
      Session told =
          (Session) live.events.getLast().getDataObjectDeserializer().getObject().orElseThrow();
      assertThat(told.getLivemode()).isTrue();
      PaymentIntent payment =
          (PaymentIntent)
              live.events.getFirst().getDataObjectDeserializer().getObject().orElseThrow();
      assertThat(payment.getLivemode()).isTrue();
    }
  }

  @Test
  void aDelayedPaymentIsSettledLater() throws Exception {
    for (String outcome : new String[] {"paid", "failed"}) {
      Session session = shop.checkout();
      String payment = shop.happen(session, "processing").json().path("paymentId").asText();
      Session told =
          (Session) shop.events.getLast().getDataObjectDeserializer().getObject().orElseThrow();
      assertThat(told.getPaymentStatus()).isEqualTo("unpaid");
      var settled =
          shop.parts.post(
              "/_processor/payments/" + payment + "/settle", "{\"outcome\":\"" + outcome + "\"}");
      assertThat(settled.status()).isEqualTo(200);
      assertThat(shop.types().getLast())
          .isEqualTo(
              "checkout.session.async_payment_"
                  + (outcome.equals("paid") ? "succeeded" : "failed"));
      assertThat(
              shop.parts
                  .post("/_processor/payments/" + payment + "/settle", "{\"outcome\":\"paid\"}")
                  .status())
          .isEqualTo(409);
    }
  }

  @Test
  void aDeclinedOrAbandonedCheckoutStaysOpenUntilItExpires() throws Exception {
    Session session = shop.checkout();
    assertThat(shop.happen(session, "failed").json().path("status").asText()).isEqualTo("open");
    assertThat(shop.happen(session, "abandoned").json().path("eventIds")).isEmpty();
    shop.parts.clock().advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(shop.types()).containsExactly("payment_intent.payment_failed");
    shop.parts.clock().advance(Duration.ofSeconds(1));
    assertThat(shop.types().getLast()).isEqualTo("checkout.session.expired");
    assertThat(shop.happen(session, "paid").status()).isEqualTo(409);
  }

  @Test
  void refundsAndDisputesOfTheDashboardAreTold() throws Exception {
    String payment = shop.paid();
    String path = "/_processor/payments/" + payment;
    assertThat(shop.parts.post(path + "/refund", "{\"amount\":2000}").status()).isEqualTo(200);
    Charge charge =
        (Charge) shop.events.getLast().getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(charge.getAmountRefunded()).isEqualTo(2000);
    assertThat(charge.getPaymentIntent()).isEqualTo(payment);
    assertThat(shop.parts.post(path + "/refund", "{\"amount\":3001}").status()).isEqualTo(400);
    assertThat(shop.parts.post(path + "/dispute", "{}").status()).isEqualTo(200);
    assertThat(shop.types()).endsWith("charge.dispute.created", "charge.dispute.funds_withdrawn");
    assertThat(shop.parts.post(path + "/dispute", "{\"outcome\":\"lost\"}").json().path("eventIds"))
        .hasSize(1);
    Dispute dispute =
        (Dispute) shop.events.getLast().getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(dispute.getStatus()).isEqualTo("lost");
    assertThat(dispute.getPaymentIntent()).isEqualTo(payment);
    assertThat(shop.parts.post("/_processor/payments/pi_none/refund", "{}").status())
        .isEqualTo(404);
  }

  @Test
  void aFailedDeliveryComesAgainAsTheClockMoves() throws Exception {
    Session session = shop.checkout();
    shop.status = 503;
    shop.parts.post("/_processor/checkout/" + session.getId(), "{\"outcome\":\"failed\"}");
    assertThat(shop.events).hasSize(1);
    shop.parts.clock().advance(Duration.ofMinutes(1));
    assertThat(shop.events).hasSize(2);
    shop.parts.clock().advance(Duration.ofMinutes(4));
    assertThat(shop.events).hasSize(2);
    shop.status = 200;
    shop.parts.clock().advance(Duration.ofMinutes(1));
    assertThat(shop.events).hasSize(3);
    shop.parts.clock().advance(Duration.ofHours(1));
    assertThat(shop.events).hasSize(3);
    assertThat(
            shop.parts.get("/_processor/events").json().path("events").path(0).path("deliveries"))
        .extracting(delivery -> delivery.path("status").asInt())
        .containsExactly(503, 503, 200);
  }

  @Test
  void deliveryIsGivenUpAfterThreeDays() throws Exception {
    shop.status = 500;
    shop.happen(shop.checkout(), "failed");
    shop.parts.clock().advance(Duration.ofDays(3));
    long tried = shop.types().stream().filter("payment_intent.payment_failed"::equals).count();
    assertThat(tried).isBetween(7L, 15L);
    shop.parts.clock().advance(Duration.ofDays(3));
    assertThat(shop.types().stream().filter("payment_intent.payment_failed"::equals).count())
        .isEqualTo(tried);
  }

  @Test
  void heldEventsWaitUntilRedelivered() throws Exception {
    shop.parts.post("/_processor/events/hold", "{\"hold\":true}");
    String event = shop.happen(shop.checkout(), "paid").json().path("eventIds").path(1).asText();
    shop.parts.clock().advance(Duration.ofHours(1));
    assertThat(shop.events).isEmpty();
    for (int time = 1; time <= 2; time++) {
      assertThat(
              shop.parts
                  .post("/_processor/events/" + event + "/redeliver", "")
                  .json()
                  .path("webhookStatus")
                  .asInt())
          .isEqualTo(200);
      assertThat(shop.events).hasSize(time);
    }
    shop.parts.post("/_processor/events/hold", "{\"hold\":false}");
    shop.happen(shop.checkout(), "paid");
    assertThat(shop.events).hasSize(4);
  }

  @Test
  void aTesterMakesEventsAndDatesTheirSignatures() {
    String body =
        "{\"type\":\"charge.refunded\",\"account\":\"acct_shop\",\"data\":{\"id\":\"ch_1\"}";
    assertThat(
            shop.parts.post("/_processor/events", body + "}").json().path("webhookStatus").asInt())
        .isEqualTo(200);
    assertThat(shop.events.getFirst().getType()).isEqualTo("charge.refunded");
    // The webhook of the test throws where a signature is too old, which is a 500.
    assertThat(
            shop.parts
                .post("/_processor/events", body + ",\"signedAt\":\"2026-11-25T08:00:00Z\"}")
                .json()
                .path("webhookStatus")
                .asInt())
        .isEqualTo(500);
    assertThat(shop.parts.post("/_processor/events", "{\"type\":\"x\"}").status()).isEqualTo(400);
  }

  @Test
  void whatIsOpenGoesOnAfterARestart() throws Exception {
    Session session = shop.checkout();
    shop.status = 503;
    shop.happen(session, "failed");
    try (Processor second = shop.processor()) {
      second.begin();
      shop.status = 200;
      shop.parts.clock().advance(Duration.ofHours(24));
    }
    assertThat(shop.types())
        .containsOnly("payment_intent.payment_failed", "checkout.session.expired");
    assertThat(shop.types()).filteredOn("checkout.session.expired"::equals).hasSize(1);
  }

  @Test
  void aPersonPaysOnThePage() throws Exception {
    Session session = shop.checkout();
    String path = "/_processor/checkout/" + session.getId();
    StackParts.Reply page = shop.parts.browse(path);
    assertThat(page.text()).contains("50.00 USD").contains("Two &lt;books&gt;").contains("Pay");
    assertThat(page.header("content-security-policy"))
        .contains("form-action 'self' http://localhost:4000")
        .doesNotContain("unsafe-inline");
    assertThat(shop.parts.submit(path, "outcome=failed").text()).contains("declined");
    assertThat(shop.parts.submit(path, "outcome=abandoned").header("location"))
        .isEqualTo("http://localhost:4000/left");
    StackParts.Reply paid = shop.parts.submit(path, "outcome=paid");
    assertThat(paid.status()).isEqualTo(303);
    assertThat(paid.header("location"))
        .isEqualTo("http://localhost:4000/paid?session=" + session.getId());
    assertThat(shop.parts.browse(path).text()).contains("is complete").doesNotContain("<button");
    assertThat(shop.parts.browse("/_processor/checkout").text()).contains(session.getId());
    assertThat(shop.parts.get(path).json().path("amount").asLong()).isEqualTo(5000);
    assertThat(shop.parts.get("/_processor/checkout/none").status()).isEqualTo(404);
  }
}
