package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.Project;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.local.aws.UsedGrants;
import dev.clockbill.local.template.FunctionEntry;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The call by which functions are kept awake, and what a day's calls are good for. */
@StoppedClock
class KeptAwakeTest {

  @Test
  void failure40_everyFunctionAnswersTheCallAtOnceAndDoesNothing() {
    Set<UsedGrants.Use> before = Laptop.stack().used().uses();
    for (FunctionEntry function : Project.functions()) {
      assertThat(Laptop.invoke(function.logicalId(), "{\"keepAwake\": true}"))
          .as(function.logicalId())
          .isEqualTo("{}");
    }
    assertThat(Laptop.stack().used().uses()).isEqualTo(before);
  }

  @Test
  void failure40_theDayBringsTheCallsByItself() {
    Laptop.advance("P1D");
    JsonNode executions = Laptop.api().get("/_local/executions").expect(200).path("executions");
    assertThat(executions).isNotEmpty();
    assertThat(executions.path(0).path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(executions.path(0).path("history").findValuesAsText("event"))
        .filteredOn("MapIterationSucceeded"::equals)
        .hasSameSizeAs(Project.functions());
  }

  @Test
  void failure40_whatIsCalledEveryDayDoesNotFallAsleepAndWhatSleepsIsWoken() {
    TestFirm firm = Laptop.firm();
    fallAsleep(true);
    skip(Duration.ofDays(13));
    Laptop.runSchedule("KeepAwake");
    skip(Duration.ofDays(13));
    firm.owner().get("/invoices").expect(200);
    firm.owner().get("/time-entries").expect(200);
    skip(Duration.ofDays(15));
    assertThat(firm.owner().get("/customers").status()).as("asleep").isEqualTo(500);
    Laptop.runSchedule("KeepAwake");
    Laptop.advance("PT1H");
    firm.owner().get("/reports/overview").expect(200);
    firm.owner().get("/customers").expect(200);
  }

  @AfterEach
  void awake() {
    fallAsleep(false);
  }

  /** Passes days on which no schedule runs, not even that of the calls. */
  private static void skip(Duration days) {
    String body = Api.json("advance", days.toString(), "schedules", false);
    Laptop.api().post("/_local/clock", body).expect(200);
  }

  private static void fallAsleep(boolean asleep) {
    Laptop.api().post("/_local/functions", Api.json("fallAsleep", asleep)).expect(200);
  }
}
