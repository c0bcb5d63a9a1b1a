package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Money that a customer's bank takes back, or tries to. */
@StoppedClock
class DisputeTest {

  private static void dispute(PaidInvoice paid, String body) {
    paid.at("/dispute", body).expect(200);
    Laptop.settle();
  }

  @Test
  void failure19_aDisputeCountsOnlyWhenItIsLost() {
    PaidInvoice paid = PaidInvoice.make();
    dispute(paid, "{}");
    assertThatInvoice(paid.invoice()).isIn("paid").hasAmountPaid(25_000);
    assertThat(paid.flags()).containsExactly("disputed");
    assertThat(paid.ledger()).containsExactly("dispute processing 25000", "payment settled 25000");
    assertThat(paid.notices()).hasSize(1).first().asString().contains("disputes a payment");
    dispute(paid, Api.json("outcome", "lost"));
    assertThatInvoice(paid.invoice()).isIn("sent").hasAmountPaid(0).hasAmountDue(25_000);
    assertThat(paid.flags()).containsExactly("disputed");
    assertThat(paid.ledger()).containsExactly("dispute settled 25000", "payment settled 25000");
    assertThat(paid.notices()).hasSize(2).first().asString().contains("is lost");
    Laptop.skip(Duration.ofDays(40));
    assertThat(paid.firm().mails("paymentReminder")).isEmpty();
  }

  @Test
  void failure19_aDisputeThatIsWonLeavesItPaid() {
    PaidInvoice paid = PaidInvoice.make();
    dispute(paid, Api.json("outcome", "won"));
    assertThatInvoice(paid.invoice()).isIn("paid").hasAmountPaid(25_000).hasNoFlags();
    assertThat(paid.ledger()).containsExactly("dispute failed 25000", "payment settled 25000");
    assertThat(paid.notices()).hasSize(2).first().asString().contains("the money is yours");
    assertThat(paid.history()).contains("Dispute of $250.00 won");
    assertThat(paid.firm().mails("receipt")).hasSize(1);
  }

  @Test
  void aPaymentIsNotRefundedWhileItIsDisputed() {
    PaidInvoice paid = PaidInvoice.make();
    dispute(paid, "{}");
    var refused = paid.refund("{}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").asText()).endsWith("/payment-disputed");
    assertThat(paid.ledger()).hasSize(2);
  }

  @Test
  void whatWasLostCannotBeRefundedAsWell() {
    PaidInvoice paid = PaidInvoice.make();
    dispute(paid, Api.json("outcome", "lost"));
    assertThat(paid.refund("{}").json().path("type").asText()).endsWith("/more-than-paid");
  }

  @Test
  void aBankThatOnlyAsksTakesNothing() {
    PaidInvoice paid = PaidInvoice.make();
    tell(paid, "charge.dispute.created", "warning_needs_response", "usd");
    tell(paid, "charge.dispute.closed", "warning_closed", "usd");
    assertThatInvoice(paid.invoice()).isIn("paid").hasPayments(1).hasNoFlags();
    assertThat(paid.notices()).isEmpty();
    tell(paid, "charge.dispute.updated", "needs_response", "usd");
    assertThat(paid.ledger()).containsExactly("dispute processing 25000", "payment settled 25000");
  }

  /**
   * A dispute is prevented by giving the money back, or by a block that leaves it where it is: its
   * bookings say which, and where there are none yet, its kind. Source: Stripe's OpenAPI file and
   * its documentation, "Get started on dispute prevention".
   */
  @ParameterizedTest
  @CsvSource({
    "resolution, , sent, dispute settled 25000",
    "resolution, -25000, sent, dispute settled 25000",
    "resolution, -25000 25000, paid, dispute failed 25000",
    "block, , paid, dispute failed 25000",
    "block, -25000, sent, dispute settled 25000",
    "unheard-of, , sent, dispute settled 25000"
  })
  void aPreventedDisputeIsLostIfItsMoneyWentBack(
      String kind, String moved, String state, String row) {
    PaidInvoice paid = PaidInvoice.make();
    ObjectNode dispute = dispute(paid, "prevented", "usd");
    dispute.putObject("payment_method_details").putObject("card").put("case_type", kind);
    ArrayNode bookings = dispute.putArray("balance_transactions");
    Stream.of(Objects.requireNonNullElse(moved, "").split(" "))
        .filter(amount -> !amount.isEmpty())
        .forEach(amount -> bookings.addObject().put("amount", Long.parseLong(amount)));
    assertThat(paid.tell("charge.dispute.created", paid.account(), dispute)).isEqualTo(200);
    Laptop.settle();
    assertThatInvoice(paid.invoice()).isIn(state);
    assertThat(paid.ledger()).containsExactly(row, "payment settled 25000");
  }

  /** The bank may name another currency; then everything that was paid is disputed. */
  @Test
  void aDisputeInAnotherCurrencyIsOfAllThatWasPaid() {
    PaidInvoice paid = PaidInvoice.make();
    tell(paid, "charge.dispute.created", "needs_response", "eur");
    tell(paid, "charge.dispute.closed", "lost", "eur");
    assertThat(paid.ledger()).containsExactly("dispute settled 25000", "payment settled 25000");
    assertThatInvoice(paid.invoice()).isIn("sent").hasAmountPaid(0);
  }

  /** What is refunded and disputed both is owed only once. */
  @Test
  void aRefundAndALostDisputeTakeNoMoreThanWasPaid() {
    PaidInvoice paid = PaidInvoice.make();
    paid.refundThere(20_000);
    tell(paid, "charge.dispute.created", "needs_response", "usd");
    tell(paid, "charge.dispute.closed", "lost", "usd");
    assertThatInvoice(paid.invoice()).isIn("sent").hasAmountPaid(0).hasAmountDue(25_000);
  }

  private static void tell(PaidInvoice paid, String type, String status, String currency) {
    ObjectNode dispute = dispute(paid, status, currency);
    assertThat(paid.tell(type, paid.account(), dispute)).isEqualTo(200);
    Laptop.settle();
  }

  private static ObjectNode dispute(PaidInvoice paid, String status, String currency) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", "du_" + paid.invoiceId())
        .put("object", "dispute")
        .put("amount", 25_000)
        .put("currency", currency)
        .put("payment_intent", paid.paymentId())
        .put("status", status)
        .put("created", Laptop.now().getEpochSecond());
  }
}
