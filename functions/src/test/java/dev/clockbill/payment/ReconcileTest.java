package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks are lost; asking the processor finds what they told, against the stack. */
@StoppedClock
class ReconcileTest {
  private static final Api API = Laptop.api();
  private static final String EVENTS = "/_processor/events";
  private static final String RECONCILE = "ReconcilePayments";

  private DueInvoice due;
  private TestFirm firm;
  private String invoiceId;

  @BeforeEach
  void sendAnInvoice() {
    due = DueInvoice.make();
    firm = due.firm();
    invoiceId = due.invoiceId();
    loseCallbacks(true);
  }

  @AfterEach
  void deliverCallbacks() {
    loseCallbacks(false);
  }

  /** What is held is never delivered here: it is lost. */
  private static void loseCallbacks(boolean lost) {
    API.post(EVENTS + "/hold", Api.json("hold", lost)).expect(200);
  }

  private static void fault(String function, String operation, String with, int times) {
    Laptop.fault(function, "processor", operation, "before", with, times);
  }

  private String pay(String outcome) {
    String payment =
        API.post(due.checkout(), Api.json("outcome", outcome))
            .expect(200)
            .path("paymentId")
            .asText();
    Laptop.settle();
    assertThatInvoice(due.invoice()).isIn("sent");
    return payment;
  }

  @Test
  void failure13_aLostCallbackIsFoundByTheNextHourlyRun() {
    pay("paid");
    Laptop.advance("PT1H5M");
    due.assertPaidOnce();
    Laptop.advance("PT3H");
    due.assertPaidOnce();
  }

