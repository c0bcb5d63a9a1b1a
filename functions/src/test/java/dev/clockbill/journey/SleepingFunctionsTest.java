package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.StoppedClock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions that nobody called for a fortnight refuse their next callers for a moment. */
@StoppedClock
class SleepingFunctionsTest {
  /**
   * More than the 14 days after which they sleep. Schedules run in the last hour of it, and that
   * must not be the hour of a day in which functions are kept awake.
   */
  private static final Duration FORTNIGHT = Duration.ofDays(15).plusHours(2);

  private Bench bench;
  private Desk desk;
  private String service;

  @BeforeEach
  void makeAFirm() {
    bench = Bench.ofClass();
    desk = new Desk(bench);
    String page = desk.post(201, "/payments/setup", "{}").json().path("onboardingUrl").asText();
    bench.api().post(page);
    bench.pass(Duration.ZERO);
    service =
        desk.create(desk.owner(), "/services", Api.json("name", "Advice", "hourlyRate", 24_000))
            .path("serviceId")
            .asText();
    desk.customer("Ada", "");
    desk.customer("Ben", "");
    desk.patch(
        "/firm",
        Api.json(
            "invoicing",
            Map.of("termsDays", 20),
            "reminders",
            Map.of("overdueDays", new int[] {1})));
    fallAsleep(true);
  }

  @AfterEach
  void awake() {
    fallAsleep(false);
    bench.close();
  }

  private void fallAsleep(boolean asleep) {
    bench.api().post("/_local/functions", Api.json("fallAsleep", asleep)).expect(200);
  }

  private void passAFortnight() {
    bench.skipTo(bench.now().plus(FORTNIGHT));
  }

  @Test
  void failure40_whoComesAfterAFortnightTriesAgainAndNothingIsLost() {
    String draft = desk.invoiceOf(desk.enter("Ada", service));
    passAFortnight();
    assertThat(desk.owner().get("/invoices/" + draft).status()).as("asleep").isEqualTo(500);
    desk.send(draft);
    assertThat(bench.mails("invoice", draft)).hasSize(1);
    String checkout = desk.checkout(draft);
    passAFortnight();
    passAFortnight();
    String timer = desk.start(desk.staff(), "Ben", service);
    bench.pass(Duration.ofHours(1));
    desk.stop(desk.staff(), timer);
    desk.invoiceOf(timer);
    String then = desk.checkout(draft);
    assertThat(then).as("the first one has expired").isNotEqualTo(checkout);
    desk.pay(draft, then, "paid");
    assertThat(
            events("checkout.session.completed").path("deliveries").path(0).path("status").asInt())
        .as("the callback's first delivery")
        .isEqualTo(500);
    desk.invoice(draft, "paid");
    desk.mail("receipt", draft);
    atRest();
  }

  @Test
  void failure40_stepsOfTheWorkflowAreTriedAgain() {
    String sent = desk.invoiceOf(desk.enter("Ada", service));
    JsonNode invoice = desk.send(sent);
    LocalDate due = LocalDate.parse(invoice.path("dueOn").asText());
    bench.skipTo(due.plusDays(1).atTime(LocalTime.of(9, 10)).toInstant(ZoneOffset.UTC));
    desk.mail("paymentReminder", sent);
    assertThat(bench.mails("paymentReminder", sent)).hasSize(1);
    assertThat(bench.executions().toString())
        .as("a step was refused")
        .containsPattern("\"state\":\"RemindCustomer\",\"event\":\"TaskFailed\"");
    atRest();
  }

  private JsonNode events(String type) {
    return Bench.list(bench.api().get("/_processor/events").expect(200).path("events")).stream()
        .filter(event -> event.path("type").asText().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private void atRest() {
    fallAsleep(false);
    bench.pass(Duration.ofHours(2));
    assertThat(Books.audit(bench.look(), desk.firmId(), desk.owner())).isEmpty();
    assertThat(desk.promises().broken()).isEmpty();
  }
}
