package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The processor fails, refuses, or does not answer, against the stack. */
@StoppedClock
class ProcessorAwayTest {
  private static final Api API = Laptop.api();
  private static final String SETUP = "/payments/setup";

  private TestFirm firm;
  private String invoiceId;
  private String payUrl;

  @BeforeEach
  void sendAnInvoice() {
    firm = Laptop.firm();
    JsonNode time =
        firm.time(firm.customer("Ada Lovelace"), firm.service("Tax Resolution", 25_000), 60);
    invoiceId = time.path("invoiceId").asText();
    payUrl = firm.send(invoiceId).path("payUrl").asText();
  }

  private Answer press() {
    return API.post(payUrl + "/checkout");
  }

  private static void fault(
      String function, String operation, String when, String with, int times) {
    API.post(
            "/_local/faults",
            Api.json(
                "function", function,
                "service", "processor",
                "operation", operation,
                "when", when,
                "with", with,
                "times", times))
        .expect(200);
  }

  /** The sessions of the firm's account. */
  private List<JsonNode> sessions() {
    String account = firm.owner().get(SETUP).expect(200).path("accountId").asText();
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode session : API.get("/_processor/checkout").expect(200).path("sessions")) {
      if (session.path("account").asText().equals(account)) {
        found.add(session);
      }
    }
    return found;
  }

  private void payIn(Answer pressed) {
    assertThat(pressed.status()).as(pressed.toString()).isEqualTo(303);
    API.post(pressed.header("location").orElseThrow(), Api.json("outcome", "paid")).expect(200);
    Laptop.settle();
    assertThatInvoice(firm.invoice(invoiceId)).isIn("paid").hasPayments(1).hasNoFlags();
  }

  @ParameterizedTest
  @CsvSource({"before", "after"})
  void failure35_afterAnErrorTheNextPressUsesAnotherKey(String when) {
    fault("PayPage", "CreateCheckoutSession", when, "error", 1);
    Answer failed = press();
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.body()).contains("could not be opened", "Nothing was charged");
    payIn(press());
  }

  @Test
  void failure35_aReplayedErrorIsLeftBehindAsWell() {
    fault("PayPage", "CreateCheckoutSession", "before", "error", 1);
    // The failed attempt is not counted, as if the function had died: its key stays.
    Laptop.fault("PayPage", "dynamodb", "UpdateItem", "before", 4);
    press();
    Laptop.fault("PayPage", "dynamodb", "UpdateItem", "before", 0);
    assertThat(press().status()).isEqualTo(503);
    payIn(press());
  }

  @ParameterizedTest
  @CsvSource({"before, timeout", "after, timeout", "before, throttle"})
  void anUnknownOutcomeKeepsTheKeySoThatNothingIsOpenedTwice(String when, String with) {
    fault("PayPage", "CreateCheckoutSession", when, with, 50);
    assertThat(press().status()).isEqualTo(503);
    fault("PayPage", "CreateCheckoutSession", when, with, 0);
    Answer opened = press();
    assertThat(sessions()).hasSize(1);
    payIn(opened);
  }

  @Test
  void aPassingFaultIsNotSeenByTheCustomer() {
    fault("PayPage", "CreateCheckoutSession", "before", "throttle", 1);
    payIn(press());
  }

  @ParameterizedTest
  @CsvSource({"before", "after"})
  void failure35_anAccountIsCreatedAfterTheProcessorFailed(String when) {
    TestFirm fresh = Laptop.firm(Api.json("staff", 1));
    fault("PaymentsSetup", "CreateAccount", when, "error", 1);
    Answer failed = fresh.owner().post(SETUP);
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.word()).isEqualTo("processor-unavailable");
    fresh.owner().post(SETUP).expect(201);
    assertThat(fresh.owner().get(SETUP).expect(200).path("status").asText()).isEqualTo("pending");
  }

  @ParameterizedTest
  @CsvSource({"before", "after"})
  void failure35_aCheckoutThatCouldNotBeEndedIsEndedByTheNextPush(String when) {
    assertThat(press().status()).isEqualTo(303);
    fault("Invoices", "ExpireCheckoutSession", when, "error", 1);
    firm.owner().post("/invoices/" + invoiceId + "/void").expect(200);
    Laptop.advance("PT10M");
    assertThat(sessions())
        .singleElement()
        .satisfies(session -> assertThat(session.path("status").asText()).isEqualTo("expired"));
  }

  @Test
  void anAmountThatOnlyTheProcessorRefusesIsSaidSo() {
    String account = firm.owner().get(SETUP).expect(200).path("accountId").asText();
    API.post("/_processor/events/hold", Api.json("hold", true)).expect(200);
    API.post("/_processor/accounts/" + account, Api.json("chargesEnabled", false)).expect(200);
    Answer refused = press();
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("Online payment is not available", "Nothing was charged");
    API.post("/_processor/accounts/" + account, Api.json("chargesEnabled", true)).expect(200);
    API.post("/_processor/events/hold", Api.json("hold", false)).expect(200);
    payIn(press());
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
