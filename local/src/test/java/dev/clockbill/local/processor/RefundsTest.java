package dev.clockbill.local.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Refunds and disputes, from their making to their end. */
class RefundsTest {
  private final TestShop shop = new TestShop();

  @AfterEach
  void stop() {
    shop.close();
  }

  private Refund refund(RefundCreateParams.Builder refund) throws StripeException {
    return shop.client.v1().refunds().create(refund.build(), TestShop.shop());
  }

  private static RefundCreateParams.Builder of(String payment) {
    return RefundCreateParams.builder().setPaymentIntent(payment);
  }

  /** The payment id of a checkout that was paid by a method which takes days. */
  private String paidSlowly() throws StripeException {
    String payment = shop.happen(shop.checkout(), "processing").json().path("paymentId").asText();
    shop.parts.post("/_processor/payments/" + payment + "/settle", "{\"outcome\":\"paid\"}");
    return payment;
  }

  private int settle(String refund, String outcome) {
    return shop.parts
        .post("/_processor/refunds/" + refund + "/settle", "{\"outcome\":\"" + outcome + "\"}")
        .status();
  }

  @Test
  void aRefundByASlowMethodIsPendingAndMayFailAfterItHasSucceeded() throws Exception {
    String payment = paidSlowly();
    Refund refund = refund(of(payment).putMetadata("order", "7"));
    assertThat(refund.getStatus()).isEqualTo("pending");
    assertThat(settle(refund.getId(), "succeeded")).isEqualTo(200);
    assertThat(settle(refund.getId(), "succeeded")).isEqualTo(400);
    assertThat(settle(refund.getId(), "failed")).isEqualTo(200);
    assertThat(settle(refund.getId(), "failed")).isEqualTo(400);
    Refund failed = shop.client.v1().refunds().retrieve(refund.getId(), TestShop.shop());
    assertThat(failed.getStatus()).isEqualTo("failed");
    assertThat(failed.getMetadata()).containsEntry("order", "7");
    assertThat(shop.types()).endsWith("refund.updated", "charge.refund.updated", "refund.failed");
    assertThat(refund(of(payment)).getAmount()).isEqualTo(refund.getAmount());
  }

  @Test
  void refundsAreListedByTheirPayment() throws Exception {
    String payment = shop.paid();
    refund(of(payment).setAmount(100L));
    refund(of(payment).setAmount(200L));
    refund(of(shop.paid()));
    RefundListParams ofPayment = RefundListParams.builder().setPaymentIntent(payment).build();
    assertThat(shop.client.v1().refunds().list(ofPayment, TestShop.shop()).getData())
        .extracting(Refund::getAmount)
        .containsExactly(200L, 100L);
  }

  @Test
  void whatIsDisputedOrGivenBackIsNotRefunded() throws Exception {
    String payment = shop.paid();
    refund(of(payment));
    assertRefused(payment, "charge_already_refunded");
    String disputed = shop.paid();
    shop.parts.post("/_processor/payments/" + disputed + "/dispute", "{}");
    assertRefused(disputed, "charge_disputed");
    DisputeListParams ofPayment = DisputeListParams.builder().setPaymentIntent(disputed).build();
    assertThat(shop.client.v1().disputes().list(ofPayment, TestShop.shop()).getData()).hasSize(1);
    String path = "/_processor/payments/" + disputed + "/dispute";
    assertThat(shop.parts.post(path, "{\"outcome\":\"won\"}").status()).isEqualTo(200);
    assertThat(shop.types()).endsWith("charge.dispute.closed", "charge.dispute.funds_reinstated");
    assertThat(shop.parts.post(path, "{\"outcome\":\"lost\"}").status()).isEqualTo(400);
  }

  private void assertRefused(String payment, String code) {
    assertThatThrownBy(() -> refund(of(payment)))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.getCode()).isEqualTo(code));
  }
}
