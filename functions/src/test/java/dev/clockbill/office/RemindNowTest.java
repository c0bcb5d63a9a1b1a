package dev.clockbill.office;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.BilledCustomer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reminding a customer because a person asks for it. */
@StoppedClock
class RemindNowTest {
  private TestFirm firm;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
  }

  private static void remind(BilledCustomer billed) {
    billed.act("remind", "{}").expect(202);
    Laptop.settle();
  }

  private List<String> listed(String state) {
    return firm.owner()
        .get("/invoices?state=" + state)
        .expect(200)
        .path("invoices")
        .findValuesAsText("invoiceId");
  }

  private int reminders() {
    return firm.mails("paymentReminder").size();
  }

  @Test
  void failure17_theCustomerIsRemindedOnceADayHoweverOftenItIsAskedFor() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    remind(billed);
    remind(billed);
    assertThat(reminders()).isEqualTo(1);
    assertThat(firm.mails("paymentReminder").getFirst().path("to").path(0).asText())
        .isEqualTo(billed.email());
    assertThat(billed.invoice().path("remindedOn").asText())
        .isEqualTo(billed.invoice().path("issuedOn").asText());
    assertThat(billed.invoice().path("history").findValuesAsText("what"))
        .contains("Asked for a payment reminder", "Reminder emailed to " + billed.email());
    Laptop.skip(Duration.ofDays(1));
    remind(billed);
    assertThat(reminders()).isEqualTo(2);
    assertThat(billed.delivery()).isEqualTo("delivered");
  }

  /** Sends an invoice that is due today and has a reminder on the third day after. */
  private BilledCustomer remindedOnTheThirdDay() {
    firm.owner()
        .patch(
            "/firm",
            Api.json(
                "invoicing",
                Map.of("termsDays", 0),
                "reminders",
                Map.of("overdueDays", List.of(3))))
        .expect(200);
    return BilledCustomer.sent(firm);
  }

  private static void skipTo(BilledCustomer billed, int days, String time) {
    LocalDate day = LocalDate.parse(billed.invoice().path("issuedOn").asText()).plusDays(days);
    Laptop.skipTo(java.time.Instant.parse(day + "T" + time + ":00Z"));
  }

  @Test
  void failure17_oneThatWasAskedForInTheMorningStandsForThatOfTheDay() {
    BilledCustomer billed = remindedOnTheThirdDay();
    skipTo(billed, 3, "08:00");
    remind(billed);
    skipTo(billed, 3, "12:00");
    assertThat(reminders()).isEqualTo(1);
  }

  @Test
  void failure17_afterThatOfTheDayNoneIsSentThatDay() {
    BilledCustomer billed = remindedOnTheThirdDay();
    skipTo(billed, 3, "10:00");
    assertThat(reminders()).isEqualTo(1);
    remind(billed);
    assertThat(reminders()).isEqualTo(1);
    skipTo(billed, 4, "08:00");
    remind(billed);
    assertThat(reminders()).isEqualTo(2);
  }

  /** The number of the third execution is also that of the third day. */
  private static void startTwoExecutions(BilledCustomer billed) {
    for (int i = 0; i < 2; i++) {
      billed.act("test-mail", "{}").expect(202);
      Laptop.settle();
    }
  }

  @Test
  void failure17_oneThatWasAskedForIsNotTakenForThatOfTheDay() {
    BilledCustomer billed = remindedOnTheThirdDay();
    startTwoExecutions(billed);
    remind(billed);
    assertThat(reminders()).isEqualTo(1);
    skipTo(billed, 3, "12:00");
    assertThat(reminders()).isEqualTo(2);
    assertThat(billed.invoice().path("history").findValuesAsText("what"))
        .filteredOn(("Reminder emailed to " + billed.email())::equals)
        .hasSize(2);
  }

  @Test
  void failure17_afterThatOfTheDayOneCanBeAskedForWhateverWasStartedBefore() {
    BilledCustomer billed = remindedOnTheThirdDay();
    startTwoExecutions(billed);
    skipTo(billed, 4, "08:00");
    assertThat(reminders()).isEqualTo(1);
    remind(billed);
    assertThat(reminders()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "paid,nothing-due,nothing is due any more",
    "under way,payment-processing,a payment is under way",
    "bounced,mail-failed,the last email of the invoice did not arrive"
  })
  void nobodyIsRemindedOfWhatDoesNotFitAnyMoreAndTheHistorySaysWhy(
      String meanwhile, String word, String why) {
    BilledCustomer billed = BilledCustomer.sent(firm);
    billed.refuseMails(1_000, "Throttling");
    billed.act("remind", "{}").expect(202);
    Laptop.settle();
    switch (meanwhile) {
      case "paid" -> billed.pay(BilledCustomer.TOTAL);
      case "under way" -> BilledCustomer.outcome(billed.openCheckout(), "processing", false);
      default -> {
        String mail = firm.mails("invoice").getFirst().path("id").asText();
        Laptop.api().post("/_local/mails/" + mail + "/bounce", "{}").expect(200);
      }
    }
    Laptop.settle();
    billed.refuseMails(0, "Throttling");
    Laptop.advance("PT30M");
    assertThat(reminders()).isZero();
    assertThat(billed.act("remind", "{}").word()).isEqualTo(word);
    assertThat(billed.invoice().path("history").findValuesAsText("what"))
        .containsOnlyOnce("Reminder to " + billed.email() + " was not sent: " + why);
  }

  @Test
  void nobodyIsRemindedWhileAPaymentIsUnderWayAndTheInvoiceSaysSo() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String checkout = billed.openCheckout();
    assertThat(billed.invoice().path("paymentUnderWay").asBoolean()).isFalse();
    BilledCustomer.outcome(checkout, "processing", false);
    assertThat(billed.invoice().path("paymentUnderWay").asBoolean()).isTrue();
    assertThat(billed.act("remind", "{}").word()).isEqualTo("payment-processing");
    assertThat(listed("paymentUnderWay")).containsExactly(billed.invoiceId());
    assertThat(listed("undelivered")).isEmpty();
    String payment = billed.invoice().at("/payments/0/paymentId").asText();
    Laptop.api()
        .post("/_processor/payments/" + payment + "/settle", Api.json("outcome", "failed"))
        .expect(200);
    Laptop.settle();
    assertThat(billed.invoice().path("paymentUnderWay").asBoolean()).isFalse();
    remind(billed);
    assertThat(reminders()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invoices dynamodb TransactWriteItems",
        "Invoices states StartExecution",
        "RemindCustomer dynamodb TransactWriteItems",
        "RemindCustomer ses SendEmail"
      })
  void failure17_whateverCallFailsTheReminderComesOnce(String call) {
    String[] parts = call.split(" ");
    for (String when : List.of("before", "after")) {
      BilledCustomer billed = BilledCustomer.sent(firm);
      int before = reminders();
      Laptop.fault(parts[0], parts[1], parts[2], when, 1);
      if (billed.act("remind", "{}").status() != 202) {
        billed.act("remind", "{}").expect(202);
      }
      Laptop.advance("PT20M");
      assertThat(reminders()).as(when).isEqualTo(before + 1);
    }
  }
}
