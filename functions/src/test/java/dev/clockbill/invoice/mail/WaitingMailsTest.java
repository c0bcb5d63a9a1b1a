package dev.clockbill.invoice.mail;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.BilledCustomer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trouble of our account at the mail service: every kind of mail waits, is told, and goes once. */
@StoppedClock
class WaitingMailsTest {
  private TestFirm firm;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
  }

  @AfterEach
  void endTheTrouble() {
    account("ok");
  }

  private static void account(String state) {
    Laptop.api().post("/_local/mail-account", Api.json("state", state)).expect(200);
  }

  private JsonNode told() {
    return firm.owner().get("/firm").expect(200).path("mail");
  }

  private void assertNothingWaits() {
    assertThat(told().path("waiting").asBoolean()).isFalse();
    assertThat(told().path("since").isNull()).isTrue();
    assertThat(told().path("reason").isNull()).isTrue();
  }

  private static List<String> history(BilledCustomer billed) {
    return billed.invoice().path("history").findValuesAsText("what");
  }

  @ParameterizedTest
  @CsvSource({
    "paused, paused",
    "suspended, suspended",
    "unverified, unverified",
    "mailFrom, unverified",
    "sandbox, unverified",
    "quota, quota",
    "noConfigurationSet, configuration",
    "denied, access"
  })
  void failure32_anInvoiceWaitsWhateverTheTroubleAndGoesOnceWhenItIsOver(
      String state, String reason) {
    account(state);
    BilledCustomer billed = BilledCustomer.draft(firm);
    JsonNode sent = firm.send(billed.invoiceId());
    assertThatInvoice(sent).isIn("sending");
    JsonNode number = sent.path("number");
    assertThat(number.asText()).isEqualTo("0001");
    String since = told().path("since").asText();
    Laptop.advance("PT1H");
    assertThat(billed.state()).isEqualTo("sending");
    assertThat(billed.delivery()).isEqualTo("queued");
    assertThat(firm.mails("invoice")).isEmpty();
    assertThat(firm.mails("ownerNotice")).isEmpty();
    assertThat(told().path("waiting").asBoolean()).isTrue();
    assertThat(told().path("reason").asText()).isEqualTo(reason);
    assertThat(told().path("since").asText()).isEqualTo(since);
    assertThat(history(billed)).filteredOn(what -> what.contains(" is waiting: ")).hasSize(1);

    account("ok");
    Laptop.advance("PT1H10M");
    assertThat(billed.state()).isEqualTo("sent");
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(billed.mailsTo(billed.email())).isEqualTo(1);
    assertThat(billed.invoice().path("number")).isEqualTo(number);
    assertNothingWaits();
    Laptop.advance("PT10M");
    assertThat(billed.mailsTo(billed.email())).isEqualTo(1);
  }

  @Test
  void failure32_noExecutionFailsAndNoneIsStartedMoreThanOnceAnHour() {
    account("paused");
    BilledCustomer billed = BilledCustomer.draft(firm);
    firm.send(billed.invoiceId());
    Laptop.advance("PT12H");
    long started = 0;
    for (JsonNode execution :
        Laptop.api().get("/_local/executions").expect(200).path("executions")) {
      if (execution.path("name").asText().startsWith("invoice-" + billed.invoiceId())) {
        started++;
        assertThat(execution.path("status").asText()).isEqualTo("SUCCEEDED");
      }
    }
    // After 1, 5 and 30 minutes, then every hour.
    assertThat(started).isBetween(11L, 15L);
  }

  @Test
  void failure32_whatIsMailedAgainAndTheReceiptWaitToo() {
    BilledCustomer again = BilledCustomer.sent(firm);
    BilledCustomer paid = BilledCustomer.sent(firm);
    account("paused");
    again.act("resend", "{}").expect(202);
    Laptop.settle();
    paid.pay(BilledCustomer.TOTAL);
    Laptop.advance("PT2H");
    assertThat(again.delivery()).isEqualTo("queued");
    assertThat(again.state()).isEqualTo("sent");
    assertThat(paid.state()).isEqualTo("paid");
    assertThat(firm.mails("receipt")).isEmpty();
    assertThat(history(again)).filteredOn(what -> what.contains(" is waiting: ")).hasSize(1);
    assertThat(history(paid)).filteredOn(what -> what.startsWith("Receipt to")).hasSize(1);
    account("ok");
    Laptop.advance("PT1H10M");
    assertThat(again.delivery()).isEqualTo("delivered");
    assertThat(again.mailsTo(again.email())).isEqualTo(2);
    assertThat(firm.mails("receipt")).hasSize(1);
    assertNothingWaits();
    Laptop.advance("PT1H10M");
    assertThat(firm.mails("receipt")).hasSize(1);
    assertThat(again.mailsTo(again.email())).isEqualTo(2);
  }

  @Test
  void failure32_theMailOfARefundWaits() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String payment =
        BilledCustomer.outcome(billed.openCheckout(), "paid", false)
            .expect(200)
            .path("paymentId")
            .asText();
    assertThat(firm.mails("receipt")).hasSize(1);
    account("paused");
    Laptop.api()
        .post("/_processor/payments/" + payment + "/refund", "{\"amount\":5000}")
        .expect(200);
    Laptop.advance("PT1H");
    assertThat(firm.mails("receipt")).hasSize(1);
    assertThat(history(billed)).filteredOn(what -> what.startsWith("Refund notice to")).hasSize(1);
    account("ok");
    Laptop.advance("PT1H10M");
    assertThat(firm.mails("receipt")).hasSize(2);
    Laptop.advance("PT1H10M");
    assertThat(firm.mails("receipt")).hasSize(2);
  }

  @Test
  void failure32_anOwnersNoticeWaits() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String mail = firm.mails("invoice").getFirst().path("id").asText();
    account("unverified");
    Laptop.api().post("/_local/mails/" + mail + "/bounce", "{}").expect(200);
    Laptop.advance("PT2H");
    assertThat(billed.delivery()).isEqualTo("bounced");
    assertThat(firm.mails("ownerNotice")).isEmpty();
    account("ok");
    Laptop.advance("PT1H10M");
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    Laptop.advance("PT1H10M");
    assertThat(firm.mails("ownerNotice")).hasSize(1);
  }

  @Test
  void failure32_theReminderOfAnInvoiceWaitsAndComesOnceUnlessItIsPaidMeanwhile() {
    firm.owner()
        .patch("/firm", "{\"reminders\":{\"overdueDays\":[3]},\"invoicing\":{\"termsDays\":0}}")
        .expect(200);
    BilledCustomer owes = BilledCustomer.sent(firm);
    BilledCustomer pays = BilledCustomer.sent(firm);
    account("paused");
    Laptop.skip(Duration.ofDays(4));
    assertThat(firm.mails("paymentReminder")).isEmpty();
    assertThat(owes.delivery()).isEqualTo("delivered");
    assertThat(history(owes)).filteredOn(what -> what.startsWith("Reminder to")).hasSize(1);
    pays.pay(BilledCustomer.TOTAL);
    account("ok");
    Laptop.advance("PT1H10M");
    assertThat(firm.mails("paymentReminder")).hasSize(1);
    assertThat(firm.mails("paymentReminder").getFirst().path("to").path(0).asText())
        .isEqualTo(owes.email());
    assertThat(firm.mails("receipt")).hasSize(1);
    Laptop.skip(Duration.ofDays(2));
    assertThat(firm.mails("paymentReminder")).hasSize(1);
  }

  @Test
  void failure32_theReminderOfATimerAndTheNoticeOfALongOneWait() {
    account("quota");
    firm.start(firm.customer("Ada Lovelace"), firm.service("Tax Resolution", 25_000));
    Laptop.advance("PT12H10M");
    assertThat(firm.mails("timerReminder")).isEmpty();
    assertThat(firm.mails("ownerNotice")).isEmpty();
    assertThat(told().path("reason").asText()).isEqualTo("quota");
    account("ok");
    Laptop.advance("PT1H10M");
    assertThat(firm.mails("timerReminder")).hasSize(1);
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    Laptop.advance("PT1H10M");
    assertThat(firm.mails("timerReminder")).hasSize(1);
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    assertNothingWaits();
  }

  @Test
  void failure32_recordingWhatWasSentBeforeDoesNotSayThatMailsGoAgain() {
    BilledCustomer before = BilledCustomer.draft(firm);
    Laptop.fault("MailInvoice", "dynamodb", "TransactWriteItems", "before", 4);
    firm.send(before.invoiceId());
    assertThat(before.state()).isEqualTo("sending");
    assertThat(before.mailsTo(before.email())).isEqualTo(1);
    account("paused");
    firm.send(BilledCustomer.draft(firm).invoiceId());
    String since = told().path("since").asText();
    Laptop.advance("PT30S");
    assertThat(before.state()).isEqualTo("sent");
    assertThat(told().path("waiting").asBoolean()).isTrue();
    assertThat(told().path("since").asText()).isEqualTo(since);
  }

  @Test
  void aMailOfAVoidInvoiceStopsWaiting() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    account("paused");
    billed.act("resend", "{}").expect(202);
    Laptop.advance("PT2H");
    billed.act("void", "{}").expect(200);
    account("ok");
    Laptop.advance("PT2H");
    assertThat(billed.mailsTo(billed.email())).isEqualTo(1);
    // Nothing was sent since, and yet nothing waits any more.
    Laptop.advance("PT2H");
    assertNothingWaits();
  }

  @Test
  void aRefusalOfThisMailIsFinalAllTheSame() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    billed.refuseMails(1, "MessageRejected");
    assertThatInvoice(firm.send(billed.invoiceId())).isIn("undeliverable");
    assertNothingWaits();
  }

  @ParameterizedTest
  @CsvSource({
    "GetItem, before",
    "GetItem, after",
    "TransactWriteItems, before",
    "TransactWriteItems, after",
    "UpdateItem, before",
    "UpdateItem, after"
  })
  void whateverCallFailsWhileItWaitsTheMailGoesOnce(String operation, String when) {
    account("paused");
    BilledCustomer billed = BilledCustomer.draft(firm);
    Laptop.fault("MailInvoice", "dynamodb", operation, when, 4);
    firm.send(billed.invoiceId());
    Laptop.advance("PT2H");
    Laptop.fault("MailInvoice", "dynamodb", operation, when, 0);
    account("ok");
    Laptop.advance("PT1H10M");
    assertThat(billed.state()).isEqualTo("sent");
    assertThat(billed.mailsTo(billed.email())).isEqualTo(1);
  }
}
