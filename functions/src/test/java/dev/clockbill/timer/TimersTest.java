package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.StoppedClock;
import java.util.List;
import org.junit.jupiter.api.Test;

@StoppedClock
class TimersTest {
  private final TimerFirm firm = new TimerFirm();

  @Test
  void aRunningTimerIsCorrected() {
    String timer = firm.start(firm.staff(), "note", "first");
    String customer = firm.firm.customer("Grace Hopper");
    String service = firm.firm.service("Payroll", 8_000);
    String startedAt = TimerFirm.now().minusSeconds(900).toString();
    JsonNode corrected =
        firm.staff()
            .patch(
                "/timers/" + timer,
                Api.json(
                    "customerId", customer,
                    "serviceId", service,
                    "startedAt", startedAt,
                    "note", null))
            .expect(200);
    assertThat(corrected.path("customerName").asText()).isEqualTo("Grace Hopper");
    assertThat(corrected.path("serviceName").asText()).isEqualTo("Payroll");
    assertThat(corrected.path("startedAt").asText()).isEqualTo(startedAt);
    assertThat(corrected.path("note").asText()).isEmpty();
    JsonNode entry = firm.stop(firm.staff(), timer);
    assertThat(entry.path("hourlyRate").asLong()).isEqualTo(8_000);
    assertThat(entry.path("measuredSeconds").asLong()).isGreaterThanOrEqualTo(900);
    assertThat(entry.path("original").path("measuredSeconds").asLong()).isLessThan(900);
  }

  @Test
  void whatIsWrongIsRefusedAndTheTimerStaysAsItWas() {
    String timer = firm.start(firm.staff(), "note", "kept");
    JsonNode before = firm.staff().get("/timers/running").expect(200).path("timer");
    for (String wrong :
        List.of(
            "{\"customerId\":null}",
            "{\"serviceId\":7}",
            "{\"startedAt\":null}",
            "{\"startedAt\":\"soon\"}",
            Api.json("startedAt", TimerFirm.now().plusSeconds(600).toString()),
            Api.json("note", "x".repeat(2001)),
            "{\"staffId\":\"other\"}")) {
      Api.Answer refused = firm.staff().patch("/timers/" + timer, wrong);
      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    }
    String retired = firm.firm.service("Old", 1);
    firm.owner().patch("/services/" + retired, "{\"active\":false}").expect(200);
    Api.Answer inactive = firm.staff().patch("/timers/" + timer, Api.json("serviceId", retired));
    assertThat(inactive.word()).isEqualTo("service-inactive");
    Api.Answer unknown =
        firm.staff().patch("/timers/" + timer, Api.json("customerId", new TimerFirm().customer));
    assertThat(unknown.word()).isEqualTo("customer-not-found");
    JsonNode after = firm.staff().get("/timers/running").expect(200).path("timer");
    for (String field : List.of("timerId", "customerId", "serviceId", "startedAt", "note")) {
      assertThat(after.path(field)).isEqualTo(before.path(field));
    }
  }

  @Test
  void aDiscardedTimerIsNotBilled() {
    String timer = firm.start(firm.staff());
    assertThat(firm.staff().delete("/timers/" + timer).status()).isEqualTo(204);
    assertThat(firm.staff().delete("/timers/" + timer).status()).isEqualTo(404);
    assertThat(firm.staff().post("/timers/" + timer + "/stop").status()).isEqualTo(404);
    assertThat(firm.owner().get("/time-entries").expect(200).path("timeEntries")).isEmpty();
    firm.start(firm.staff());
  }

  @Test
  void staffChangeTheirOwnTimersAndOwnersEverybodys() {
    String owners = firm.start(firm.owner());
    String staffs = firm.start(firm.staff());
    assertThat(firm.staff().patch("/timers/" + owners, "{}").word()).isEqualTo("owner-only");
    assertThat(firm.staff().delete("/timers/" + owners).status()).isEqualTo(403);
    firm.owner().patch("/timers/" + staffs, "{\"note\":\"seen\"}").expect(200);
    TimerFirm other = new TimerFirm();
    assertThat(other.owner().patch("/timers/" + owners, "{}").status()).isEqualTo(404);
    assertThat(other.owner().delete("/timers/" + owners).status()).isEqualTo(404);
    assertThat(firm.owner().delete("/timers/" + staffs).status()).isEqualTo(204);
  }
}
