package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paying, from the pay page to the receipt, against the stack. */
@StoppedClock
class PaymentTest {
  private static final Api API = Laptop.api();
  private static final String EVENTS = "/_processor/events";

  private DueInvoice due;
  private TestFirm firm;
  private String invoiceId;
  private String payUrl;

  @BeforeEach
  void sendAnInvoice() {
    due = DueInvoice.make();
    firm = due.firm();
    invoiceId = due.invoiceId();
    payUrl = due.payUrl();
  }

  private JsonNode pay(String checkout, String outcome) {
    JsonNode done = API.post(checkout, Api.json("outcome", outcome, "force", true)).expect(200);
    Laptop.settle();
    return done;
  }

  private void settle(String paymentId, String outcome) {
    API.post("/_processor/payments/" + paymentId + "/settle", Api.json("outcome", outcome))
        .expect(200);
    Laptop.settle();
  }

  private void assertStillDue() {
    assertThatInvoice(due.invoice()).isIn("sent").hasAmountDue(25_000);
    assertThat(firm.mails("receipt")).isEmpty();
  }

  private static String account(String checkout) {
    return API.with("accept", "application/json")
        .get(checkout)
        .expect(200)
        .path("account")
        .asText();
  }

  private JsonNode newestEvent(String type) {
    JsonNode events = API.get(EVENTS).expect(200).path("events");
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.path("type").asText().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private int tell(JsonNode event, JsonNode data, String account) {
    ObjectNode made = ((ObjectNode) event.deepCopy()).retain("type");
    made.put("account", account).set("data", data);
    return API.post(EVENTS, made.toString()).expect(200).path("webhookStatus").asInt();
  }

  @Test
  void aPaymentPaysTheInvoiceAndIsThankedFor() {
    pay(due.checkout(), "paid");
    due.assertPaidOnce();
    JsonNode receipt = firm.mails("receipt").getFirst();
    assertThat(receipt.path("text").asText()).contains(due.invoice().path("number").asText());
    assertThat(API.get(payUrl).body()).contains("Paid. Thank you!").doesNotContain("<form");
    assertThat(due.press().status()).isEqualTo(409);
  }

  @Test
  void failure10_aPaymentToldManyTimesCountsOnce() {
    pay(due.checkout(), "paid");
    JsonNode completed = newestEvent("checkout.session.completed");
    String path = EVENTS + "/" + completed.path("id").asText() + "/redeliver";
    assertThat(API.post(path, "{}").expect(200).path("webhookStatus").asInt()).isEqualTo(200);
    ObjectNode otherType = completed.deepCopy();
    otherType.put("type", "checkout.session.async_payment_succeeded");
    assertThat(tell(otherType, completed.path("data"), completed.path("account").asText()))
        .isEqualTo(200);
    Laptop.settle();
    due.assertPaidOnce();
  }

  @Test
  void aDeclinedPaymentLeavesNothingBehind() {
    pay(due.checkout(), "failed");
    assertStillDue();
    assertThat(due.invoice().path("payments")).isEmpty();
  }

  @Test
  void failure11_whatIsProcessingIsNotPaidUntilItIsSettled() {
    String payment = pay(due.checkout(), "processing").path("paymentId").asText();
    assertStillDue();
    assertThat(due.invoice().path("payments").path(0).path("status").asText())
        .isEqualTo("processing");
    assertThat(due.press().status()).isEqualTo(409);
    assertThat(API.get(payUrl).body()).contains("Your payment is under way");
    settle(payment, "paid");
    due.assertPaidOnce();
  }

  @Test
  void failure11_aFailureAfterDaysLeavesItDueAndPayable() {
    String first = due.checkout();
    settle(pay(first, "processing").path("paymentId").asText(), "failed");
    assertStillDue();
    assertThat(due.invoice().path("payments").path(0).path("status").asText()).isEqualTo("failed");
    String second = due.checkout();
    assertThat(second).isNotEqualTo(first);
    pay(second, "paid");
    assertThatInvoice(due.invoice()).isIn("paid").hasAmountPaid(25_000);
  }

  @Test
  void failure12_twoTabsLeadToTheSameCheckout() {
    String checkout = due.checkout();
    List<String> others =
        IntStream.range(0, 4).parallel().mapToObj(tab -> due.checkout()).distinct().toList();
    assertThat(others).containsExactly(checkout);
    assertThat(due.sessions()).hasSize(1);
  }

  @Test
  void failure12_tabsThatPressAtOnceLeadToTheSameCheckout() {
    List<String> opened =
        IntStream.range(0, 4).parallel().mapToObj(tab -> due.checkout()).distinct().toList();
    assertThat(opened).hasSize(1);
  }

  @Test
  void failure18_followingTheLinkOpensNoCheckoutAndChangesNothing() {
    int before = DueInvoice.allSessions().size();
    JsonNode invoice = due.invoice();
    assertThat(API.get(payUrl).body()).contains("Pay $250.00</button>");
    assertThat(API.get(payUrl + "?returned=cs_none").body()).isEqualTo(API.get(payUrl).body());
    API.bytes(payUrl + "/invoice.pdf");
    assertThat(DueInvoice.allSessions()).hasSize(before);
    assertThat(due.invoice()).isEqualTo(invoice);
  }

  @Test
  void whoeverComesBackIsThankedOnlyUntilItIsKnownWhatBecameOfThePayment() {
    hold(true);
    String first = payLater();
    assertThat(API.get(first).body()).contains("being confirmed").doesNotContain("<form");
    tellWhatWasHeld();
    assertThat(API.get(first).body()).contains("Your payment is under way");
    settle(underWay(), "failed");
    assertThat(API.get(first).body()).contains("Pay $250.00</button>");

    hold(true);
    String second = payLater();
    assertThat(second).isNotEqualTo(first);
    assertThat(API.get(second).body()).contains("being confirmed").doesNotContain("<form");
    tellWhatWasHeld();
    String paymentId = underWay();
    settle(paymentId, "paid");
    assertThat(API.get(second).body()).contains("Paid. Thank you!");
    PaidInvoice paid = new PaidInvoice(firm, invoiceId, paymentId, null);
    paid.settleRefund(paid.refundThere(5_000), "succeeded");
    assertThat(API.get(second).body()).contains("Pay $50.00</button>");
  }

  private String underWay() {
    return PaidInvoice.list(due.invoice().path("payments")).stream()
        .filter(payment -> payment.path("status").asText().equals("processing"))
        .map(payment -> payment.path("paymentId").asText())
        .findFirst()
        .orElseThrow();
  }

  private static void hold(boolean held) {
    API.post(EVENTS + "/hold", Api.json("hold", held)).expect(200);
  }

  /** Tells the newest event of a checkout, which was kept back, and keeps none back any more. */
  private void tellWhatWasHeld() {
    hold(false);
    String event = newestEvent("checkout.session.completed").path("id").asText();
    API.post(EVENTS + "/" + event + "/redeliver", "").expect(200);
    Laptop.settle();
  }

  /** Pays by a way that takes days, and gives the address to which the payer is led back. */
  private String payLater() {
    String form = "application/x-www-form-urlencoded";
    String back =
        API.post(due.checkout(), form, "outcome=processing").header("location").orElseThrow();
    Laptop.settle();
    assertThat(back).startsWith(payUrl + "?");
    return back;
  }

  @Test
  void anExpiredCheckoutIsReplaced() {
    String first = due.checkout();
    Laptop.skip(Duration.ofHours(25));
    String second = due.checkout();
    assertThat(second).isNotEqualTo(first);
    pay(second, "paid");
    due.assertPaidOnce();
  }

  @Test
  void failure12_moneyThatArrivesTwiceIsKeptAndFlagged() {
    String first = due.checkout();
    Laptop.skip(Duration.ofHours(25));
    pay(due.checkout(), "paid");
    pay(first, "paid");
    assertThatInvoice(due.invoice()).isIn("paid").hasAmountPaid(50_000).hasAmountDue(0);
    assertThat(due.invoice().path("flags").path(0).asText()).isEqualTo("overpaid");
    assertThat(firm.mails("receipt")).hasSize(1);
  }

  @Test
  void failure13_anEventOfACheckoutThatIsNotKnownYetIsAskedForAgain() {
    pay(due.checkout(), "paid");
    JsonNode completed = newestEvent("checkout.session.completed");
    ObjectNode data = completed.path("data").deepCopy();
    ((ObjectNode) data.path("object")).put("id", "cs_test_unknown");
    assertThat(tell(completed, data, completed.path("account").asText())).isEqualTo(503);
    due.assertPaidOnce();
  }

  @Test
  void anotherAmountCurrencyOrAccountIsNotBooked() {
    String open = due.checkout();
    pay(open, "abandoned");
    JsonNode data = completed(open, 25_000, "usd");
    ObjectNode event = Laptop.api().get(EVENTS).json().deepCopy();
    event.put("type", "checkout.session.completed");
    String account = account(open);
    assertThat(tell(event, completed(open, 1, "usd"), account)).isEqualTo(200);
    assertThat(tell(event, completed(open, 25_000, "eur"), account)).isEqualTo(200);
    assertThat(tell(event, data, "acct_other")).isEqualTo(200);
    assertStillDue();
    assertThat(tell(event, data, account)).isEqualTo(200);
    Laptop.settle();
    due.assertPaidOnce();
  }

  private JsonNode completed(String checkout, long units, String currency) {
    ObjectNode data = Laptop.api().get(EVENTS).json().deepCopy();
    data.removeAll();
    data.putObject("object")
        .put("id", checkout.replaceAll(".*/", ""))
        .put("object", "checkout.session")
        .put("amount_total", units)
        .put("currency", currency)
        .put("payment_status", "paid")
        .put("payment_intent", "pi_made_" + invoiceId)
        .putObject("metadata")
        .put("firmId", firm.firmId())
        .put("invoiceId", invoiceId);
    return data;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t=1764064800,v1=00"})
  void failure10_whatIsNotSignedIsRefused(String signature) {
    Api caller = signature.isEmpty() ? API : API.with("stripe-signature", signature);
    JsonNode body = completed(due.checkout(), 25_000, "usd");
    assertThat(caller.post("/webhooks/payments", body.toString()).status()).isEqualTo(400);
    assertStillDue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void aWriteThatFailsLosesAndDoublesNothing(String when) {
    Laptop.fault("PayPage", "dynamodb", "TransactWriteItems", when, 1);
    String open = due.checkout();
    assertThat(due.sessions()).hasSize(1);
    Laptop.fault("PaymentWebhook", "dynamodb", "TransactWriteItems", when, 1);
    Laptop.fault("MailReceipt", "dynamodb", "TransactWriteItems", when, 1);
    pay(open, "paid");
    Laptop.advance("PT10M");
    due.assertPaidOnce();
  }

  @Test
  void aPaymentFindsItsExecutionDeadAndStartsAnother() {
    String checkout = due.checkout();
    String entry = due.invoice().path("lines").get(0).path("timeEntryId").asText();
    // Nothing else continues the work: only the callback itself can.
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 100);
    Laptop.abort("timer-" + entry);
    pay(checkout, "paid");
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 0);
    due.assertPaidOnce();
  }

  @Test
  void aReceiptThatIsRefusedLeavesThePaymentAsItIs() {
    String email = due.invoice().path("customer").path("email").asText();
    String refused = "/_local/mails/refuse";
    API.post(refused, Api.json("to", email, "times", 1, "with", "MessageRejected")).expect(200);
    pay(due.checkout(), "paid");
    Laptop.advance("PT30M");
    assertThatInvoice(due.invoice()).isIn("paid");
    assertThat(firm.mails("receipt")).isEmpty();
  }
}