  @Test
  void failure13_whatComesAfterAllChangesNothing() {
    pay("paid");
    Laptop.advance("PT1H5M");
    for (JsonNode event : API.get(EVENTS).expect(200).path("events")) {
      API.post(EVENTS + "/" + event.path("id").asText() + "/redeliver", "{}").expect(200);
    }
    Laptop.settle();
    due.assertPaidOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"paid", "failed"})
  void failure13_aDelayedPaymentIsFollowedToItsEnd(String outcome) {
    String payment = pay("processing");
    Laptop.advance("PT1H5M");
    assertThat(due.invoice().path("payments").path(0).path("status").asText())
        .isEqualTo("processing");
    API.post("/_processor/payments/" + payment + "/settle", Api.json("outcome", outcome))
        .expect(200);
    Laptop.advance("PT1H5M");
    if (outcome.equals("paid")) {
      due.assertPaidOnce();
    } else {
      assertThatInvoice(due.invoice()).isIn("sent").hasAmountDue(25_000);
      assertThat(due.invoice().path("payments").path(0).path("status").asText())
          .isEqualTo("failed");
    }
  }

  @Test
  void failure13_aCheckoutThatShouldHaveEndedIsAskedAboutBySelf() {
    pay("paid");
    // The account's news cannot be had: only the checkout itself tells.
    fault(RECONCILE, "ListEvents", "error", 1_000);
    Laptop.skip(Duration.ofHours(24));
    Laptop.advance("PT2H");
    fault(RECONCILE, "ListEvents", "error", 0);
    due.assertPaidOnce();
  }

  /** Both that a payment is under way and that it has arrived are learned from its checkout. */
  @Test
  void failure13_aDelayedPaymentIsFollowedByItsCheckoutAlone() {
    String payment = pay("processing");
    fault(RECONCILE, "ListEvents", "error", 1_000);
    Laptop.skip(Duration.ofHours(26));
    assertThat(due.invoice().path("payments").path(0).path("status").asText())
        .isEqualTo("processing");
    API.post("/_processor/payments/" + payment + "/settle", Api.json("outcome", "paid"))
        .expect(200);
    Laptop.skip(Duration.ofHours(13));
    fault(RECONCILE, "ListEvents", "error", 0);
    due.assertPaidOnce();
  }

  /**
   * Its account is gone, so nobody tells how it ends; money that is told after all still counts.
   */
  @Test
  void aPaymentThatCannotBeFollowedDoesNotStandInTheWayForEver() {
    String payment = pay("processing");
    Laptop.advance("PT1H5M");
    String account = due.sessions().getFirst().path("account").asText();
    disconnect(account);
    Laptop.skip(Duration.ofDays(20));
    assertThat(due.invoice().path("payments").path(0).path("status").asText())
        .isEqualTo("processing");
    assertThat(firm.owner().post("/invoices/" + invoiceId + "/void").word())
        .isEqualTo("payment-processing");
    Laptop.skip(Duration.ofDays(12));
    assertThat(due.invoice().path("payments").path(0).path("status").asText()).isEqualTo("failed");
    assertThat(due.invoice().path("history").toString()).contains("is no longer followed");
    assertThat(firm.mails("ownerNotice").getFirst().path("text").asText())
        .contains("$250.00", "record it by hand");
    assertThat(firm.owner().post("/invoices/" + invoiceId + "/void").status()).isEqualTo(200);
    ObjectNode event = (ObjectNode) newest("checkout.session.completed").deepCopy();
    event.retain("account", "data").put("type", "checkout.session.async_payment_succeeded");
    ((ObjectNode) event.path("data").path("object")).put("payment_status", "paid");
    API.post(EVENTS, event.toString()).expect(200);
    assertThatInvoice(due.invoice()).isIn("void").hasAmountPaid(25_000).hasPayments(1);
    assertThat(due.invoice().path("payments").path(0).path("paymentId").asText())
        .isEqualTo(payment);
  }

  @Test
  void failure13_aRefundMadeElsewhereIsFound() {
    String payment = pay("paid");
    Laptop.advance("PT1H5M");
    API.post("/_processor/payments/" + payment + "/refund", Api.json("amount", 5_000)).expect(200);
    // One of the refund's events comes, the one that names it is lost.
    for (JsonNode event : API.get(EVENTS).expect(200).path("events")) {
      if (event.path("type").asText().equals("charge.refunded")) {
        API.post(EVENTS + "/" + event.path("id").asText() + "/redeliver", "{}").expect(200);
      }
    }
    Laptop.advance("PT1H5M");
    assertThatInvoice(due.invoice()).isIn("partlyPaid").hasAmountPaid(20_000).hasPayments(2);
  }

  private void refundThere(String payment, long amount) {
    API.post("/_processor/payments/" + payment + "/refund", Api.json("amount", amount)).expect(200);
  }

  private static void nothingIsBooked(boolean broken) {
    Laptop.fault(RECONCILE, "dynamodb", "TransactWriteItems", "before", broken ? 1_000_000 : 0);
  }

  @Test
  void failure13_whatFailsOnceAfterALongOutageIsNotGivenUp() {
    String payment = pay("paid");
    Laptop.advance("PT1H5M");
    refundThere(payment, 5_000);
    nothingIsBooked(true);
    Laptop.skip(Duration.ofHours(26));
    nothingIsBooked(false);
    Laptop.advance("PT1H5M");
    assertThatInvoice(due.invoice()).isIn("partlyPaid").hasAmountPaid(20_000).hasPayments(2);
  }

  @Test
  void whatFailsForADayIsGivenUpAndWhatComesAfterIsBooked() {
    String payment = pay("paid");
    Laptop.advance("PT1H5M");
    refundThere(payment, 5_000);
    nothingIsBooked(true);
    Laptop.advance("PT1H5M");
    Laptop.skip(Duration.ofHours(25));
    nothingIsBooked(false);
    String next =
        firm.time(firm.customer("Ben"), firm.service("Advice", 25_000), 60)
            .path("invoiceId")
            .asText();
    firm.send(next);
    PaidInvoice.pay(firm, next, "paid");
    Laptop.advance("PT1H5M");
    assertThatInvoice(firm.invoice(next)).isIn("paid");
    assertThatInvoice(due.invoice()).isIn("paid").hasAmountPaid(25_000).hasPayments(1);
  }

  @Test
  void oneAccountThatCannotBeAskedDoesNotStopTheOthers() {
    TestFirm other = Laptop.firm();
    String account = other.owner().get("/payments/setup").expect(200).path("accountId").asText();
    disconnect(account);
    pay("paid");
    Laptop.advance("PT1H5M");
    due.assertPaidOnce();
    assertThat(other.owner().get("/payments/setup").expect(200).path("status").asText())
        .isEqualTo("missing");
  }

  private static void disconnect(String account) {
    API.post(
            EVENTS,
            Api.json(
                "type",
                "account.application.deauthorized",
                "account",
                account,
                "data",
                Map.of("id", "ca_1", "object", "application")))
        .expect(200);
  }

  /** Who knows why: one firm's checkouts cannot be asked about, in one way or another. */
  @ParameterizedTest
  @ValueSource(strings = {"error", "timeout"})
  void checkoutsThatAlwaysFailDoNotKeepTheNewsOfAccountsBack(String with) {
    String service = firm.service("Advice", 10_000);
    for (String customer : List.of("Ben", "Cy", "Dee")) {
      String open = firm.time(firm.customer(customer), service, 60).path("invoiceId").asText();
      firm.send(open);
      PaidInvoice.checkout(firm, open);
    }
    fault(RECONCILE, "RetrieveCheckoutSession", with, 1_000);
    Laptop.skip(Duration.ofHours(24));
    pay("paid");
    Laptop.advance("PT1H5M");
    fault(RECONCILE, "RetrieveCheckoutSession", with, 0);
    due.assertPaidOnce();
  }

  @Test
  void whileTheProcessorIsAwayNothingIsLost() {
    pay("paid");
    fault(RECONCILE, "ListEvents", "timeout", 1_000);
    fault(RECONCILE, "RetrieveCheckoutSession", "timeout", 1_000);
    Laptop.advance("PT3H");
    assertThatInvoice(due.invoice()).isIn("sent");
    fault(RECONCILE, "ListEvents", "timeout", 0);
    fault(RECONCILE, "RetrieveCheckoutSession", "timeout", 0);
    Laptop.advance("PT1H5M");
    due.assertPaidOnce();
  }

  @Test
  void failure12_whoPressesPayAgainDoesNotPayTwice() {
    pay("paid");
    Answer again = due.press();
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("Paid. Thank you!");
    Laptop.settle();
    due.assertPaidOnce();
    assertThat(due.sessions()).hasSize(1);
  }

  @Test
  void failure12_aPaymentThatIsUnderWayIsNotMadeAgain() {
    pay("processing");
    Answer again = due.press();
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("Your payment is under way");
    assertThat(due.sessions()).hasSize(1);
  }

  @Test
  void failure12_theOpenCheckoutIsUsedAgainAndAnExpiredOneIsReplaced() {
    String first = due.checkout();
    assertThat(due.checkout()).isEqualTo(first);
    Laptop.skip(Duration.ofHours(24));
    assertThat(due.checkout()).isNotEqualTo(first);
    assertThat(due.sessions()).hasSize(2);
  }

  @Test
  void failure12_aPaymentInTheLastMinuteOfACheckoutIsSeen() {
    String first = due.checkout();
    fault(RECONCILE, "ListEvents", "error", 1_000);
    fault(RECONCILE, "RetrieveCheckoutSession", "error", 1_000);
    Laptop.skip(Duration.ofHours(24).minusMinutes(1));
    API.post(first, Api.json("outcome", "paid")).expect(200);
    Laptop.advance("PT5M");
    assertThat(due.press().body()).contains("Paid. Thank you!");
    fault(RECONCILE, "ListEvents", "error", 0);
    fault(RECONCILE, "RetrieveCheckoutSession", "error", 0);
    Laptop.settle();
    due.assertPaidOnce();
  }

  @Test
  void failure12_whileTheProcessorDoesNotAnswerTheSameCheckoutIsUsed() {
    String first = due.checkout();
    fault("PayPage", "RetrieveCheckoutSession", "timeout", 20);
    assertThat(due.checkout()).isEqualTo(first);
    fault("PayPage", "RetrieveCheckoutSession", "timeout", 0);
    assertThat(due.sessions()).hasSize(1);
  }

  @Test
  void failure12_whatPayingAgainFindsStartsTheDeadExecutionAgain() {
    String entry = due.invoice().path("lines").get(0).path("timeEntryId").asText();
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 100);
    Laptop.abort("timer-" + entry);
    pay("paid");
    due.press();
    Laptop.settle();
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 0);
    due.assertPaidOnce();
  }

  @Test
  void failure13_whatTheHourlyRunFindsStartsTheDeadExecutionAgain() {
    String entry = due.invoice().path("lines").get(0).path("timeEntryId").asText();
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 1_000);
    Laptop.abort("timer-" + entry);
    pay("paid");
    Laptop.advance("PT1H5M");
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 0);
    due.assertPaidOnce();
  }

  @Test
  void failure37_moneyThatSeemedToFitNothingIsTakenOffTheListWhenItDoes() {
    String payment = pay("paid");
    JsonNode completed = newest("checkout.session.completed");
    ObjectNode wrong = ((ObjectNode) completed.deepCopy()).retain("type", "account", "data");
    ((ObjectNode) wrong.path("data").path("object")).put("amount_total", 1);
    API.post(EVENTS, wrong.toString()).expect(200);
    assertThat(firm.owner().get("/payments/unmatched").expect(200).path("payments"))
        .singleElement()
        .satisfies(listed -> assertThat(listed.path("paymentId").asText()).isEqualTo(payment));
    due.press();
    Laptop.settle();
    due.assertPaidOnce();
    assertThat(firm.owner().get("/payments/unmatched").expect(200).path("payments")).isEmpty();
  }

  private static JsonNode newest(String type) {
    for (JsonNode event : API.get(EVENTS).expect(200).path("events")) {
      if (event.path("type").asText().equals(type)) {
        return event;
      }
    }
    throw new AssertionError("there is no " + type);
  }

  /** It is asked about before a reminder; that does not take it off the queue of what is ended. */
  @Test
  void failure12_aCheckoutThatIsToBeEndedIsEndedThoughItIsAskedAbout() {
    due.checkout();
    fault("Invoices", "ExpireCheckoutSession", "timeout", 20);
    fault("ResumeWorkflow", "ExpireCheckoutSession", "timeout", 20);
    String today = Laptop.now().toString().substring(0, 10);
    String byHand = Api.json("amount", 5_000, "method", "Cash", "receivedOn", today);
    firm.owner().post("/invoices/" + invoiceId + "/payments", byHand).expect(201);
    Laptop.invoke(RECONCILE, Api.json("firmId", firm.firmId(), "invoiceId", invoiceId));
    fault("Invoices", "ExpireCheckoutSession", "timeout", 0);
    fault("ResumeWorkflow", "ExpireCheckoutSession", "timeout", 0);
    assertThat(due.sessions().getFirst().path("status").asText()).isEqualTo("open");
    Laptop.advance("PT10M");
    assertThat(due.sessions().getFirst().path("status").asText()).isEqualTo("expired");
  }

  @Test
  void aCheckoutThatIsEndedTooLateWasPaidAndIsBooked() {
    String open = due.checkout();
    API.post(open, Api.json("outcome", "paid")).expect(200);
    firm.owner().post("/invoices/" + invoiceId + "/void").expect(200);
    Laptop.advance("PT1H5M");
    assertThatInvoice(due.invoice()).isIn("void").hasAmountPaid(25_000);
    assertThat(due.invoice().path("flags").path(0).asText()).isEqualTo("paidAfterVoid");
  }
}
