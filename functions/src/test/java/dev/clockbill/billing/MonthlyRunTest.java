package dev.clockbill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A firm that bills on a day of each month: drafts are made by themselves, and nothing is sent. */
@StoppedClock
class MonthlyRunTest {
  private final Runs runs = new Runs();
  private final ZoneId zone =
      ZoneId.of(runs.firm.owner().get("/firm").expect(200).path("timeZone").asText());

  private void billOn(Integer day) {
    Map<String, Object> invoicing = new HashMap<>();
    invoicing.put("billingDay", day);
    JsonNode firm = runs.firm.owner().patch("/firm", Api.json("invoicing", invoicing)).expect(200);
    assertThat(firm.at("/invoicing/billingDay").isNull()).isEqualTo(day == null);
  }

  private JsonNode list() {
    return runs.firm.owner().get("/billing-runs").expect(200).path("billingRuns");
  }

  private void skipToSevenAfter(LocalDate day) {
    Laptop.skipTo(day.plusDays(1).atTime(LocalTime.of(7, 11)).atZone(zone).toInstant());
  }

  @Test
  void onTheMorningAfterTheDayTheDraftsAreReadyAndTheOwnerIsToldOnce() {
    String collected = runs.firm.customer("Harbor Marine");
    String atOnce = runs.firm.customer("Acme");
    runs.firm.owner().patch("/customers/" + atOnce, Api.json("billing", "onStop")).expect(200);
    LocalDate last = runs.today().withDayOfMonth(runs.today().lengthOfMonth());
    billOn(31);
    String entry = runs.hour(collected, 1);
    String now = runs.hour(atOnce, 2);
    Laptop.settle();
    assertThat(runs.entry(now).path("invoiceId").isNull()).isFalse();
    assertThat(runs.entry(entry).path("invoiceId").isNull()).isTrue();
    Laptop.skipTo(last.plusDays(1).atTime(5, 50).atZone(zone).toInstant());
    assertThat(list()).isEmpty();
    skipToSevenAfter(last);
    Laptop.runSchedule("ResumeWorkflow");
    Laptop.runSchedule("ResumeWorkflow");
    assertThat(list()).hasSize(1);
    JsonNode run = runs.run(list().path(0).path("runId").asText());
    assertThat(run.path("upTo").asText()).isEqualTo(last.toString());
    assertThat(run.path("monthly").asBoolean()).isTrue();
    assertThat(run.path("drafts").findValuesAsText("customerName"))
        .containsExactly("Harbor Marine");
    assertThat(run.path("drafts").findValuesAsText("fate")).containsExactly("waits");
    Laptop.advance("PT30M");
    assertThat(runs.firm.mails("ownerNotice")).hasSize(1);
    assertThat(runs.firm.mails("ownerNotice").getFirst().path("subject").asText())
        .isEqualTo("1 draft is ready to bill");
    assertThat(runs.firm.mails("ownerNotice").getFirst().path("text").asText())
        .contains("/#/billing/" + run.path("runId").asText());
    assertThat(runs.firm.mails("invoice")).isEmpty();

    // Two more mornings without anybody there: what was missed is made up by one run.
    runs.hour(collected, 1);
    LocalDate third = last.plusMonths(2);
    third = third.withDayOfMonth(third.lengthOfMonth());
    Laptop.skipTo(third.plusDays(3).atTime(12, 0).atZone(zone).toInstant());
    Laptop.runSchedule("ResumeWorkflow");
    assertThat(list()).hasSize(2);
    assertThat(list().path(0).path("upTo").asText()).isEqualTo(third.toString());
    billOn(null);
    Laptop.skipTo(third.plusDays(40).atTime(12, 0).atZone(zone).toInstant());
    Laptop.runSchedule("ResumeWorkflow");
    assertThat(list()).hasSize(2);
  }
}
