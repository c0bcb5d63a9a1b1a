package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a reminder goes to a customer, the processor is asked, against the stack. */
@StoppedClock
class ReminderAsksFirstTest {
  private static final Api API = Laptop.api();
  private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");
  private static final String ASK = "RetrieveCheckoutSession";

  private TestFirm firm;
  private JsonNode sent;
  private String checkout;

  @BeforeEach
  void openACheckout() {
    firm = Laptop.firm();
    firm.owner()
        .patch(
            "/firm",
            Api.json(
                "timeZone", ZONE.getId(),
                "invoicing", Map.of("termsDays", 0),
                "reminders", Map.of("overdueDays", List.of(2))))
        .expect(200);
    JsonNode time =
        firm.time(firm.customer("Ada Lovelace"), firm.service("Tax Resolution", 25_000), 60);
    sent = firm.send(time.path("invoiceId").asText());
    // Only the question before the reminder can find what happened.
    API.post("/_processor/events/hold", Api.json("hold", true)).expect(200);
    fault("ListEvents", "error", 10_000);
    skipToMorning("08:30");
    checkout =
        API.post(sent.path("payUrl").asText() + "/checkout").header("location").orElseThrow();
  }

  @AfterEach
  void deliverCallbacks() {
    API.post("/_processor/events/hold", Api.json("hold", false)).expect(200);
    fault("ListEvents", "error", 0);
    fault(ASK, "error", 0);
    fault(ASK, "timeout", 0);
  }

  private static void fault(String operation, String with, int times) {
    Laptop.fault("ReconcilePayments", "processor", operation, "before", with, times);
  }

  private void skipToMorning(String time) {
    LocalDate day = LocalDate.parse(sent.path("issuedOn").asText()).plusDays(2);
    Laptop.skipTo(day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant());
  }

  private void pay(String outcome) {
    API.post(checkout, Api.json("outcome", outcome)).expect(200);
    Laptop.settle();
  }

  private JsonNode invoice() {
    return firm.invoice(sent.path("invoiceId").asText());
  }

  @Test
  void failure13_whoHasPaidIsNotRemindedThoughTheCallbackWasLost() {
    pay("paid");
    Laptop.advance("PT1H");
    assertThatInvoice(invoice()).isIn("paid").hasPayments(1);
    assertThat(firm.mails("paymentReminder")).isEmpty();
    assertThat(firm.mails("receipt")).hasSize(1);
  }

  @Test
  void whosePaymentIsOnItsWayIsNotReminded() {
    pay("processing");
    Laptop.advance("PT1H");
    assertThat(invoice().path("payments").path(0).path("status").asText()).isEqualTo("processing");
    assertThat(firm.mails("paymentReminder")).isEmpty();
  }

  @Test
  void whoHasNotPaidIsReminded() {
    Laptop.advance("PT1H");
    assertThat(firm.mails("paymentReminder")).hasSize(1);
  }

  @Test
  void whileTheProcessorIsAwayTheReminderWaits() {
    fault(ASK, "timeout", 10_000);
    pay("paid");
    Laptop.advance("PT2H");
    assertThat(firm.mails("paymentReminder")).isEmpty();
    fault(ASK, "timeout", 0);
    Laptop.advance("PT4H");
    assertThatInvoice(invoice()).isIn("paid").hasPayments(1);
    assertThat(firm.mails("paymentReminder")).isEmpty();
  }

  @Test
  void theReminderDoesNotWaitForAProcessorThatStaysAway() {
    fault(ASK, "error", 10_000);
    Laptop.skip(Duration.ofHours(20));
    assertThat(firm.mails("paymentReminder")).hasSize(1);
  }

  @Test
  void aReceiptDoesNotWaitLongForAProcessorThatStaysAway() {
    fault(ASK, "error", 10_000);
    Laptop.skip(Duration.ofHours(6));
    firm.owner()
        .post(
            "/invoices/" + sent.path("invoiceId").asText() + "/payments",
            Api.json(
                "amount", sent.path("amountDue").asLong(),
                "method", "Cheque",
                "receivedOn", sent.path("issuedOn").asText()))
        .expect(201);
    Laptop.advance("PT1H");
    assertThat(firm.mails("receipt")).hasSize(1);
    assertThat(firm.mails("paymentReminder")).isEmpty();
  }
}
