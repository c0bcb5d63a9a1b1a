package dev.clockbill.invoice.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invoices that are sent automatically, for customers and firms that want it. */
@StoppedClock
class AutomaticSendTest {
  private TestFirm firm;
  private String service;
  private String customer;

  @BeforeEach
  void makeACustomerWhoWantsIt() {
    firm = Laptop.firm();
    service = firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Lindqvist Joinery");
    firm.owner().patch("/customers/" + customer, "{\"sendAutomatically\":true}").expect(200);
  }

  private JsonNode stop(String timerId) {
    firm.stop(timerId);
    Laptop.settle();
    JsonNode entry = firm.owner().get("/time-entries/" + timerId).expect(200);
    return firm.invoice(entry.path("invoiceId").asText());
  }

  private static String state(JsonNode invoice) {
    return invoice.path("state").asText();
  }

  private void assertWaits(JsonNode draft, String why) {
    assertThat(state(draft)).isEqualTo("draft");
    assertThat(draft.path("number").isNull()).isTrue();
    assertThat(firm.mails("invoice")).isEmpty();
    assertThat(draft.path("history").findValuesAsText("what"))
        .anyMatch(what -> what.startsWith("Not sent: ") && what.contains(why));
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    assertThat(firm.mails("ownerNotice").getFirst().path("text").asText())
        .contains(why, "Lindqvist Joinery", "Tax Resolution")
        .contains("/#/invoices/" + draft.path("invoiceId").asText());
  }

  @Test
  void stoppedTimeIsSentAtOnceOnAnInvoiceOfItsOwn() {
    JsonNode other = firm.time(firm.customer("Okafor Bakery"), service, 30);
    assertThat(state(firm.invoice(other.path("invoiceId").asText()))).isEqualTo("draft");
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"appendToDraft\"}}").expect(200);
    String timer = firm.start(customer, service);
    Laptop.advance("PT59M");
    JsonNode first = stop(timer);
    assertThat(state(first)).isEqualTo("sent");
    assertThat(first.path("number").asText()).isEqualTo("0001");
    assertThat(first.path("total").asLong()).isEqualTo(24_583);
    assertThat(first.path("history").findValuesAsText("who")).containsOnly("Clockbill");
    assertThat(first.path("history").findValuesAsText("what"))
        .contains("Draft created from time: Tax Resolution, Owner");
    assertThat(firm.owner().get("/time-entries?state=billed").json().path("timeEntries"))
        .hasSize(1);

