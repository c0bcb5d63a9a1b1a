package dev.clockbill.timer;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@StoppedClock
class StopTimerTest {
  private final TimerFirm firm = new TimerFirm();

  @Test
  void aStoppedTimerIsBilledByTheBegunMinuteAndDrafted() {
    String timer = firm.start(firm.staff(), "startedAt", ago(3570).toString());
    JsonNode entry = firm.stop(firm.staff(), timer);
    assertThat(entry.path("timeEntryId").asText()).isEqualTo(timer);
    assertThat(entry.path("measuredSeconds").asLong()).isEqualTo(3570);
    assertThat(entry.path("billedMinutes").asLong()).isEqualTo(60);
    assertThat(entry.path("hourlyRate").asLong()).isEqualTo(25_000);
    assertThat(entry.path("rateSource").asText()).isEqualTo("service");
    assertThat(entry.path("currency").asText()).isEqualTo("USD");
    assertThat(entry.path("amount").asLong()).isEqualTo(25_000);
    assertThat(entry.path("needsConfirmation").asBoolean()).isFalse();
    assertThat(entry.path("invoiceId").isNull()).isTrue();
    JsonNode drafted = firm.entry(timer);
    JsonNode invoice = firm.firm.invoice(drafted.path("invoiceId").asText());
    assertThatInvoice(invoice).isIn("draft");
    assertThat(invoice.path("lines").get(0).path("timeEntryId").asText()).isEqualTo(timer);
    assertThat(drafted.path("version")).isEqualTo(entry.path("version"));
    assertThat(firm.staff().get("/timers/running").expect(200).path("timer").isNull()).isTrue();
  }

  @Test
  void failure3_stoppedManyTimesAtOnceItEndsOnceAndEverybodyGetsTheSameEntry() throws Exception {
    String timer = firm.start(firm.staff());
    List<Api.Answer> answers =
        TimerFirm.atOnce(24, () -> firm.staff().post("/timers/" + timer + "/stop"));
    assertThat(answers).extracting(Api.Answer::status).containsOnly(200);
    Set<JsonNode> entries = new HashSet<>();
    for (Api.Answer answer : answers) {
      entries.add(withoutInvoice(answer.json().path("timeEntry")));
    }
    assertThat(entries).hasSize(1);
    JsonNode listed = firm.owner().get("/time-entries").expect(200).path("timeEntries");
    assertThat(listed).hasSize(1);
    Laptop.settle();
    assertThat(firm.owner().get("/invoices").expect(200).path("invoices")).hasSize(1);
  }

  @Test
  void failure3_stoppedAgainItAnswersTheSameEntryWhateverIsStated() {
    String timer = firm.start(firm.staff());
    JsonNode first = firm.stop(firm.staff(), timer);
    Laptop.advance("PT1H");
    JsonNode again =
        firm.staff()
            .post("/timers/" + timer + "/stop", Api.json("stoppedAt", ago(1800).toString()))
            .expect(200)
            .path("timeEntry");
    assertThat(withoutInvoice(again)).isEqualTo(withoutInvoice(first));
  }

  private static JsonNode withoutInvoice(JsonNode entry) {
    return ((ObjectNode) entry.deepCopy()).without("invoiceId");
  }

  @Test
  void aStatedStopCountsAndWhatTheClockMeasuredIsKept() {
    String timer = firm.start(firm.staff());
    Laptop.advance("PT2H");
    Instant stated = TimerFirm.now().minusSeconds(3600);
    JsonNode entry =
        firm.staff()
            .post("/timers/" + timer + "/stop", Api.json("stoppedAt", stated.toString()))
            .expect(200)
            .path("timeEntry");
    assertThat(entry.path("stoppedAt").asText()).isEqualTo(stated.toString());
    assertThat(entry.path("measuredSeconds").asLong()).isEqualTo(3600);
    assertThat(entry.path("original").path("measuredSeconds").asLong()).isEqualTo(7200);
  }

  @Test
  void aStopBeforeTheStartOrInTheFutureIsRefusedAndTheTimerRunsOn() {
    String timer = firm.start(firm.staff());
    for (String wrong :
        List.of(
            Api.json("stoppedAt", ago(60).toString()),
            Api.json("stoppedAt", ago(-600).toString()),
            "{\"stoppedAt\":\"noon\"}",
            "{\"stoppedAt\":5}",
            "{\"when\":1}")) {
      Api.Answer refused = firm.staff().post("/timers/" + timer + "/stop", wrong);
      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    }
    assertThat(firm.owner().get("/timers").expect(200).path("timers")).hasSize(1);
    assertThat(firm.owner().get("/time-entries").expect(200).path("timeEntries")).isEmpty();
  }

  @Test
  void onlyItsPersonAndOwnersStopATimerAndOtherFirmsDoNotFindIt() {
    String owners = firm.start(firm.owner());
    Api.Answer refused = firm.staff().post("/timers/" + owners + "/stop");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.word()).isEqualTo("owner-only");
    Api.Answer unknown = new TimerFirm().owner().post("/timers/" + owners + "/stop");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.word()).isEqualTo("timer-not-found");
    String staffs = firm.start(firm.staff());
    assertThat(firm.stop(firm.owner(), staffs).path("staffName").asText()).isEqualTo("Staff 1");
    firm.stop(firm.owner(), owners);
    assertThat(firm.staff().post("/timers/" + owners + "/stop").status()).isEqualTo(403);
  }

  @Test
  void aTimerStopsWithoutAPaymentsSetupAndOnARetiredService() {
    String timer = firm.start(firm.staff());
    firm.owner().patch("/services/" + firm.service, "{\"active\":false}").expect(200);
    assertThat(firm.stop(firm.staff(), timer).path("billedMinutes").asLong()).isEqualTo(1);
  }

  @Test
  void theRateIsThatOfTheStopAndTheCustomersOwnGoesFirst() {
    String timer = firm.start(firm.staff());
    firm.owner()
        .patch("/customers/" + firm.customer, "{\"rates\":{\"" + firm.service + "\":0}}")
        .expect(200);
    JsonNode entry = firm.stop(firm.staff(), timer);
    assertThat(entry.path("rateSource").asText()).isEqualTo("customer");
    assertThat(entry.path("hourlyRate").asLong()).isZero();
    assertThat(entry.path("amount").asLong()).isZero();
  }

  /** Failure 1. */
  @Test
  void aTimerThatRanPastTheLastLimitNeedsToBeConfirmed() {
    String timer = firm.start(firm.staff(), "startedAt", ago(12 * 3600 + 60).toString());
    JsonNode entry = firm.stop(firm.staff(), timer);
    assertThat(entry.path("needsConfirmation").asBoolean()).isTrue();
    assertThat(entry.path("billedMinutes").asLong()).isEqualTo(721);
  }

  private static Instant ago(long seconds) {
    return TimerFirm.now().minusSeconds(seconds);
  }
}
