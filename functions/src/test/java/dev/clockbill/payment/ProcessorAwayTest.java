package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The processor fails, refuses, or does not answer, against the stack. */
@StoppedClock
class ProcessorAwayTest {
  private static final Api API = Laptop.api();
  private static final String SETUP = "/payments/setup";

  private DueInvoice due;
  private TestFirm firm;
  private String invoiceId;

  @BeforeEach
  void sendAnInvoice() {
    due = DueInvoice.make();
    firm = due.firm();
    invoiceId = due.invoiceId();
  }

  private void payIn(Answer pressed) {
    assertThat(pressed.status()).as(pressed.toString()).isEqualTo(303);
    API.post(pressed.header("location").orElseThrow(), Api.json("outcome", "paid")).expect(200);
    Laptop.settle();
    assertThatInvoice(due.invoice()).isIn("paid").hasPayments(1).hasNoFlags();
  }

  @ParameterizedTest
  @CsvSource({"before", "after"})
  void failure35_afterAnErrorTheNextPressUsesAnotherKey(String when) {
    Laptop.fault("PayPage", "processor", "CreateCheckoutSession", when, "error", 1);
    Answer failed = due.press();
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.body()).contains("could not be opened", "Nothing was charged");
    payIn(due.press());
  }

  @Test
  void failure35_aReplayedErrorIsLeftBehindAsWell() {
    Laptop.fault("PayPage", "processor", "CreateCheckoutSession", "before", "error", 1);
    // The failed attempt is not counted, as if the function had died: its key stays.
    Laptop.fault("PayPage", "dynamodb", "UpdateItem", "before", 4);
    due.press();
    Laptop.fault("PayPage", "dynamodb", "UpdateItem", "before", 0);
    assertThat(due.press().status()).isEqualTo(503);
    payIn(due.press());
  }

  @ParameterizedTest
  @CsvSource({"before, timeout", "after, timeout", "before, throttle"})
  void anUnknownOutcomeKeepsTheKeySoThatNothingIsOpenedTwice(String when, String with) {
    Laptop.fault("PayPage", "processor", "CreateCheckoutSession", when, with, 50);
    assertThat(due.press().status()).isEqualTo(503);
    Laptop.fault("PayPage", "processor", "CreateCheckoutSession", when, with, 0);
    Answer opened = due.press();
    assertThat(due.sessions()).hasSize(1);
    payIn(opened);
  }

  @Test
  void aPassingFaultIsNotSeenByTheCustomer() {
    Laptop.fault("PayPage", "processor", "CreateCheckoutSession", "before", "throttle", 1);
    payIn(due.press());
  }

  @ParameterizedTest
  @CsvSource({"before", "after"})
  void failure35_anAccountIsCreatedAfterTheProcessorFailed(String when) {
    TestFirm fresh = Laptop.firm(Api.json("staff", 1));
    Laptop.fault("PaymentsSetup", "processor", "CreateAccount", when, "error", 1);
    Answer failed = fresh.owner().post(SETUP);
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.word()).isEqualTo("processor-unavailable");
    fresh.owner().post(SETUP).expect(201);
    assertThat(fresh.owner().get(SETUP).expect(200).path("status").asText()).isEqualTo("pending");
  }

  @ParameterizedTest
  @CsvSource({"before", "after"})
  void failure35_aCheckoutThatCouldNotBeEndedIsEndedByTheNextPush(String when) {
    assertThat(due.press().status()).isEqualTo(303);
    Laptop.fault("Invoices", "processor", "ExpireCheckoutSession", when, "error", 1);
    firm.owner().post("/invoices/" + invoiceId + "/void").expect(200);
    Laptop.advance("PT10M");
    assertThat(due.sessions())
        .singleElement()
        .satisfies(session -> assertThat(session.path("status").asText()).isEqualTo("expired"));
  }

  @Test
  void anAmountThatOnlyTheProcessorRefusesIsSaidSo() {
    String account = firm.owner().get(SETUP).expect(200).path("accountId").asText();
    API.post("/_processor/events/hold", Api.json("hold", true)).expect(200);
    API.post("/_processor/accounts/" + account, Api.json("chargesEnabled", false)).expect(200);
    Answer refused = due.press();
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("Online payment is not available", "Nothing was charged");
    API.post("/_processor/accounts/" + account, Api.json("chargesEnabled", true)).expect(200);
    API.post("/_processor/events/hold", Api.json("hold", false)).expect(200);
    payIn(due.press());
  }

  @Test
  void aFirmSaysInWhichCountryItIs() {
    TestFirm fresh = Laptop.firm(Api.json("staff", 1));
    Answer refused = fresh.owner().post(SETUP, Api.json("country", "Germany"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").path(0).path("field").asText()).isEqualTo("country");
    assertThat(fresh.owner().post(SETUP, Api.json("country", "XX")).status()).isEqualTo(400);
    fresh.owner().post(SETUP, Api.json("country", "DE")).expect(201);
  }
}