    JsonNode byHand = firm.time(customer, service, 15);
    assertThat(byHand.path("invoiceId")).isNotEqualTo(first.path("invoiceId"));
    assertThat(state(firm.invoice(byHand.path("invoiceId").asText()))).isEqualTo("sent");
    assertThat(firm.mails("invoice")).hasSize(2);
    assertThat(firm.mails("ownerNotice")).isEmpty();
  }

  @Test
  void aFirmMayWantItForAllItsCustomers() {
    String other = firm.customer("Okafor Bakery");
    firm.owner().patch("/firm", "{\"invoicing\":{\"sendAutomatically\":true}}").expect(200);
    assertThat(state(firm.invoice(firm.time(other, service, 30).path("invoiceId").asText())))
        .isEqualTo("sent");
  }

  @Test
  void whileATimerRunsForTheCustomerItWaitsAndTheOwnerIsTold() {
    JsonNode running =
        firm.staff()
            .post("/timers", Api.json("customerId", customer, "serviceId", service))
            .expect(201);
    JsonNode draft = stop(firm.start(customer, service));
    assertWaits(draft, "A timer is running for this customer");
    firm.staff().delete("/timers/" + running.path("timerId").asText()).expect(204);
    assertThat(state(firm.send(draft.path("invoiceId").asText()))).isEqualTo("sent");
    assertThat(firm.mails("ownerNotice")).hasSize(1);
  }

  @Test
  void failure31_anAmountOutOfAllProportionToTheLatestOnesWaitsForAPerson() {
    for (int small = 0; small < 5; small++) {
      firm.time(customer, service, 1);
    }
    assertThat(firm.mails("invoice")).hasSize(5);
    assertThat(state(firm.invoice(firm.time(customer, service, 9).path("invoiceId").asText())))
        .isEqualTo("sent");
    String invoiceId = firm.time(customer, service, 900).path("invoiceId").asText();
    JsonNode draft = firm.invoice(invoiceId);
    assertThat(state(draft)).isEqualTo("draft");
    assertThat(firm.mails("ownerNotice").getFirst().path("text").asText())
        .contains("$3,750.00 is at least 10 times as much as any of your latest invoices");
    assertThat(firm.mails("invoice")).hasSize(6);
    JsonNode warnings =
        firm.owner().get("/invoices/" + invoiceId + "/mail").json().path("warnings");
    assertThat(warnings.findValuesAsText("kind"))
        .containsExactly("firm-address-missing", "customer-address-missing", "amount-unusual");
    assertThat(state(firm.send(invoiceId)))
        .as("a person may say that it is right")
        .isEqualTo("sent");
  }

  @Test
  void failure28_whatThePdfCannotPrintWaitsForAPerson() {
    String runes = firm.service("Runes \u16a0", 25_000);
    String invoiceId = firm.time(customer, runes, 9).path("invoiceId").asText();
    assertThat(state(firm.invoice(invoiceId))).isEqualTo("draft");
    assertThat(firm.mails("ownerNotice").getFirst().path("text").asText())
        .contains("The PDF shows an empty box in place of \u16a0.");
    assertThat(state(firm.send(invoiceId))).isEqualTo("sent");
  }

  @Test
  void failure1_timeOfATimerLeftOvernightIsNotSentByItself() {
    String timer = firm.start(customer, service);
    Laptop.advance("PT13H");
    int before = firm.mails("ownerNotice").size();
    JsonNode draft = stop(timer);
    assertThat(state(draft)).isEqualTo("draft");
    assertThat(firm.mails("ownerNotice")).hasSize(before + 1);
    assertThat(firm.mails("ownerNotice").getFirst().path("text").asText())
        .contains("Confirm or correct its time");
    assertThat(firm.mails("invoice")).isEmpty();
  }

  @Test
  void failure31_tenYearsOfTimeByHandWaitForAPersonToConfirmThem() {
    JsonNode entry = firm.time(customer, service, 10 * 365 * 24 * 60);
    assertThat(entry.path("needsConfirmation").asBoolean()).isTrue();
    JsonNode draft = firm.invoice(entry.path("invoiceId").asText());
    assertWaits(draft, "Confirm or correct its time");
    String send = "/invoices/" + draft.path("invoiceId").asText() + "/send";
    assertThat(firm.owner().post(send, "{}").word()).isEqualTo("time-unconfirmed");
    Laptop.advance("PT10M");
    assertThat(firm.mails("invoice")).isEmpty();
  }

  @Test
  void failure31_timeOfADayIsSentByItselfAndOfALittleMoreIsNot() {
    assertThat(state(firm.invoice(firm.time(customer, service, 1440).path("invoiceId").asText())))
        .isEqualTo("sent");
    assertThat(state(firm.invoice(firm.time(customer, service, 1441).path("invoiceId").asText())))
        .isEqualTo("draft");
  }

  @Test
  void failure31_timeThatIsMadeAsLongWhileItMovesIsNotSentByItselfEither() {
    JsonNode entry = firm.time(firm.customer("Okafor Bakery"), service, 30);
    firm.owner()
        .patch(
            "/time-entries/" + entry.path("timeEntryId").asText(),
            Api.json(
                "customerId",
                customer,
                "startedAt",
                Laptop.now().minus(Duration.ofDays(300)).toString()))
        .expect(200);
    Laptop.settle();
    JsonNode draft =
        firm.owner().get("/invoices?customerId=" + customer).expect(200).at("/invoices/0");
    assertWaits(firm.invoice(draft.path("invoiceId").asText()), "7,200 hours at a stretch");
  }

  @Test
  void failure31_timeOfLongAgoIsSentByAPersonAlone() {
    Instant start = Laptop.now().minus(Duration.ofDays(800));
    firm.entered(customer, service, "startedAt", start, "stoppedAt", start.plusSeconds(3600));
    Laptop.settle();
    JsonNode draft =
        firm.owner().get("/invoices?customerId=" + customer).expect(200).at("/invoices/0");
    assertWaits(firm.invoice(draft.path("invoiceId").asText()), "more than a year ago");
    assertThat(state(firm.send(draft.path("invoiceId").asText()))).isEqualTo("sent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamodb GetItem",
        "dynamodb BatchGetItem",
        "dynamodb Query",
        "dynamodb TransactWriteItems"
      })
  void aCallThatFailsLosesAndDoublesNoInvoice(String call) {
    String[] parts = call.split(" ");
    for (String when : new String[] {"before", "after"}) {
      int mailed = firm.mails("invoice").size();
      Laptop.fault("DraftInvoice", parts[0], parts[1], when, 4);
      String timer = firm.start(customer, service);
      firm.stop(timer);
      Laptop.advance("PT30M");
      Laptop.fault("DraftInvoice", parts[0], parts[1], when, 0);
      String invoiceId =
          firm.owner().get("/time-entries/" + timer).json().path("invoiceId").asText();
      assertThat(state(firm.invoice(invoiceId))).as(when).isEqualTo("sent");
      assertThat(firm.mails("invoice")).as(when).hasSize(mailed + 1);
    }
  }

  @Test
  void aNoticeThatCouldNotBeBegunIsMailedLater() {
    Laptop.fault("DraftInvoice", "states", "StartExecution", "before", 4);
    firm.staff()
        .post("/timers", Api.json("customerId", customer, "serviceId", service))
        .expect(201);
    JsonNode draft = stop(firm.start(customer, service));
    Laptop.fault("DraftInvoice", "states", "StartExecution", "before", 0);
    Laptop.advance("PT10M");
    assertWaits(draft, "A timer is running for this customer");
  }
}
