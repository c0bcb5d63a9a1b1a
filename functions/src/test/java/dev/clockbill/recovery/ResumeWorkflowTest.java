package dev.clockbill.recovery;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is lost, doubled or stuck when executions end or calls fail on the way. */
@StoppedClock
class ResumeWorkflowTest {
  private static final int TOO_OFTEN = 4;

  private TestFirm firm;
  private String customer;
  private String service;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
    customer = firm.customer("Lindqvist Joinery");
    service = firm.service("Tax Resolution", 25_000);
  }

  private static String status(String execution) {
    return Laptop.execution(execution).path("status").asText();
  }

  @Test
  void anInvoiceWhoseExecutionEndsWhileItWaitsForApprovalCanStillBeSent() {
    JsonNode entry = firm.time(customer, service, 60);
    String invoiceId = entry.path("invoiceId").asText();
    Laptop.abort("timer-" + entry.path("timeEntryId").asText());
    assertThat(status("invoice-" + invoiceId + "-r1")).isEqualTo("RUNNING");
    assertThatInvoice(firm.send(invoiceId)).isIn("sent");
    assertThat(firm.mails("invoice")).hasSize(1);
  }

  @Test
  void anInvoiceWhoseExecutionEndsWhileItWaitsForPaymentWaitsOn() {
    JsonNode entry = firm.time(customer, service, 60);
    String invoiceId = entry.path("invoiceId").asText();
    firm.send(invoiceId);
    Laptop.abort("timer-" + entry.path("timeEntryId").asText());
    Laptop.abort("invoice-" + invoiceId + "-r1");
    assertThat(status("invoice-" + invoiceId + "-r2")).isEqualTo("RUNNING");
    assertThat(firm.mails("invoice")).hasSize(1);
  }

  @Test
  void nobodyWaitsForADeletedDraftEvenIfTheWorkflowCouldNotBeTold() {
    JsonNode entry = firm.time(customer, service, 60);
    String execution = "timer-" + entry.path("timeEntryId").asText();
    Laptop.fault("Invoices", "states", "SendTaskSuccess", "before", TOO_OFTEN);
    assertThat(firm.owner().delete("/invoices/" + entry.path("invoiceId").asText()).status())
        .isEqualTo(204);
    Laptop.fault("Invoices", "states", "SendTaskSuccess", "before", 0);
    assertThat(status(execution)).isEqualTo("RUNNING");
    Laptop.advance("PT10M");
    assertThat(status(execution)).isEqualTo("SUCCEEDED");
  }

  @Test
  void anInvoiceThatFailsAtTheSamePlaceIsTriedAgainLaterAndLater() {
    JsonNode entry = firm.time(customer, service, 60);
    String invoiceId = entry.path("invoiceId").asText();
    Laptop.fault("NumberInvoice", "dynamodb", "TransactWriteItems", "before", 100);
    firm.send(invoiceId);
    Laptop.advance("PT2H");
    Laptop.fault("NumberInvoice", "dynamodb", "TransactWriteItems", "before", 0);
    Laptop.advance("PT2H");
    assertThatInvoice(firm.invoice(invoiceId)).isIn("sent");
    assertThat(firm.invoice(invoiceId).path("number").asText()).isEqualTo("0001");
    assertThat(firm.mails("invoice")).hasSize(1);
  }

  /** Java's client sends a request again by itself if the connection ends without an answer. */
  @Test
  void whoGetsNoAnswerFromTheProcessorHoldsUpNobodyElse() {
    String timer = firm.start(customer, service);
    for (char payer = 'A'; payer <= 'J'; payer++) {
      String invoiceId =
          firm.time(firm.customer("Payer " + payer), service, 60).path("invoiceId").asText();
      String payUrl = firm.send(invoiceId).path("payUrl").asText();
      assertThat(Laptop.api().post(payUrl + "/checkout").status()).isEqualTo(303);
      noAnswer("Invoices", 1_000);
      firm.owner().post("/invoices/" + invoiceId + "/void").expect(200);
    }
    noAnswer("Invoices", 0);
    Laptop.fault("StopTimer", "states", "StartExecution", "before", TOO_OFTEN);
    firm.stop(timer);
    Laptop.fault("StopTimer", "states", "StartExecution", "before", 0);
    noAnswer("ResumeWorkflow", 1_000);
    Laptop.advance("PT5M");
    int requests = 1_000 - Laptop.stack().faults().left();
    assertThat(requests).as("three tries for those eight that were asked at once").isBetween(3, 48);
    assertThat(firm.owner().get("/time-entries/" + timer).expect(200).path("invoiceId").isNull())
        .isFalse();
    noAnswer("ResumeWorkflow", 0);
    Laptop.advance("PT10M");
    assertThat(Laptop.api().get("/_processor/checkout").expect(200).findValuesAsText("status"))
        .hasSize(10)
        .containsOnly("expired");
  }

  private static void noAnswer(String function, int times) {
    Laptop.fault(function, "processor", "ExpireCheckoutSession", "before", "timeout", times);
  }

  record Call(String function, String service, String operation) {}

  static Stream<Call> calls() {
    return Stream.of(
        new Call("StopTimer", "dynamodb", "TransactWriteItems"),
        new Call("StopTimer", "states", "StartExecution"),
        new Call("DraftInvoice", "dynamodb", "GetItem"),
        new Call("DraftInvoice", "dynamodb", "BatchGetItem"),
        new Call("DraftInvoice", "dynamodb", "Query"),
        new Call("DraftInvoice", "dynamodb", "TransactWriteItems"),
        new Call("AwaitApproval", "dynamodb", "UpdateItem"),
        new Call("SendInvoice", "dynamodb", "GetItem"),
        new Call("SendInvoice", "dynamodb", "BatchGetItem"),
        new Call("SendInvoice", "dynamodb", "Query"),
        new Call("SendInvoice", "dynamodb", "TransactWriteItems"),
        new Call("SendInvoice", "states", "SendTaskSuccess"),
        new Call("NumberInvoice", "dynamodb", "BatchGetItem"),
        new Call("NumberInvoice", "dynamodb", "TransactWriteItems"),
        new Call("MailInvoice", "dynamodb", "BatchGetItem"),
        new Call("MailInvoice", "dynamodb", "UpdateItem"),
        new Call("MailInvoice", "ses", "SendEmail"),
        new Call("MailInvoice", "dynamodb", "TransactWriteItems"),
        new Call("RecordDelivery", "dynamodb", "UpdateItem"),
        new Call("RecordDelivery", "dynamodb", "BatchGetItem"),
        new Call("RecordDelivery", "dynamodb", "TransactWriteItems"));
  }

  /**
   * Once is made up for by the SDK's own retries; four times in a row fails the function. Mails are
   * not tried again by the SDK. The short form is in {@code journey.EveryCallFailsTest}, where
   * these calls fail together with others.
   */
  @ParameterizedTest
  @MethodSource("calls")
  @Tag("faults")
  @EnabledIfSystemProperty(named = "long.form", matches = "true")
  void aCallThatFailsLosesAndDoublesNothing(Call call) {
    int times = call.service().equals("ses") ? 1 : TOO_OFTEN;
    for (String when : List.of("before", "after")) {
      Laptop.fault(call.function(), call.service(), call.operation(), when, times);
      JsonNode entry = stopped();
      Laptop.advance("PT10M");
      String invoiceId =
          firm.owner()
              .get("/time-entries/" + entry.path("timeEntryId").asText())
              .expect(200)
              .path("invoiceId")
              .asText();
      press(invoiceId);
      Laptop.advance("PT20M");
      JsonNode invoice = firm.invoice(invoiceId);
      assertThat(invoice.path("state").asText()).as(when).isEqualTo("sent");
      assertThat(invoice.path("delivery").path("status").asText()).isEqualTo("delivered");
    }
    for (String when : List.of("before", "after")) {
      Laptop.fault(call.function(), call.service(), call.operation(), when, 0);
    }
    JsonNode invoices = firm.owner().get("/invoices").expect(200).path("invoices");
    assertThat(invoices.findValuesAsText("number")).containsExactlyInAnyOrder("0001", "0002");
    assertThat(firm.mails("invoice")).hasSize(2);
    assertThat(firm.owner().get("/time-entries").expect(200).path("timeEntries")).hasSize(2);
  }

  /** As a person does: again, until it works. */
  private JsonNode stopped() {
    String timer =
        firm.owner()
            .post("/timers", Api.json("customerId", customer, "serviceId", service))
            .expect(201)
            .path("timerId")
            .asText();
    Laptop.advance("PT1H");
    for (int tries = 0; tries < 3; tries++) {
      Answer answer = firm.owner().post("/timers/" + timer + "/stop", "{}");
      if (answer.status() == 200) {
        return answer.json().path("timeEntry");
      }
    }
    throw new AssertionError("the timer does not stop");
  }

  private void press(String invoiceId) {
    for (int tries = 0; tries < 3; tries++) {
      if (firm.owner().post("/invoices/" + invoiceId + "/send", "{}").status() == 202) {
        return;
      }
    }
    throw new AssertionError("the invoice is not sent");
  }

  @Test
  void sendFindsItsExecutionDeadAndStartsAnother() {
    JsonNode entry = firm.time(customer, service, 60);
    String invoiceId = entry.path("invoiceId").asText();
    // Nothing else continues the work: only Send itself can.
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 100);
    Laptop.abort("timer-" + entry.path("timeEntryId").asText());
    JsonNode sent = firm.send(invoiceId);
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 0);
    assertThatInvoice(sent).isIn("sent");
    assertThat(firm.mails("invoice")).hasSize(1);
  }
}
