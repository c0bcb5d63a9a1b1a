package dev.clockbill.units;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How many state transitions of Step Functions the workflow takes, as AWS bills them: one for each
 * state that is entered, and one for the start (AWS Step Functions pricing, pricing examples).
 * Time that joins an open draft takes none.
 * Whoever changes them changes what Clockbill costs, and this table.
 */
@StoppedClock
class TransitionsTest {
  /** What {@link CostTest} counts with. */
  static final Map<String, Integer> TRANSITIONS =
      Map.of(
          "time that opens a draft", 5,
          "send", 5,
          "a look at what is unpaid", 3,
          "pay", 2);

  /** An unpaid invoice is looked at when a reminder is due, and at least once a week. */
  private static final int LOOKS_IN_TWO_MONTHS = 9;

  private final TestFirm firm = Laptop.firm();
  private final String customer = firm.customer("Ada Lovelace");
  private final String service = firm.service("Tax Resolution", 25_000);

  @BeforeEach
  void timeJoinsTheOpenDraft() {
    String setting = "{\"invoicing\":{\"onStop\":\"appendToDraft\"}}";
    firm.owner().patch("/firm", setting).expect(200);
  }

  @Test
  void theLifeOfAnInvoiceTakesSoManyTransitions() {
    String timer = stopped();
    int drafted = transitions(timer);
    String invoice = firm.owner().get("/time-entries/" + timer).json().path("invoiceId").asText();
    String joining = stopped();
    assertThat(names()).noneMatch(name -> name.contains(joining));
    firm.send(invoice);
    int sent = transitions(timer);
    Laptop.skip(Duration.ofDays(60));
    assertThat(firm.mails("paymentReminder")).hasSize(3);
    int reminded = transitions(timer);
    pay(firm.invoice(invoice).path("payUrl").asText());
    assertThat(firm.invoice(invoice).path("state").asText()).isEqualTo("paid");
    assertThat((reminded - sent) % LOOKS_IN_TWO_MONTHS).isZero();
    assertThat(
            Map.of(
                "time that opens a draft",
                drafted,
                "send",
                sent - drafted,
                "a look at what is unpaid",
                (reminded - sent) / LOOKS_IN_TWO_MONTHS,
                "pay",
                transitions(timer) - reminded))
        .isEqualTo(TRANSITIONS);
  }

  private String stopped() {
    String timer = firm.start(customer, service);
    firm.stop(timer);
    Laptop.settle();
    return timer;
  }

  private static void pay(String payUrl) {
    Api customer = Laptop.api();
    String checkout = customer.post(payUrl + "/checkout").header("location").orElseThrow();
    customer.post(checkout, Api.json("outcome", "paid")).expect(200);
    Laptop.settle();
  }

  private static List<String> names() {
    return Laptop.api().get("/_local/executions").expect(200).findValuesAsText("name");
  }

  private static int transitions(String timer) {
    int entered = 1;
    for (JsonNode event : Laptop.execution("timer-" + timer).path("history")) {
      if (event.path("event").asText().endsWith("StateEntered")) {
        entered++;
      }
    }
    return entered;
  }
}
