package dev.clockbill.invoice.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.AtOnce;
import dev.clockbill.Laptop;
import dev.clockbill.Project;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.mail.Letter;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.InvoicedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From Send to the customer's inbox: numbers, mails, and what can go wrong on the way. */
@StoppedClock
class SendInvoiceTest {
  private TestFirm firm;
  private String customer;
  private String service;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
    customer = firm.customer("Lindqvist Joinery");
    service = firm.service("Tax Resolution", 25_000);
  }

  private String draftOf(long minutes) {
    return firm.time(customer, service, minutes).path("invoiceId").asText();
  }

  private Answer press(String invoiceId) {
    return firm.owner().post("/invoices/" + invoiceId + "/send", "{}");
  }

  private static String state(JsonNode invoice) {
    return invoice.path("state").asText();
  }

  private static String delivery(JsonNode invoice) {
    return invoice.path("delivery").path("status").asText();
  }

  private String email() {
    return firm.owner().get("/customers/" + customer).json().path("email").asText();
  }

  private void refuseMails(int times, String with) {
    Laptop.api()
        .post("/_local/mails/refuse", Api.json("to", email(), "times", times, "with", with))
        .expect(200);
  }

  @Test
  void whatIsNoVersionIsRefusedInEveryState() {
    String invoiceId = draftOf(1);
    String path = "/invoices/" + invoiceId + "/send";
    assertThat(firm.owner().with("if-match", "0").post(path, "{}").status()).isEqualTo(412);
    firm.send(invoiceId);
    assertThat(firm.owner().with("if-match", "0").post(path, "{}").status()).isEqualTo(412);
    assertThat(firm.owner().ifMatch(1).post(path, "{}").status()).isEqualTo(202);
  }

  @Test
  void sendNumbersAndMailsTheInvoiceAndWaitsForPayment() {
    firm.owner()
        .patch("/firm", "{\"invoicing\":{\"numberPrefix\":\"HR-\",\"termsDays\":14}}")
        .expect(200);
    String invoiceId = draftOf(59);
    JsonNode pressed = press(invoiceId).expect(202);
    assertThat(state(pressed)).isNotEqualTo("draft");
    Laptop.settle();
    JsonNode sent = firm.invoice(invoiceId);
    assertThat(state(sent)).isEqualTo("sent");
    assertThat(sent.path("number").asText()).isEqualTo("HR-0001");
    assertThat(sent.path("issuedOn").asText()).isLessThan(sent.path("dueOn").asText());
    assertThat(delivery(sent)).isEqualTo("delivered");

    JsonNode mail = firm.mails("invoice").getFirst();
    assertThat(mail.path("to").path(0).asText()).isEqualTo(email());
    for (String body : List.of("text", "html")) {
      assertThat(mail.path(body).asText().replace('\u00a0', ' '))
          .contains("HR-0001", "59 min at $250.00 an hour", "$245.83")
          .contains(sent.path("payUrl").asText());
    }
    assertThat(mail.path("tags").path("invoiceId").asText()).isEqualTo(invoiceId);
    String entry = sent.path("lines").path(0).path("timeEntryId").asText();
    assertThat(Laptop.execution("timer-" + entry).path("status").asText()).isEqualTo("RUNNING");
    assertThat(sent.path("history").findValuesAsText("what"))
        .contains("Sent to " + email(), "Numbered HR-0001", "Emailed to " + email());
  }

  @Test
  void numbersCountByTheYearWhereThePrefixNamesIt() {
    prefix("{yyyy}-");
    JsonNode first = firm.send(draftOf(1));
    String year = first.path("issuedOn").asText().substring(0, 4);
    assertThat(first.path("number").asText()).isEqualTo(year + "-0001");
    assertThat(firm.send(draftOf(1)).path("number").asText()).isEqualTo(year + "-0002");
    assertThat(prefix("HR-").path("nextNumber").asLong())
        .as("no number is given twice within a year, whatever comes before it")
        .isEqualTo(3);
    assertThat(firm.send(draftOf(1)).path("number").asText()).isEqualTo("HR-0003");
    assertThat(prefix("{yyyy}/").path("nextNumber").asLong()).isEqualTo(4);
  }

  private JsonNode prefix(String prefix) {
    return firm.owner()
        .patch("/firm", "{\"invoicing\":{\"numberPrefix\":\"" + prefix + "\"}}")
        .expect(200)
        .path("invoicing");
  }

  @Test
  void anEntryDeletedWhileSendReadsLetsNothingBeWritten() {
    String invoiceId = draftOf(60);
    Table table = new Table(new Environment(Laptop.stack().environment("SendInvoice")));
    Invoice draft = new InvoiceStore(table).find(firm.firmId(), invoiceId).orElseThrow();
    firm.owner().delete("/time-entries/" + draft.timeEntryIds().getFirst()).expect(204);
    UnitOfWork work = table.begin(firm.firmId());
    Approval.read(table, firm.firmId(), draft)
        .approve(work, new InvoicedTime(table), "Priya Shah", Letter.NONE);
    assertThatThrownBy(work::commit).isInstanceOf(ConditionFailed.class);
    assertThat(press(invoiceId).word()).isEqualTo("nothing-to-bill");
  }

  @Test
  void sendPressedAgainDoesNothingTwice() {
    String invoiceId = draftOf(60);
    press(invoiceId).expect(202);
    press(invoiceId).expect(202);
    Laptop.settle();
    press(invoiceId).expect(202);
    Laptop.settle();
    assertThat(firm.mails("invoice")).hasSize(1);
    assertThat(firm.invoice(invoiceId).path("number").asText()).isEqualTo("0001");
  }

  @Test
  void failure8_aSentInvoiceIsFrozenOnEveryPath() {
    String invoiceId = draftOf(60);
    JsonNode sent = firm.send(invoiceId);
    String path = "/invoices/" + invoiceId;
    long version = sent.path("version").asLong();
    assertThat(firm.owner().ifMatch(version).patch(path, "{\"note\":\"x\"}").word())
        .isEqualTo("invoice-frozen");
    assertThat(firm.owner().delete(path).word()).isEqualTo("invoice-frozen");
    String entry = "/time-entries/" + sent.path("lines").path(0).path("timeEntryId").asText();
    assertThat(firm.owner().patch(entry, "{\"hourlyRate\":1}").word()).isEqualTo("time-billed");
    assertThat(firm.owner().delete(entry).word()).isEqualTo("time-billed");
    String again =
        Api.json(
            "customerId",
            customer,
            "timeEntryIds",
            List.of(sent.path("lines").path(0).path("timeEntryId").asText()));
    assertThat(firm.owner().post("/invoices", again).word()).isEqualTo("time-billed");
    assertThat(firm.invoice(invoiceId)).isEqualTo(sent);
  }

  @Test
  void sendIsRefusedWhileSomethingIsMissing() {
    String empty =
        firm.owner()
            .post("/invoices", Api.json("customerId", customer))
            .expect(201)
            .path("invoiceId")
            .asText();
    assertThat(press(empty).word()).isEqualTo("nothing-to-bill");

    String invoiceId = draftOf(60);
    JsonNode timer =
        firm.staff()
            .post("/timers", Api.json("customerId", customer, "serviceId", service))
            .expect(201);
    Answer running = press(invoiceId);
    assertThat(running.word()).isEqualTo("timer-running");
    assertThat(running.json().path("running").path("timerId")).isEqualTo(timer.path("timerId"));
    firm.staff().delete("/timers/" + timer.path("timerId").asText()).expect(204);
    assertThat(state(firm.invoice(invoiceId))).isEqualTo("draft");
    assertThat(state(firm.send(invoiceId))).isEqualTo("sent");
  }

  @Test
  void sendIsRefusedWithoutAFinishedPaymentsSetup() {
    TestFirm unready = Laptop.firm("{}");
    String invoiceId =
        unready
            .owner()
            .post(
                "/invoices",
                Api.json(
                    "customerId",
                    unready.customer("Okafor Bakery"),
                    "lines",
                    List.of(Map.of("kind", "fixed", "description", "Fee", "amount", 100))))
            .expect(201)
            .path("invoiceId")
            .asText();
    assertThat(unready.owner().post("/invoices/" + invoiceId + "/send", "{}").word())
        .isEqualTo("payments-setup-incomplete");
  }

  @Test
  void aTimerThatRanTooLongIsConfirmedBeforeSend() {
    String timer =
        firm.owner()
            .post("/timers", Api.json("customerId", customer, "serviceId", service))
            .expect(201)
            .path("timerId")
            .asText();
    Laptop.advance("PT13H");
    firm.owner().post("/timers/" + timer + "/stop", "{}").expect(200);
    Laptop.settle();
    String invoiceId = firm.owner().get("/time-entries/" + timer).json().path("invoiceId").asText();
    Answer unconfirmed = press(invoiceId);
    assertThat(unconfirmed.word()).isEqualTo("time-unconfirmed");
    assertThat(unconfirmed.json().path("timeEntryIds").path(0).asText()).isEqualTo(timer);
    firm.owner().patch("/time-entries/" + timer, "{\"needsConfirmation\":false}").expect(200);
    assertThat(state(firm.send(invoiceId))).isEqualTo("sent");
  }

  @Test
  void aTotalOfNothingIsSentAndPaidAtOnce() {
    String free = firm.service("First talk", 0);
    JsonNode paid = firm.send(firm.time(customer, free, 30).path("invoiceId").asText());
    assertThat(state(paid)).isEqualTo("paid");
    assertThat(firm.mails("invoice").getFirst().path("html").asText())
        .contains("No payment is due.");
  }

  @Test
  void failure14_fiftySendsAtOnceGiveFiftyConsecutiveNumbers() {
    List<String> drafts = new ArrayList<>();
    for (int number = 0; number < 50; number++) {
      String line = "{\"kind\":\"fixed\",\"description\":\"Fee\",\"amount\":1000}";
      drafts.add(
          firm.owner()
              .post("/invoices", "{\"customerId\":\"" + customer + "\",\"lines\":[" + line + "]}")
              .expect(201)
              .path("invoiceId")
              .asText());
    }
    Laptop.settle();
    assertThat(AtOnce.all(50, n -> press(drafts.get(n))))
        .extracting(Answer::status)
        .containsOnly(202);
    Laptop.settle();
    Laptop.advance("PT10M");
    assertThat(drafts.stream().map(draft -> firm.invoice(draft).path("number").asText()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 50).mapToObj("%04d"::formatted).toList());
    assertThat(firm.mails("invoice")).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void failure14_aSendThatIsRefusedOrFailsBurnsNoNumber(String when) {
    String empty =
        firm.owner()
            .post("/invoices", Api.json("customerId", customer))
            .expect(201)
            .path("invoiceId")
            .asText();
    assertThat(press(empty).status()).isEqualTo(409);
    Laptop.fault("SendInvoice", "dynamodb", "TransactWriteItems", "before", 4);
    String first = draftOf(60);
    assertThat(press(first).status()).isEqualTo(500);
    Laptop.fault("SendInvoice", "dynamodb", "TransactWriteItems", "before", 0);
    assertThat(state(firm.invoice(first))).isEqualTo("draft");

    Laptop.fault("NumberInvoice", "dynamodb", "TransactWriteItems", when, 40);
    press(first).expect(202);
    Laptop.advance("PT15M");
    Laptop.fault("NumberInvoice", "dynamodb", "TransactWriteItems", when, 0);
    Laptop.advance("PT1H");
    assertThat(firm.invoice(first).path("number").asText()).isEqualTo("0001");
    refuseMails(1, "MessageRejected");
    assertThat(firm.send(draftOf(10)).path("number").asText()).isEqualTo("0002");
    assertThat(firm.send(draftOf(10)).path("number").asText()).isEqualTo("0003");
  }

  @Test
  void aRefusedMailLeavesAnUndeliverableInvoiceWithItsNumber() {
    refuseMails(1, "MessageRejected");
    JsonNode invoice = firm.send(draftOf(60));
    assertThat(state(invoice)).isEqualTo("undeliverable");
    assertThat(delivery(invoice)).isEqualTo("failed");
    assertThat(invoice.path("number").asText()).isEqualTo("0001");
    assertThat(firm.mails("invoice")).isEmpty();
  }

  @Test
  void aThrottledMailIsSentLater() {
    refuseMails(2, "Throttling");
    String invoiceId = draftOf(60);
    assertThat(state(firm.send(invoiceId))).isEqualTo("sending");
    Laptop.advance("PT2M");
    assertThat(state(firm.invoice(invoiceId))).isEqualTo("sent");
    assertThat(firm.mails("invoice")).hasSize(1);
  }

  @Test
  void aMailThatWentThoughItsCallFailedIsNotSentTwice() {
    Laptop.fault("MailInvoice", "ses", "SendEmail", "after", 1);
    String invoiceId = draftOf(60);
    firm.send(invoiceId);
    Laptop.advance("PT10M");
    assertThat(state(firm.invoice(invoiceId))).isEqualTo("sent");
    assertThat(firm.mails("invoice")).hasSize(1);
  }

  @Test
  void aMailThatDidNotGoIsSentOnceItIsCertain() {
    Laptop.fault("MailInvoice", "ses", "SendEmail", "before", 1);
    String invoiceId = draftOf(60);
    firm.send(invoiceId);
    Laptop.advance("PT10M");
    assertThat(state(firm.invoice(invoiceId))).isEqualTo("sent");
    assertThat(firm.mails("invoice")).hasSize(1);
  }

  @Test
  void aBounceLeavesTheStateAndIsToldByTheDelivery() {
    String invoiceId = draftOf(60);
    firm.send(invoiceId);
    String mail = firm.mails("invoice").getFirst().path("id").asText();
    Laptop.api().post("/_local/mails/" + mail + "/bounce", "{}").expect(200);
    JsonNode bounced = firm.invoice(invoiceId);
    assertThat(state(bounced)).isEqualTo("sent");
    assertThat(delivery(bounced)).isEqualTo("bounced");

    String late = Project.read("events/RecordDelivery.json");
    Laptop.invoke(
        "RecordDelivery",
        late.replaceAll("(?<=\"firmId\": \\[\\s{0,20}\")[^\"]+", firm.firmId())
            .replaceAll("(?<=invoice-)[0-9A-Z]{26}", invoiceId));
    assertThat(firm.invoice(invoiceId)).isEqualTo(bounced);
  }

  @Test
  void anInvoiceIsOverdueFromTheDayAfterItWasDue() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"termsDays\":0}}").expect(200);
    String invoiceId = draftOf(60);
    firm.send(invoiceId);
    assertThat(firm.invoice(invoiceId).path("overdue").asBoolean()).isFalse();
    assertThat(firm.owner().get("/invoices?state=overdue").json().path("invoices")).isEmpty();
    Laptop.skip(Duration.ofDays(1));
    assertThat(firm.invoice(invoiceId).path("overdue").asBoolean()).isTrue();
    assertThat(firm.owner().get("/invoices?state=overdue").json().path("invoices")).hasSize(1);
  }

  @Test
  void aDraftThatWasSentIsNotAppendedTo() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"appendToDraft\"}}").expect(200);
    String first = draftOf(60);
    assertThat(draftOf(30)).isEqualTo(first);
    assertThat(firm.send(first).path("lines")).hasSize(2);
    String second = draftOf(15);
    assertThat(second).isNotEqualTo(first);
    assertThat(firm.invoice(second).path("lines")).hasSize(1);
  }
}
