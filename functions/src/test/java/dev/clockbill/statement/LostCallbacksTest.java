package dev.clockbill.statement;

import static dev.clockbill.InvoiceAssert.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The processor's callbacks are lost, and the customer presses Pay on the client page again. */
@StoppedClock
class LostCallbacksTest {
  private static final Api API = Laptop.api();
  private static final String EVENTS = "/_processor/events";

  private final Client client = Client.make();

  @BeforeEach
  void loseCallbacks() {
    API.post(EVENTS + "/hold", Api.json("hold", true)).expect(200);
  }

  @AfterEach
  void deliverCallbacks() {
    API.post(EVENTS + "/hold", Api.json("hold", false)).expect(200);
  }

  private void pressAgain() {
    Answer again = client.press(client.first(), client.second());
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("cannot be paid now", "Nothing was charged");
    Laptop.settle();
  }

  private void assertPaidOnce() {
    for (JsonNode invoice : List.of(client.one(), client.two())) {
      assertThat(invoice.path("state").asText()).isEqualTo("paid");
      assertThat(ledger(invoice)).hasSize(1);
    }
    assertThat(client.firm().mails("receipt")).hasSize(2);
  }

  @Test
  void failure12_whoPressesPayAgainDoesNotPayTwice() {
    client.pay("paid");
    assertThat(client.one().path("state").asText()).isEqualTo("sent");
    pressAgain();
    assertPaidOnce();
  }

  @Test
  void failure12_whatPayingAgainFindsStartsTheDeadExecutionAgain() {
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 1_000);
    Laptop.abort(Laptop.executionOf(client.first()));
    client.pay("paid");
    pressAgain();
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 0);
    assertPaidOnce();
  }

  @Test
  void failure37_moneyThatSeemedToFitNothingIsTakenOffTheListWhenItDoes() {
    String payment = client.pay("paid");
    ObjectNode wrong = (ObjectNode) completed();
    wrong.retain("type", "account", "data");
    ((ObjectNode) wrong.path("data").path("object")).put("amount_total", 1);
    API.post(EVENTS, wrong.toString()).expect(200);
    assertThat(unmatched().findValuesAsText("paymentId")).containsExactly(payment);
    pressAgain();
    assertPaidOnce();
    assertThat(unmatched()).isEmpty();
  }

  private JsonNode unmatched() {
    return client.firm().owner().get("/payments/unmatched").expect(200).path("payments");
  }

  private static JsonNode completed() {
    for (JsonNode event : API.get(EVENTS).expect(200).path("events")) {
      if (event.path("type").asText().equals("checkout.session.completed")) {
        return event;
      }
    }
    throw new AssertionError("no checkout was completed");
  }
}
