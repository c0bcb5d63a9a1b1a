package dev.clockbill.office;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.BilledCustomer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Voiding invoices, for good or with a draft in their place. */
@StoppedClock
class VoidOrReviseTest {
  private TestFirm firm;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
  }

  private JsonNode time(BilledCustomer billed) {
    return firm.owner().get("/time-entries/" + billed.timeEntryId()).expect(200);
  }

  private static void giveUp(BilledCustomer billed) {
    billed.act("void", "{\"reason\":\"Wrong customer\"}").expect(200);
    Laptop.settle();
  }

  private JsonNode timeIn(String state) {
    return firm.owner().get("/time-entries?state=" + state).expect(200).path("timeEntries");
  }

  @Test
  void aVoidInvoiceKeepsItsNumberAndFreesItsTimeWhichWaitsForAPerson() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String payUrl = billed.invoice().path("payUrl").asText();
    giveUp(billed);
    JsonNode invoice = billed.invoice();
    assertThatInvoice(invoice).isIn("void");
    assertThat(invoice.path("number").asText()).isEqualTo("0001");
    assertThat(invoice.path("history").findValuesAsText("what")).contains("Voided: Wrong customer");
    assertThat(Laptop.api().get(payUrl).body()).contains("void").doesNotContain("<form");
    Laptop.advance("PT2H");
    assertThat(time(billed).path("invoiceId").isNull()).isTrue();
    assertThat(timeIn("unbilled")).hasSize(1);
    assertThat(Laptop.execution("timer-" + billed.timeEntryId()).path("status").asText())
        .isEqualTo("SUCCEEDED");
    assertThat(firm.owner().get("/invoices").json().path("invoices")).hasSize(1);

    String again =
        Api.json("customerId", billed.customerId(), "timeEntryIds", List.of(billed.timeEntryId()));
    JsonNode other = firm.owner().post("/invoices", again).expect(201);
    assertThat(firm.send(other.path("invoiceId").asText()).path("number").asText())
        .isEqualTo("0002");
  }

  @Test
  void aVoidDraftIsNotAppendedTo() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"appendToDraft\"}}").expect(200);
    BilledCustomer billed = BilledCustomer.draft(firm);
    giveUp(billed);
    assertThat(billed.invoice().path("number").isNull()).isTrue();
    JsonNode next = firm.time(billed.customerId(), firm.service("Payroll", 9_000), 30);
    assertThat(next.path("invoiceId").asText()).isNotEqualTo(billed.invoiceId());
    assertThat(firm.invoice(next.path("invoiceId").asText()).path("lines")).hasSize(1);
  }

  @Test
  void failure12_aStaleCheckoutCannotBePaid() {
    BilledCustomer voided = BilledCustomer.sent(firm);
    String checkout = voided.openCheckout();
    giveUp(voided);
    assertThat(BilledCustomer.outcome(checkout, "paid", false).status()).isEqualTo(409);

    BilledCustomer revised = BilledCustomer.sent(firm);
    checkout = revised.openCheckout();
    revised.act("revise", "{}").expect(201);
    assertThat(BilledCustomer.outcome(checkout, "paid", false).status()).isEqualTo(409);

    BilledCustomer paid = BilledCustomer.sent(firm);
    checkout = paid.openCheckout();
    paid.pay(10_000);
    assertThat(BilledCustomer.outcome(checkout, "paid", false).status()).isEqualTo(409);
    checkout = paid.openCheckout();
    assertThat(BilledCustomer.outcome(checkout, "paid", false).expect(200).path("status").asText())
        .isEqualTo("complete");
    assertThat(paid.state()).isEqualTo("paid");
    assertThatInvoice(paid.invoice()).hasAmountPaid(BilledCustomer.TOTAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void failure12_aCheckoutThatCouldNotBeEndedIsEndedLater(String when) {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String checkout = billed.openCheckout();
    Laptop.fault("Invoices", "processor", "ExpireCheckoutSession", when, 10);
    giveUp(billed);
    Laptop.fault("Invoices", "processor", "ExpireCheckoutSession", when, 0);
    Laptop.advance("PT10M");
    assertThat(BilledCustomer.outcome(checkout, "paid", false).status()).isEqualTo(409);
  }

  @Test
  void failure12_moneyThatArrivesAfterVoidIsBookedAndFlagged() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String checkout = billed.openCheckout();
    giveUp(billed);
    BilledCustomer.outcome(checkout, "paid", true).expect(200);
    JsonNode invoice = billed.invoice();
    assertThatInvoice(invoice).isIn("void");
    assertThat(invoice.path("flags").path(0).asText()).isEqualTo("paidAfterVoid");
    assertThatInvoice(invoice).hasAmountPaid(BilledCustomer.TOTAL);
    assertThat(invoice.path("payments")).hasSize(1);
    assertThat(firm.mails("receipt")).isEmpty();
  }

  @Test
  void failure11_whileAPaymentIsUnderWayTheInvoiceStays() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String checkout = billed.openCheckout();
    BilledCustomer.outcome(checkout, "processing", false).expect(200);
    JsonNode before = billed.invoice();
    assertThat(billed.act("void", "{}").word()).isEqualTo("payment-processing");
    assertThat(billed.act("revise", "{}").word()).isEqualTo("payment-processing");
    assertThat(billed.invoice()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamodb TransactWriteItems",
        "dynamodb Query",
        "states SendTaskSuccess",
        "states DescribeExecution"
      })
  void failure7_aCallThatFailsFreesAllOrNothing(String call) {
    String[] parts = call.split(" ");
    for (String when : new String[] {"before", "after"}) {
      BilledCustomer billed = BilledCustomer.sent(firm);
      Laptop.fault("Invoices", parts[0], parts[1], when, 4);
      billed.act("void", "{}");
      boolean voided = billed.state().equals("void");
      assertThat(time(billed).path("invoiceId").isNull()).as(when).isEqualTo(voided);
      Laptop.fault("Invoices", parts[0], parts[1], when, 0);
      giveUp(billed);
      Laptop.advance("PT10M");
      assertThat(time(billed).path("invoiceId").isNull()).as(when).isTrue();
      assertThat(Laptop.execution("timer-" + billed.timeEntryId()).path("status").asText())
          .as(when)
          .isEqualTo("SUCCEEDED");
    }
  }

  @Test
  void aRevisionIsADraftWithTheLinesInThePlaceOfTheOldOne() {
    firm.owner()
        .patch("/firm", "{\"invoicing\":{\"taxes\":[{\"name\":\"VAT\",\"ratePercent\":\"20\"}]}}")
        .expect(200);
    BilledCustomer billed = BilledCustomer.draft(firm);
    firm.owner()
        .ifMatch(billed.invoice().path("version").asLong())
        .patch(
            "/invoices/" + billed.invoiceId(),
            "{\"discount\":{\"percent\":\"10\"},\"note\":\"Thank you\"}")
        .expect(200);
    JsonNode before = firm.send(billed.invoiceId());
    JsonNode draft = billed.act("revise", "{}").expect(201);
    Laptop.settle();
    String draftId = draft.path("invoiceId").asText();
    assertThatInvoice(draft).isIn("draft");
    assertThat(draft.path("revises").asText()).isEqualTo(billed.invoiceId());
    for (String same : List.of("lines", "discount", "taxes", "total", "note")) {
      assertThat(draft.path(same)).as(same).isEqualTo(before.path(same));
    }
    assertThat(firm.invoice(draftId)).isEqualTo(draft);
    JsonNode old = billed.invoice();
    assertThatInvoice(old).isIn("void");
    assertThat(old.path("number").asText()).isEqualTo("0001");
    assertThat(old.path("revisedBy").asText()).isEqualTo(draftId);
    assertThat(time(billed).path("invoiceId").asText()).isEqualTo(draftId);
    assertThat(timeIn("drafted")).hasSize(1);

    JsonNode sent = firm.send(draftId);
    assertThatInvoice(sent).isIn("sent");
    assertThat(sent.path("number").asText()).isEqualTo("0002");
    assertThat(timeIn("billed")).hasSize(1);
  }

  @Test
  void aRevisionAskedForTwiceWithOneKeyIsMadeOnce() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    Api keyed = firm.owner().with("idempotency-key", "revise-" + billed.invoiceId());
    String path = "/invoices/" + billed.invoiceId() + "/revise";
    JsonNode first = keyed.post(path, "{}").expect(201);
    assertThat(keyed.post(path, "{}").expect(201)).isEqualTo(first);
    assertThat(firm.owner().post(path, "{}").word()).isEqualTo("invoice-void");
    assertThat(firm.owner().get("/invoices").json().path("invoices")).hasSize(2);
  }

  @Test
  void ninetyEntriesMoveWithTheirInvoice() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    firm.owner().delete("/invoices/" + billed.invoiceId()).expect(204);
    List<String> entries = new ArrayList<>(List.of(billed.timeEntryId()));
    String service = firm.service("Calls", 6_000);
    for (int at = 1; at < 90; at++) {
      JsonNode entry = firm.time(billed.customerId(), service, 5);
      firm.owner().delete("/invoices/" + entry.path("invoiceId").asText()).expect(204);
      entries.add(entry.path("timeEntryId").asText());
    }
    String invoiceId =
        firm.owner()
            .post("/invoices", Api.json("customerId", billed.customerId(), "timeEntryIds", entries))
            .expect(201)
            .path("invoiceId")
            .asText();
    firm.send(invoiceId);
    BilledCustomer large =
        new BilledCustomer(firm, billed.customerId(), billed.email(), invoiceId, entries.get(0));
    large.openCheckout();
    JsonNode draft =
        firm.owner()
            .with("idempotency-key", "ninety")
            .post("/invoices/" + invoiceId + "/revise", "{}")
            .expect(201);
    assertThat(draft.path("lines")).hasSize(90);
    firm.owner().post("/invoices/" + draft.path("invoiceId").asText() + "/void", "{}").expect(200);
    assertThat(
            firm.owner().get("/time-entries?state=unbilled&limit=100").json().path("timeEntries"))
        .hasSize(90);
  }
}
