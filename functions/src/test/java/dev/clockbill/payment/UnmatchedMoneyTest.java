package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money that fits nothing, events of no use, and accounts that are gone. */
@StoppedClock
class UnmatchedMoneyTest {
  private static final Api API = Laptop.api();
  private static final String EVENTS = "/_processor/events";
  private static final String COMPLETED = "checkout.session.completed";

  private TestFirm firm;
  private String invoiceId;
  private String session;
  private String account;

  @BeforeEach
  void openACheckout() {
    firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    invoiceId = firm.time(firm.customer("Ada"), service, 60).path("invoiceId").asText();
    firm.send(invoiceId);
    String checkout = PaidInvoice.checkout(firm, invoiceId);
    JsonNode open = API.with("accept", "application/json").get(checkout).expect(200);
    session = open.path("sessionId").asText();
    account = open.path("account").asText();
  }

  private ObjectNode session(String paymentId, long units, String currency) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", session)
            .put("object", "checkout.session")
            .put("amount_total", units)
            .put("currency", currency)
            .put("payment_status", "paid")
            .put("payment_intent", paymentId);
    object.putObject("metadata").put("firmId", firm.firmId()).put("invoiceId", invoiceId);
    return object;
  }

  private int tell(String type, String account, ObjectNode object) {
    return tell(object.objectNode().put("type", type).put("account", account), object);
  }

  private static int tell(ObjectNode event, ObjectNode object) {
    event.set("data", object);
    int status = API.post(EVENTS, event.toString()).expect(200).path("webhookStatus").asInt();
    Laptop.settle();
    return status;
  }

  private static List<JsonNode> unmatched(TestFirm firm) {
    return PaidInvoice.list(firm.staff().get("/payments/unmatched").expect(200).path("payments"));
  }

  private List<String> flags() {
    return PaidInvoice.list(firm.invoice(invoiceId).path("flags")).stream()
        .map(JsonNode::asText)
        .toList();
  }

  @Test
  void failure37_moneyThatDoesNotFitIsKeptShownAndToldOnce() {
    assertThat(tell(COMPLETED, account, session("pi_1", 1, "usd"))).isEqualTo(200);
    assertThat(tell(COMPLETED, account, session("pi_1", 1, "usd"))).isEqualTo(200);
    List<JsonNode> kept = unmatched(firm);
    assertThat(kept).hasSize(1);
    JsonNode payment = kept.getFirst();
    assertThat(payment.path("paymentId").asText()).isEqualTo("pi_1");
    assertThat(payment.path("amount").asLong()).isEqualTo(1);
    assertThat(payment.path("currency").asText()).isEqualTo("USD");
    assertThat(payment.path("reason").asText()).contains("amount");
    assertThat(payment.path("invoiceId").asText()).isEqualTo(invoiceId);
    assertThat(flags()).containsExactly("unmatched");
    assertThatInvoice(firm.invoice(invoiceId)).isIn("sent").hasAmountPaid(0).hasPayments(0);
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    assertThat(firm.mails("ownerNotice").getFirst().path("text").asText())
        .contains("$0.01", "listed under Settings, Payments, until");
  }

  @Test
  void failure37_theListIsNewestFirstAndComesInPages() {
    tell(COMPLETED, account, session("pi_1", 1, "usd"));
    Laptop.advance("PT1M");
    tell(COMPLETED, account, session("pi_2", 25_000, "eur"));
    Laptop.advance("PT1M");
    tell(COMPLETED, account, session("pi_3", 500, "jpy"));
    assertThat(unmatched(firm))
        .extracting(payment -> payment.path("paymentId").asText())
        .containsExactly("pi_3", "pi_2", "pi_1");
    assertThat(unmatched(firm).getFirst().path("amount").asLong()).isEqualTo(500);
    JsonNode page = firm.owner().get("/payments/unmatched?limit=2").expect(200);
    assertThat(page.path("payments")).hasSize(2);
    JsonNode rest =
        firm.owner()
            .get("/payments/unmatched?limit=2&cursor=" + page.path("next").asText())
            .expect(200);
    assertThat(rest.path("payments")).hasSize(1);
    assertThat(rest.path("next").isNull()).isTrue();
    assertThat(firm.owner().get("/payments/unmatched?cursor=x").status()).isEqualTo(400);
    assertThat(unmatched(Laptop.firm())).isEmpty();
  }

  /** Whoever owns an account can write our metadata into sessions of their own. */
  @Test
  void failure37_anotherFirmsAccountDoesNotWriteIntoThisFirm() {
    PaidInvoice other = PaidInvoice.make();
    assertThat(tell(COMPLETED, other.account(), session("pi_1", 25_000, "usd"))).isEqualTo(200);
    assertThat(unmatched(firm)).isEmpty();
    assertThat(flags()).isEmpty();
    List<JsonNode> kept = unmatched(other.firm());
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().path("invoiceId").isNull()).isTrue();
    assertThat(other.flags()).isEmpty();
    Laptop.advance("PT10M");
    assertThat(other.notices()).containsExactly("A payment arrived that matches no invoice");
    assertThat(firm.mails("ownerNotice")).isEmpty();
  }

  @Test
  void failure37_anAccountThatNobodyKnowsIsKeptWithTheInvoiceThatItNames() {
    tell(COMPLETED, "acct_nobody", session("pi_1", 25_000, "usd"));
    assertThat(unmatched(firm)).hasSize(1);
    assertThatInvoice(firm.invoice(invoiceId)).isIn("sent").hasAmountPaid(0);
    // The very payment may be told rightly after all.
    tell(COMPLETED, account, session("pi_1", 25_000, "usd"));
    assertThat(unmatched(firm)).isEmpty();
    assertThatInvoice(firm.invoice(invoiceId)).isIn("paid").hasNoFlags();
  }

  private int refund(String id, long units, String status) {
    ObjectNode refund =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("object", "refund")
            .put("amount", units)
            .put("currency", "usd")
            .put("payment_intent", "pi_1")
            .put("status", status)
            .put("created", Laptop.now().getEpochSecond());
    return tell("refund.updated", account, refund);
  }

  private String history() {
    return firm.invoice(invoiceId).path("history").toString();
  }

  @Test
  void failure37_moneyThatWasAllGivenBackLeavesTheListAndComesBackIfThatFails() {
    tell(COMPLETED, account, session("pi_1", 1_234, "usd"));
    refund("re_1", 1_000, "succeeded");
    refund("re_2", 234, "pending");
    assertThat(unmatched(firm)).hasSize(1);
    assertThat(refund("re_2", 234, "succeeded")).isEqualTo(200);
    assertThat(unmatched(firm)).isEmpty();
    assertThat(flags()).isEmpty();
    assertThat(history()).contains("$12.34, which did not match the invoice, was returned");
    // What is told of it once more does not list it again, and nobody is written to.
    tell(COMPLETED, account, session("pi_1", 1_234, "usd"));
    assertThat(unmatched(firm)).isEmpty();
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    assertThat(firm.mails("receipt")).isEmpty();
    refund("re_2", 234, "failed");
    assertThat(unmatched(firm)).hasSize(1);
    assertThat(flags()).containsExactly("unmatched");
    assertThat(firm.mails("ownerNotice")).hasSize(2);
  }

  @Test
  void failure37_moneyThatWasGivenBackBeforeItIsToldIsNotListed() {
    ObjectNode charge =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "ch_1")
            .put("object", "charge")
            .put("payment_intent", "pi_1")
            .put("amount_refunded", 1_234);
    assertThat(tell("charge.refunded", account, charge)).isEqualTo(200);
    tell(COMPLETED, account, session("pi_1", 1_234, "usd"));
    assertThat(unmatched(firm)).isEmpty();
    assertThat(flags()).isEmpty();
    assertThat(firm.mails("ownerNotice")).isEmpty();
    firm.owner().delete("/payments/unmatched/pi_1").expect(204);
  }

  /** A firm in Germany that bills in dollars: by its currency, all of it would read otherwise. */
  @Test
  void everyAmountThatPeopleReadIsWrittenAsTheirFirmDoes() {
    firm.owner().patch("/firm", "{\"postal\":{\"country\":\"DE\"}}").expect(200);
    JsonNode entry = firm.time(firm.customer("Grace"), firm.service("Bookkeeping", 123_400), 60);
    firm.owner().delete("/time-entries/" + entry.path("timeEntryId").asText()).expect(204);
    tell(COMPLETED, account, session("pi_1", 123_456, "usd"));
    refund("re_1", 123_456, "succeeded");
    refund("re_1", 123_456, "failed");
    firm.owner().delete("/payments/unmatched/pi_1").expect(204);
    PaidInvoice paid = PaidInvoice.pay(firm, invoiceId, "paid");
    paid.refunded(Api.json("amount", 5_000));
    List<String> texts = new ArrayList<>();
    texts.add(paid.refund(Api.json("amount", 20_001)).json().path("detail").asText());
    String payments = "/invoices/" + invoiceId + "/payments";
    String byHand =
        Api.json(
            "amount",
            4_000,
            "method",
            "check",
            "receivedOn",
            Laptop.now().toString().substring(0, 10));
    String kept = firm.owner().post(payments, byHand).expect(201).path("paymentId").asText();
    firm.owner().delete(payments + "/" + kept).expect(204);
    Laptop.settle();
    texts.add(history());
    texts.add(firm.invoice(entry.path("invoiceId").asText()).path("history").toString());
    for (String kind : List.of("receipt", "ownerNotice")) {
      firm.mails(kind).forEach(mail -> texts.add(mail.path("text").asText()));
    }
    assertThat(texts).noneMatch(text -> text.matches("(?s).*\\$\\d.*"));
    for (String amount : List.of("1.234,56", "250,00", "200,00", "50,00", "40,00", "1.234,00")) {
      assertThat(texts).as(amount).anyMatch(text -> text.contains(amount + "\u00a0US$"));
    }
  }

  @Test
  void failure37_anOwnerSaysThatMoneyIsSettled() {
    tell(COMPLETED, account, session("pi_1", 1_234, "usd"));
    tell(COMPLETED, account, session("pi_2", 100, "usd"));
    String first = "/payments/unmatched/pi_1";
    assertThat(firm.staff().delete(first).word()).isEqualTo("owner-only");
    assertThat(Laptop.firm().owner().delete(first).word()).isEqualTo("payment-not-found");
    String unheardOf = "/payments/unmatched/pi_" + "1".repeat(1_100);
    assertThat(firm.owner().delete(unheardOf).word()).isEqualTo("payment-not-found");
    assertThat(unmatched(firm)).hasSize(2);
    firm.owner().delete(first).expect(204);
    firm.owner().delete(first).expect(204);
    assertThat(unmatched(firm)).hasSize(1);
    assertThat(flags()).containsExactly("unmatched");
    assertThat(history())
        .containsOnlyOnce("$12.34, which does not fit the invoice, settled elsewhere");
    firm.owner().delete("/payments/unmatched/pi_2").expect(204);
    assertThat(flags()).isEmpty();
    // What is told of it afterwards changes nothing of that.
    refund("re_1", 1_234, "succeeded");
    refund("re_1", 1_234, "failed");
    tell(COMPLETED, account, session("pi_1", 1_234, "usd"));
    assertThat(unmatched(firm)).isEmpty();
    assertThatInvoice(firm.invoice(invoiceId)).isIn("sent").hasAmountPaid(0).hasNoFlags();
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void failure37_sayingSoTwiceAfterAFailureSettlesItOnce(String when) {
    tell(COMPLETED, account, session("pi_1", 1_234, "usd"));
    Laptop.fault("Invoices", "dynamodb", "TransactWriteItems", when, 1);
    firm.owner().delete("/payments/unmatched/pi_1");
    firm.owner().delete("/payments/unmatched/pi_1").expect(204);
    assertThat(unmatched(firm)).isEmpty();
    assertThat(history()).containsOnlyOnce("settled elsewhere");
  }

  @Test
  void failure37_whatIsNotMoneyIsNotKept() {
    tell("checkout.session.expired", account, session("pi_1", 1, "usd"));
    tell("checkout.session.async_payment_failed", account, session("pi_1", 1, "usd"));
    ObjectNode processing = session("pi_1", 1, "usd").put("payment_status", "unpaid");
    tell(COMPLETED, account, processing);
    assertThat(unmatched(firm)).isEmpty();
    assertThat(flags()).isEmpty();
  }

  @Test
  void failure36_anUnknownCheckoutIsAskedForAgainForAnHourOnly() {
    String event = "cs_unknown";
    ObjectNode object = session("pi_1", 25_000, "usd").put("id", event);
    assertThat(tell("checkout.session.expired", account, object)).isEqualTo(200);
    assertThat(tell(COMPLETED, account, object)).isEqualTo(503);
    String id = API.get(EVENTS).expect(200).path("events").path(0).path("id").asText();
    Laptop.skip(Duration.ofMinutes(61));
    assertThat(
            API.post(EVENTS + "/" + id + "/redeliver", "{}")
                .expect(200)
                .path("webhookStatus")
                .asInt())
        .isEqualTo(200);
    Laptop.settle();
    assertThat(unmatched(firm)).hasSize(1);
    assertThatInvoice(firm.invoice(invoiceId)).isIn("sent").hasAmountPaid(0);
  }

  @Test
  void failure36_anotherStagesMoneyIsNothingToUs() {
    ObjectNode object = session("pi_1", 25_000, "usd").put("id", "cs_unknown");
    ((ObjectNode) object.path("metadata")).put("firmId", "01KAP3Q4WZ5X6Y7Z8A9BACBDCE");
    tell(COMPLETED, "acct_elsewhere", object);
    Laptop.skip(Duration.ofHours(3));
    List<JsonNode> deliveries =
        PaidInvoice.list(API.get(EVENTS).expect(200).path("events").path(0).path("deliveries"));
    assertThat(deliveries.getLast().path("status").asInt()).isEqualTo(200);
  }

  @Test
  void failure36_refundsOfChargesThatAreNotOursAreAnswered() {
    ObjectNode refund =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "re_1")
            .put("object", "refund")
            .put("amount", 100)
            .put("currency", "usd")
            .put("payment_intent", "pi_foreign")
            .put("status", "succeeded")
            .put("created", Laptop.now().getEpochSecond());
    assertThat(tell("refund.created", account, refund)).isEqualTo(200);
    assertThat(tell("refund.created", "acct_nobody", refund)).isEqualTo(200);
    assertThatInvoice(firm.invoice(invoiceId)).isIn("sent").hasPayments(0).hasNoFlags();
  }

  @Test
  void failure34_anEventOfTheOtherModeChangesNothing() {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", COMPLETED);
    event.put("account", account).put("livemode", true);
    JsonNode before = firm.invoice(invoiceId);
    assertThat(tell(event, session("pi_1", 25_000, "usd"))).isEqualTo(200);
    assertThat(tell(event.deepCopy(), session("pi_2", 1, "usd"))).isEqualTo(200);
    ObjectNode gone = event.deepCopy().put("type", "account.application.deauthorized");
    assertThat(tell(gone, session("pi_1", 1, "usd"))).isEqualTo(200);
    assertThat(firm.invoice(invoiceId)).isEqualTo(before);
    assertThat(unmatched(firm)).isEmpty();
    assertThat(status()).isEqualTo("ready");
    event.put("livemode", false);
    assertThat(tell(event, session("pi_1", 25_000, "usd"))).isEqualTo(200);
    assertThatInvoice(firm.invoice(invoiceId)).isIn("paid").hasAmountPaid(25_000);
  }

  private String status() {
    return firm.owner().get("/payments/setup").expect(200).path("status").asText();
  }

  @Test
  void aDisconnectedAccountMakesTheSetupMissingAndLateRefundsStillArrive() {
    PaidInvoice paid = PaidInvoice.make();
    firm = paid.firm();
    // The news of a refund are still on their way.
    API.post(EVENTS + "/hold", Api.json("hold", true)).expect(200);
    paid.refundThere(1_000);
    API.post(EVENTS + "/hold", Api.json("hold", false)).expect(200);
    List<JsonNode> late =
        PaidInvoice.list(API.get(EVENTS).expect(200).path("events")).stream()
            .filter(event -> event.path("deliveries").isEmpty())
            .toList();
    ObjectNode application =
        JsonNodeFactory.instance.objectNode().put("id", "ca_1").put("object", "application");
    assertThat(tell("account.application.deauthorized", paid.account(), application))
        .isEqualTo(200);
    assertThat(status()).isEqualTo("missing");
    JsonNode firmNow = firm.owner().get("/firm").expect(200);
    assertThat(firmNow.path("payments").path("status").asText()).isEqualTo("missing");
    // Late news of the account that is gone makes nothing ready again.
    ObjectNode news =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", paid.account())
            .put("object", "account")
            .put("charges_enabled", true);
    assertThat(tell("account.updated", paid.account(), news)).isEqualTo(200);
    assertThat(status()).isEqualTo("missing");
    for (JsonNode event : late) {
      API.post(EVENTS + "/" + event.path("id").asText() + "/redeliver", "{}").expect(200);
    }
    Laptop.settle();
    assertThatInvoice(paid.invoice()).isIn("partlyPaid").hasAmountPaid(24_000);
    Laptop.advance("PT1H");
    assertThat(paid.notices()).containsExactly("Your payments account is disconnected");
  }
}
