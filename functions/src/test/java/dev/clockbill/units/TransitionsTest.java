package dev.clockbill.units;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How many state transitions of Step Functions the workflow takes, as AWS bills them: one for each
 * state that is entered, and one for the start (AWS Step Functions pricing, pricing examples). Time
 * that joins an open draft takes none. Whoever changes them changes what Clockbill costs, and this
 * table.
 */
@StoppedClock
class TransitionsTest {
  /** What {@link CostTest} counts with. */
  static final Map<String, Integer> TRANSITIONS =
      Map.of(
          "time that opens a draft", 5,
          "send", 5,
          "a look at what is unpaid", 3,
          "pay", 2,
          "a billing run", 8,
          "a part of a billing run", 1,
          "send a run's draft", 7,
          "time that is sent automatically", 8);

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
        .isEqualTo(only("time that opens a draft", "send", "a look at what is unpaid", "pay"));
  }

  private static Map<String, Integer> only(String... names) {
    return Arrays.stream(names).collect(Collectors.toMap(name -> name, TRANSITIONS::get));
  }

  @Test
  void aBillingRunTakesSoManyTransitionsForEachPart() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"collect\"}}").expect(200);
    stopped();
    String one = run();
    stopped();
    firm.stop(firm.start(firm.customer("Grace Hopper"), service));
    String two = run();
    int part = ofExecution("run-" + two + "-r1") - ofExecution("run-" + one + "-r1");
    String draft =
        firm.owner().get("/billing-runs/" + one).expect(200).at("/drafts/0/invoiceId").asText();
    firm.owner()
        .post("/billing-runs/" + one + "/send", Api.json("invoiceIds", List.of(draft)))
        .expect(202);
    Laptop.settle();
    assertThat(
            Map.of(
                "a billing run",
                ofExecution("run-" + one + "-r1") - part,
                "a part of a billing run",
                part,
                "send a run's draft",
                ofExecution("invoice-" + draft + "-r1")))
        .isEqualTo(only("a billing run", "a part of a billing run", "send a run's draft"));
    assertThat(ofExecution("run-" + one + "-r2")).isEqualTo(ofExecution("run-" + one + "-r1"));
  }

  @Test
  void timeThatIsSentAutomaticallyTakesSoManyTransitions() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"sendAutomatically\":true}}").expect(200);
    assertThat(transitions(stopped()))
        .isEqualTo(TRANSITIONS.get("time that is sent automatically"));
  }

  private String run() {
    String upTo = firm.owner().get("/billing-runs/unbilled").expect(200).path("upTo").asText();
    String run =
        firm.owner()
            .post("/billing-runs", Api.json("upTo", upTo))
            .expect(202)
            .path("runId")
            .asText();
    Laptop.settle();
    return run;
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
    return ofExecution("timer-" + timer);
  }

  private static int ofExecution(String name) {
    int entered = 1;
    for (JsonNode event : Laptop.execution(name).path("history")) {
      if (event.path("event").asText().endsWith("StateEntered")) {
        entered++;
      }
    }
    return entered;
  }
}
