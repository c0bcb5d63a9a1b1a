package dev.clockbill.local.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.checkout.Session;
import dev.clockbill.local.Rig;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbacksTest {
  private final Desk desk = new Desk();

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void aPaidCheckoutIsToldBeforeTheAnswerComes() throws Exception {
    Session session = desk.checkout();
    var answer = desk.happen(session, "paid").json();
    assertThat(answer.path("sessionId").asText()).isEqualTo(session.getId());
    assertThat(answer.path("status").asText()).isEqualTo("complete");
    assertThat(answer.path("paymentId").asText()).startsWith("pi_");
    assertThat(answer.path("eventIds")).hasSize(2);
    assertThat(desk.types())
        .containsExactly("payment_intent.succeeded", "checkout.session.completed");
    var event = desk.events.getLast();
    assertThat(event.getAccount()).isEqualTo(Desk.ACCOUNT);
    Session told = (Session) event.getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(told.getPaymentStatus()).isEqualTo("paid");
    assertThat(told.getPaymentIntent()).isEqualTo(answer.path("paymentId").asText());
    assertThat(told.getMetadata()).containsEntry("order", "7");
  }

  @Test
  void aCheckoutThatIsNoLongerOpenTakesMoneyOnlyByForce() throws Exception {
    Session session = desk.checkout();
    desk.happen(session, "paid");
    assertThat(desk.happen(session, "paid").status()).isEqualTo(409);
    assertThat(
            desk.rig
                .post(
                    "/_processor/checkout/" + session.getId(),
                    "{\"outcome\":\"paid\",\"force\":true}")
                .json()
                .path("eventIds"))
        .hasSize(2);
    assertThat(desk.events).hasSize(4);
  }

  @Test
  void aDelayedPaymentIsSettledLater() throws Exception {
    for (String outcome : new String[] {"paid", "failed"}) {
      Session session = desk.checkout();
      String payment = desk.happen(session, "processing").json().path("paymentId").asText();
      Session told =
          (Session) desk.events.getLast().getDataObjectDeserializer().getObject().orElseThrow();
      assertThat(told.getPaymentStatus()).isEqualTo("unpaid");
      var settled =
          desk.rig.post(
              "/_processor/payments/" + payment + "/settle", "{\"outcome\":\"" + outcome + "\"}");
      assertThat(settled.status()).isEqualTo(200);
      assertThat(desk.types().getLast())
          .isEqualTo(
              "checkout.session.async_payment_"
                  + (outcome.equals("paid") ? "succeeded" : "failed"));
      assertThat(
              desk.rig
                  .post("/_processor/payments/" + payment + "/settle", "{\"outcome\":\"paid\"}")
                  .status())
          .isEqualTo(409);
    }
  }

  @Test
  void aDeclinedOrAbandonedCheckoutStaysOpenUntilItExpires() throws Exception {
    Session session = desk.checkout();
    assertThat(desk.happen(session, "failed").json().path("status").asText()).isEqualTo("open");
    assertThat(desk.happen(session, "abandoned").json().path("eventIds")).isEmpty();
    desk.rig.clock().advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(desk.types()).containsExactly("payment_intent.payment_failed");
    desk.rig.clock().advance(Duration.ofSeconds(1));
    assertThat(desk.types().getLast()).isEqualTo("checkout.session.expired");
    assertThat(desk.happen(session, "paid").status()).isEqualTo(409);
  }

  @Test
  void refundsAndDisputesOfTheDashboardAreTold() throws Exception {
    String payment = desk.paid();
    String path = "/_processor/payments/" + payment;
    assertThat(desk.rig.post(path + "/refund", "{\"amount\":2000}").status()).isEqualTo(200);
    Charge charge =
        (Charge) desk.events.getLast().getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(charge.getAmountRefunded()).isEqualTo(2000);
    assertThat(charge.getPaymentIntent()).isEqualTo(payment);
    assertThat(desk.rig.post(path + "/refund", "{\"amount\":3001}").status()).isEqualTo(400);
    assertThat(desk.rig.post(path + "/dispute", "{}").status()).isEqualTo(200);
    assertThat(desk.types().getLast()).isEqualTo("charge.dispute.created");
    assertThat(desk.rig.post(path + "/dispute", "{\"outcome\":\"lost\"}").json().path("eventIds"))
        .hasSize(1);
    Dispute dispute =
        (Dispute) desk.events.getLast().getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(dispute.getStatus()).isEqualTo("lost");
    assertThat(dispute.getPaymentIntent()).isEqualTo(payment);
    assertThat(desk.rig.post("/_processor/payments/pi_none/refund", "{}").status()).isEqualTo(404);
  }

  @Test
  void aFailedDeliveryComesAgainAsTheClockMoves() throws Exception {
    Session session = desk.checkout();
    desk.status = 503;
    desk.rig.post("/_processor/checkout/" + session.getId(), "{\"outcome\":\"failed\"}");
    assertThat(desk.events).hasSize(1);
    desk.rig.clock().advance(Duration.ofMinutes(1));
    assertThat(desk.events).hasSize(2);
    desk.rig.clock().advance(Duration.ofMinutes(4));
    assertThat(desk.events).hasSize(2);
    desk.status = 200;
    desk.rig.clock().advance(Duration.ofMinutes(1));
    assertThat(desk.events).hasSize(3);
    desk.rig.clock().advance(Duration.ofHours(1));
    assertThat(desk.events).hasSize(3);
    assertThat(desk.rig.get("/_processor/events").json().path("events").path(0).path("deliveries"))
        .extracting(delivery -> delivery.path("status").asInt())
        .containsExactly(503, 503, 200);
  }

  @Test
  void deliveryIsGivenUpAfterThreeDays() throws Exception {
    desk.status = 500;
    desk.happen(desk.checkout(), "failed");
    desk.rig.clock().advance(Duration.ofDays(3));
    long tried = desk.types().stream().filter("payment_intent.payment_failed"::equals).count();
    assertThat(tried).isBetween(7L, 15L);
    desk.rig.clock().advance(Duration.ofDays(3));
    assertThat(desk.types().stream().filter("payment_intent.payment_failed"::equals).count())
        .isEqualTo(tried);
  }

  @Test
  void heldEventsWaitUntilRedelivered() throws Exception {
    desk.rig.post("/_processor/events/hold", "{\"hold\":true}");
    String event = desk.happen(desk.checkout(), "paid").json().path("eventIds").path(1).asText();
    desk.rig.clock().advance(Duration.ofHours(1));
    assertThat(desk.events).isEmpty();
    for (int time = 1; time <= 2; time++) {
      assertThat(
              desk.rig
                  .post("/_processor/events/" + event + "/redeliver", "")
                  .json()
                  .path("webhookStatus")
                  .asInt())
          .isEqualTo(200);
      assertThat(desk.events).hasSize(time);
    }
    desk.rig.post("/_processor/events/hold", "{\"hold\":false}");
    desk.happen(desk.checkout(), "paid");
    assertThat(desk.events).hasSize(4);
  }

  @Test
  void aTesterMakesEventsAndDatesTheirSignatures() {
    String body =
        "{\"type\":\"charge.refunded\",\"account\":\"acct_shop\",\"data\":{\"id\":\"ch_1\"}";
    assertThat(desk.rig.post("/_processor/events", body + "}").json().path("webhookStatus").asInt())
        .isEqualTo(200);
    assertThat(desk.events.getFirst().getType()).isEqualTo("charge.refunded");
    // The webhook of the test throws where a signature is too old, which is a 500.
    assertThat(
            desk.rig
                .post("/_processor/events", body + ",\"signedAt\":\"2026-11-25T08:00:00Z\"}")
                .json()
                .path("webhookStatus")
                .asInt())
        .isEqualTo(500);
    assertThat(desk.rig.post("/_processor/events", "{\"type\":\"x\"}").status()).isEqualTo(400);
  }

  @Test
  void whatIsOpenGoesOnAfterARestart() throws Exception {
    Session session = desk.checkout();
    desk.status = 503;
    desk.happen(session, "failed");
    try (Processor second = desk.processor()) {
      second.begin();
      desk.status = 200;
      desk.rig.clock().advance(Duration.ofHours(24));
    }
    assertThat(desk.types())
        .containsOnly("payment_intent.payment_failed", "checkout.session.expired");
    assertThat(desk.types()).filteredOn("checkout.session.expired"::equals).hasSize(1);
  }

  @Test
  void aPersonPaysOnThePage() throws Exception {
    Session session = desk.checkout();
    String path = "/_processor/checkout/" + session.getId();
    Rig.Reply page = desk.rig.browse(path);
    assertThat(page.text()).contains("50.00 USD").contains("Two &lt;books&gt;").contains("Pay");
    assertThat(page.header("content-security-policy"))
        .contains("form-action 'self' http://localhost:4000")
        .doesNotContain("unsafe-inline");
    assertThat(desk.rig.submit(path, "outcome=failed").text()).contains("declined");
    assertThat(desk.rig.submit(path, "outcome=abandoned").header("location"))
        .isEqualTo("http://localhost:4000/left");
    Rig.Reply paid = desk.rig.submit(path, "outcome=paid");
    assertThat(paid.status()).isEqualTo(303);
    assertThat(paid.header("location"))
        .isEqualTo("http://localhost:4000/paid?session=" + session.getId());
    assertThat(desk.rig.browse(path).text()).contains("is complete").doesNotContain("<button");
    assertThat(desk.rig.browse("/_processor/checkout").text()).contains(session.getId());
    assertThat(desk.rig.get(path).json().path("amount").asLong()).isEqualTo(5000);
    assertThat(desk.rig.get("/_processor/checkout/none").status()).isEqualTo(404);
  }
}
