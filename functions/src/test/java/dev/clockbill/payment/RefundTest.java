package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money given back: here by an owner, or on the processor's own pages. */
@StoppedClock
class RefundTest {
  private static final Api API = Laptop.api();

  private static void assertRefused(Answer answer, int status, String word) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.json().path("type").asText()).endsWith("/" + word);
  }

  @Test
  void failure19_aRefundOnTheProcessorsPagesShowsHere() {
    PaidInvoice paid = PaidInvoice.make();
    String refund = paid.refundThere(10_000);
    assertThatInvoice(paid.invoice()).isIn("partlyPaid").hasAmountPaid(15_000).hasAmountDue(10_000);
    assertThat(paid.ledger()).containsExactly("payment settled 25000", "refund settled 10000");
    assertThat(paid.row(refund).path("ofPayment").asText()).isEqualTo(paid.paymentId());
    assertThat(paid.row(refund).path("method").asText()).isEqualTo("card");
    assertThat(paid.history()).contains("$100.00 refunded");
    paid.refundThere(15_000);
    assertThatInvoice(paid.invoice()).isIn("sent").hasAmountPaid(0).hasAmountDue(25_000);
    assertThat(paid.refundMails()).hasSize(2);
  }

  @Test
  void anOwnerRefundsAPaymentInParts() {
    PaidInvoice paid = PaidInvoice.make();
    JsonNode asked = paid.refund(Api.json("amount", 5_000)).expect(202);
    assertThat(asked.path("kind").asText()).isEqualTo("refund");
    assertThat(asked.path("status").asText()).isEqualTo("processing");
    assertThat(asked.path("amount").asLong()).isEqualTo(5_000);
    String first = asked.path("paymentId").asText();
    assertThat(paid.row(first).path("status").asText()).isEqualTo("settled");
    assertThatInvoice(paid.invoice()).isIn("partlyPaid").hasAmountPaid(20_000).hasPayments(2);
    String rest = paid.refunded("{}");
    assertThat(paid.row(rest).path("amount").asLong()).isEqualTo(20_000);
    assertThatInvoice(paid.invoice()).isIn("sent").hasAmountPaid(0).hasPayments(3).hasNoFlags();
    assertThat(paid.history()).contains("Refund of $50.00 is under way", "$50.00 refunded");
    assertRefused(paid.refund("{}"), 409, "more-than-paid");
  }

  @Test
  void theCustomerIsToldOfARefundOnceItIsSettled() {
    PaidInvoice paid = PaidInvoice.make();
    paid.refunded(Api.json("amount", 5_000));
    List<JsonNode> mails = paid.refundMails();
    assertThat(mails).hasSize(1);
    JsonNode mail = mails.getFirst();
    assertThat(mail.path("to").path(0).asText())
        .isEqualTo(paid.invoice().path("customer").path("email").asText());
    assertThat(mail.path("text").asText())
        .contains("$50.00", "to your original payment method")
        .contains("to appear.\n\nAfter this refund, $50.00 is due on the invoice.")
        .contains("Paid: $200.00\nStill to pay: $50.00\n");
    assertThat(mail.path("html").asText()).contains("$50.00</strong> is due on the invoice.");
    assertThat(mail.path("tags").path("kind").asText()).isEqualTo("receipt");
    assertThat(mail.path("tags").path("invoiceId").asText()).isEqualTo(paid.invoiceId());
    assertThat(paid.history()).anyMatch(what -> what.startsWith("Refund notice emailed to "));
  }

  @Test
  void failure19_moreThanWasPaidIsRefused() {
    PaidInvoice paid = PaidInvoice.make();
    assertRefused(paid.refund(Api.json("amount", 25_001)), 409, "more-than-paid");
    paid.refundThere(10_000);
    Answer refused = paid.refund(Api.json("amount", 15_001));
    assertRefused(refused, 409, "more-than-paid");
    assertThat(refused.json().path("refundable").asLong()).isEqualTo(15_000);
    assertThat(refused.json().path("detail").asText()).contains("$150.00");
    assertThat(paid.ledger()).hasSize(2);
    paid.refunded(Api.json("amount", 15_000));
    assertThatInvoice(paid.invoice()).isIn("sent").hasAmountPaid(0);
  }

  @Test
  void onlyOwnersRefundAndOnlyWhatWasPaidAtTheProcessor() {
    PaidInvoice paid = PaidInvoice.make();
    assertRefused(paid.refund(paid.firm().staff(), "{}"), 403, "owner-only");
    assertRefused(paid.refund("{\"amount\":0}"), 400, "invalid-request");
    assertRefused(paid.refund("{\"sum\":1}"), 400, "invalid-request");
    String refund = paid.refunded(Api.json("amount", 100));
    TestFirm firm = paid.firm();
    String payments = "/invoices/" + paid.invoiceId() + "/payments/";
    assertRefused(firm.owner().post(payments + refund + "/refund"), 409, "not-refundable");
    assertRefused(firm.owner().post(payments + "pi_none/refund"), 404, "payment-not-found");
    String byHand =
        firm.owner()
            .post(
                "/invoices/" + paid.invoiceId() + "/payments",
                Api.json(
                    "amount",
                    100,
                    "method",
                    "Cash",
                    "receivedOn",
                    Laptop.now().toString().substring(0, 10)))
            .expect(201)
            .path("paymentId")
            .asText();
    assertRefused(firm.owner().post(payments + byHand + "/refund"), 409, "not-refundable");
    assertThat(paid.ledger())
        .containsExactly("payment settled 100", "payment settled 25000", "refund settled 100");
    TestFirm other = Laptop.firm();
    assertRefused(paid.refund(other.owner(), "{}"), 404, "invoice-not-found");
  }

  @Test
  void aPaymentThatIsUnderWayIsNotRefunded() {
    PaidInvoice paid = PaidInvoice.make("processing");
    assertRefused(paid.refund("{}"), 409, "payment-processing");
    assertThat(paid.ledger()).containsExactly("payment processing 25000");
  }

  @Test
  void theSameKeyRefundsOnce() {
    PaidInvoice paid = PaidInvoice.make();
    Api keyed = paid.firm().owner().with("idempotency-key", "back");
    String first = paid.refund(keyed, Api.json("amount", 100)).expect(202).toString();
    assertThat(paid.refund(keyed, Api.json("amount", 100)).expect(202).toString()).isEqualTo(first);
    assertThat(paid.ledger()).containsExactly("payment settled 25000", "refund settled 100");
  }

  /** Refunds of methods that take days are pending, and may fail after they have succeeded. */
  @Test
  void aRefundThatFailsCountsAsPaidAgainAndTheOwnerIsTold() {
    PaidInvoice paid = PaidInvoice.make("processing");
    paid.at("/settle", Api.json("outcome", "paid")).expect(200);
    Laptop.settle();
    String refund = paid.refundThere(25_000);
    assertThat(paid.ledger()).containsExactly("payment settled 25000", "refund processing 25000");
    assertThatInvoice(paid.invoice()).isIn("paid").hasAmountPaid(25_000);
    assertRefused(paid.refund("{}"), 409, "more-than-paid");
    assertThat(paid.refundMails()).isEmpty();
    paid.settleRefund(refund, "succeeded");
    assertThatInvoice(paid.invoice()).isIn("sent").hasAmountPaid(0);
    assertThat(paid.refundMails()).hasSize(1);
    paid.settleRefund(refund, "failed");
    assertThatInvoice(paid.invoice()).isIn("paid").hasAmountPaid(25_000);
    assertThat(paid.ledger()).containsExactly("payment settled 25000", "refund failed 25000");
    assertThat(paid.notices()).anyMatch(notice -> notice.startsWith("A refund of invoice "));
    String again = paid.refunded("{}");
    assertThat(paid.row(again).path("status").asText()).isEqualTo("processing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void aRefundWhoseOutcomeIsNotKnownIsMadeOnce(String when) {
    PaidInvoice paid = PaidInvoice.make();
    Laptop.fault("Invoices", "processor", "CreateRefund", when, 1);
    String refund = paid.refunded(Api.json("amount", 9_000));
    Laptop.advance("PT10M");
    assertThat(paid.row(refund).path("status").asText()).isEqualTo("settled");
    assertThat(paid.ledger()).containsExactly("payment settled 25000", "refund settled 9000");
    assertThat(paid.refundMails()).hasSize(1);
    Laptop.advance("PT1H");
    assertThatInvoice(paid.invoice()).isIn("partlyPaid").hasAmountPaid(16_000);
  }

  /** Nobody can be asked any more whether it was made: that ends, and the owner is to look. */
  @Test
  void aRefundIntoAnAccountThatIsGoneIsNotAskedForForEver() {
    PaidInvoice paid = PaidInvoice.make();
    Laptop.fault("Invoices", "processor", "CreateRefund", "before", "timeout", 20);
    String refund = paid.refunded(Api.json("amount", 9_000));
    Laptop.fault("Invoices", "processor", "CreateRefund", "before", "timeout", 0);
    assertThat(paid.row(refund).path("status").asText()).isEqualTo("processing");
    ObjectNode application =
        JsonNodeFactory.instance.objectNode().put("id", "ca_1").put("object", "application");
    paid.tell("account.application.deauthorized", paid.account(), application);
    Laptop.advance("PT10M");
    assertThat(paid.row(refund).path("status").asText()).isEqualTo("failed");
    assertThat(paid.history()).anyMatch(what -> what.contains("is no longer followed"));
    assertThat(paid.firm().mails("ownerNotice"))
        .anyMatch(
            notice ->
                notice.path("text").asText().contains("$90.00")
                    && notice.path("text").asText().contains("before you pay it back another way"));
  }

  /** With the key of another platform no account can be reached, and no refund has failed. */
  @Test
  void aRefundWaitsAsLongAsOurKeyIsTheWrongOne() {
    PaidInvoice paid = PaidInvoice.make();
    PaidInvoice.connect(paid.account(), false);
    String refund = paid.refunded(Api.json("amount", 9_000));
    Laptop.advance("PT30M");
    assertThat(paid.row(refund).path("status").asText()).isEqualTo("processing");
    PaidInvoice.connect(paid.account(), true);
    Laptop.advance("PT10M");
    assertThat(paid.ledger()).containsExactly("payment settled 25000", "refund settled 9000");
    assertThat(paid.refundsThere()).hasSize(1);
  }

  /** The processor's answers name no state, or one that is not known here. */
  @ParameterizedTest
  @ValueSource(strings = {"unnamed", "unheard-of"})
  void aRefundWhoseStateCannotBeReadIsMadeOnce(String state) {
    PaidInvoice paid = PaidInvoice.make("processing");
    paid.at("/settle", Api.json("outcome", "paid")).expect(200);
    Laptop.settle();
    Laptop.fault("Invoices", "processor", "CreateRefund", "after", "timeout", 20);
    String refund = paid.refunded(Api.json("amount", 9_000));
    Laptop.fault("Invoices", "processor", "CreateRefund", "after", "timeout", 0);
    String there = paid.refundsThere().getFirst().path("refundId").asText();
    paid.settleRefund(there, state);
    Laptop.skip(Duration.ofHours(25));
    assertThat(paid.refundsThere()).hasSize(1);
    assertThat(paid.ledger()).containsExactly("payment settled 25000", "refund processing 9000");
    paid.settleRefund(there, "succeeded");
    assertThat(paid.row(refund).path("status").asText()).isEqualTo("settled");
  }

  /** The processor may refuse what we think can be refunded, since its news may be late. */
  @Test
  void aRefundThatTheProcessorRefusesHasFailed() {
    PaidInvoice paid = PaidInvoice.make();
    API.post("/_processor/events/hold", Api.json("hold", true)).expect(200);
    paid.at("/refund", Api.json("amount", 25_000)).expect(200);
    String refund = paid.refunded(Api.json("amount", 1_000));
    API.post("/_processor/events/hold", Api.json("hold", false)).expect(200);
    assertThat(paid.row(refund).path("status").asText()).isEqualTo("failed");
    assertThat(paid.ledger()).containsExactly("payment settled 25000", "refund failed 1000");
    assertThat(paid.notices()).hasSize(1);
    assertThat(paid.firm().mails("ownerNotice").getFirst().path("text").asText())
        .contains("you still have the money", "The payment processor’s pages may say why");
    assertThat(paid.refundMails()).isEmpty();
    // Within the hour the processor is asked, and tells of the refund that was made elsewhere.
    Laptop.advance("PT1H5M");
    assertThat(paid.ledger())
        .containsExactly("payment settled 25000", "refund failed 1000", "refund settled 25000");
  }

  /** It stays in the queue, so that another run of the schedule finds what the first could not. */
  @Test
  void aRefundThatWaitsTakesAlongWhatWasRefundedElsewhere() {
    PaidInvoice paid = PaidInvoice.make();
    Laptop.fault("Invoices", "processor", "CreateRefund", "after", 1);
    API.post("/_processor/events/hold", Api.json("hold", true)).expect(200);
    paid.refunded(Api.json("amount", 1_000));
    String elsewhere = paid.refundThere(2_000);
    tellNewest("charge.refunded");
    assertThat(paid.ledger())
        .containsExactly("payment settled 25000", "refund processing 1000", "refund settled 2000");
    Laptop.advance("PT10M");
    API.post("/_processor/events/hold", Api.json("hold", false)).expect(200);
    assertThat(paid.row(elsewhere).path("status").asText()).isEqualTo("settled");
    assertThat(paid.ledger())
        .containsExactly("payment settled 25000", "refund settled 1000", "refund settled 2000");
    assertThatInvoice(paid.invoice()).isIn("partlyPaid").hasAmountPaid(22_000);
  }

  private static void tellNewest(String type) {
    String event =
        PaidInvoice.list(API.get("/_processor/events").expect(200).path("events")).stream()
            .filter(each -> each.path("type").asText().equals(type))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    API.post("/_processor/events/" + event + "/redeliver", "").expect(200);
    Laptop.settle();
  }

  @ParameterizedTest
  @CsvSource({"JPY, 1000", "ISK, 5000", "BHD, 2000"})
  void amountsGoBackInTheUnitsOfTheProcessor(String currency, long amount) {
    TestFirm firm = Laptop.firm(Api.json("currency", currency, "payments", "ready"));
    String service = firm.service("Tax Resolution", amount);
    String invoiceId = firm.time(firm.customer("Ada"), service, 60).path("invoiceId").asText();
    firm.send(invoiceId);
    PaidInvoice paid = PaidInvoice.pay(firm, invoiceId, "paid");
    paid.refunded(Api.json("amount", amount / 10));
    assertThat(paid.ledger())
        .containsExactly("payment settled " + amount, "refund settled " + amount / 10);
    paid.refunded("{}");
    assertThatInvoice(paid.invoice()).isIn("sent").hasAmountPaid(0);
  }

  @Test
  void nobodyIsRemindedOfMoneyThatWasGivenBack() {
    PaidInvoice paid = PaidInvoice.make();
    paid.refunded("{}");
    Laptop.skip(Duration.ofDays(40));
    assertThat(paid.firm().mails("paymentReminder")).isEmpty();
    assertThat(API.get(paid.invoice().path("payUrl").asText()).body()).contains("Pay $250.00");
  }

  @Test
  void theOverviewTakesOffWhatWasGivenBack() {
    PaidInvoice paid = PaidInvoice.make();
    paid.refunded(Api.json("amount", 4_000));
    JsonNode months = paid.firm().owner().get("/reports/overview").expect(200).path("months");
    assertThat(PaidInvoice.list(months).stream().mapToLong(m -> m.path("paid").asLong()).sum())
        .isEqualTo(21_000);
  }
}
