package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.AtOnce;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@StoppedClock
class StartTimerTest {
  private final TimerFirm firm = new TimerFirm();

  @Test
  void aTimerStartsNowAndIsSeenByEverybodyOfTheFirm() {
    JsonNode timer = firm.staff().post("/timers", firm.body("note", "Notice")).expect(201);
    assertThat(timer.path("customerName").asText()).isEqualTo("Ada Lovelace");
    assertThat(timer.path("serviceName").asText()).isEqualTo("Tax Resolution");
    assertThat(timer.path("note").asText()).isEqualTo("Notice");
    assertThat(timer.path("startedAt")).isEqualTo(timer.path("serverTime"));
    JsonNode own = firm.staff().get("/timers/running").expect(200).path("timer");
    assertThat(own.path("timerId")).isEqualTo(timer.path("timerId"));
    JsonNode owners = firm.owner().get("/timers/running").expect(200);
    assertThat(owners.path("timer").isNull()).isTrue();
    assertThat(owners.path("serverTime").asText()).isNotEmpty();
    assertThat(firm.owner().get("/timers").expect(200).path("timers")).hasSize(1);
    assertThat(new TimerFirm().owner().get("/timers").expect(200).path("timers")).isEmpty();
  }

  @Test
  void failure2_ofManyStartsAtOnceOneStartsAndTheOthersAreToldWhichOne() throws Exception {
    List<Api.Answer> answers = TimerFirm.atOnce(6, () -> firm.staff().post("/timers", firm.body()));
    assertThat(answers).extracting(Api.Answer::status).containsOnlyOnce(201).contains(409);
    Set<String> named = new HashSet<>();
    for (Api.Answer answer : answers) {
      JsonNode timer = answer.status() == 201 ? answer.json() : answer.json().path("running");
      named.add(timer.path("timerId").asText());
      if (answer.status() == 409) {
        assertThat(answer.word()).isEqualTo("timer-already-running");
      }
    }
    assertThat(named).hasSize(1);
  }

  @Test
  void failure2_theSameIdempotencyKeyGetsTheSameAnswer() throws Exception {
    Api keyed = firm.staff().with("idempotency-key", "a key");
    List<Api.Answer> answers = TimerFirm.atOnce(4, () -> keyed.post("/timers", firm.body()));
    assertThat(answers).extracting(Api.Answer::status).containsOnly(201);
    assertThat(answers).extracting(Api.Answer::body).containsOnly(answers.getFirst().body());
    Api.Answer other = keyed.post("/timers", firm.body("note", "other"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.word()).isEqualTo("idempotency-key-reused");
  }

  @Test
  void aRunningTimerIsStoppedFirstWhereThatIsAskedFor() {
    String first = firm.start(firm.staff());
    String second = firm.start(firm.staff(), "onRunning", "stop");
    assertThat(second).isNotEqualTo(first);
    assertThat(firm.entry(first).path("invoiceId").asText()).isNotEmpty();
    JsonNode running = firm.staff().get("/timers/running").expect(200).path("timer");
    assertThat(running.path("timerId").asText()).isEqualTo(second);
    assertThat(firm.start(firm.owner(), "onRunning", "stop")).isNotEmpty();
  }

  @Test
  void failure21_ofStartsAtOnceThatStopTheTimerBeforeNoneIsLost() {
    List<Api.Answer> started =
        AtOnce.all(6, n -> firm.staff().post("/timers", firm.body("onRunning", "stop"))).stream()
            .filter(answer -> answer.status() == 201)
            .toList();
    assertThat(started).isNotEmpty();
    List<String> timers =
        started.stream().map(answer -> answer.json().path("timerId").asText()).toList();
    assertThat(timers).doesNotHaveDuplicates();
    Laptop.settle();
    String running =
        firm.staff().get("/timers/running").expect(200).path("timer").path("timerId").asText();
    assertThat(timers).contains(running);
    for (String timer : timers) {
      Api.Answer entry = firm.owner().get("/time-entries/" + timer);
      assertThat(entry.status()).as(timer).isEqualTo(timer.equals(running) ? 404 : 200);
    }
  }

  @Test
  void aTimerMayHaveStartedEarlierButNotLater() {
    Instant earlier = TimerFirm.now().minusSeconds(600);
    String timer = firm.start(firm.staff(), "startedAt", earlier.toString());
    JsonNode entry = firm.stop(firm.staff(), timer);
    assertThat(entry.path("startedAt").asText()).isEqualTo(earlier.toString());
    assertThat(entry.path("original").path("startedAt").asText()).isGreaterThan(earlier.toString());
    Instant later = TimerFirm.now().plusSeconds(600);
    Api.Answer refused = firm.staff().post("/timers", firm.body("startedAt", later.toString()));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").get(0).path("field").asText()).isEqualTo("startedAt");
  }

  @Test
  void noTimerStartsWithoutAPaymentsSetupOrAnActiveServiceAndCustomer() {
    TimerFirm poor = new TimerFirm(Laptop.firm("{\"staff\":1}"));
    Api.Answer unpayable = poor.staff().post("/timers", poor.body());
    assertThat(unpayable.status()).isEqualTo(409);
    assertThat(unpayable.word()).isEqualTo("payments-setup-incomplete");
    firm.owner().patch("/services/" + firm.service, "{\"active\":false}").expect(200);
    Api.Answer retired = firm.staff().post("/timers", firm.body());
    assertThat(retired.status()).isEqualTo(409);
    assertThat(retired.word()).isEqualTo("service-inactive");
    firm.owner().patch("/services/" + firm.service, "{\"active\":true}").expect(200);
    firm.owner().patch("/customers/" + firm.customer, "{\"active\":false}").expect(200);
    assertThat(firm.staff().post("/timers", firm.body()).word()).isEqualTo("customer-inactive");
    assertThat(firm.owner().get("/timers").expect(200).path("timers")).isEmpty();
  }

  @Test
  void whatIsWrongIsRefusedFieldByFieldAndNothingStarts() {
    for (String wrong :
        List.of(
            "{}",
            "[]",
            "{\"customerId\":\"" + firm.customer + "\"}",
            firm.body("customerId", 7),
            firm.body("serviceId", ""),
            firm.body("note", "x".repeat(2001)),
            firm.body("note", 1),
            firm.body("startedAt", "yesterday"),
            firm.body("startedAt", 12),
            firm.body("onRunning", "go"),
            firm.body("colour", "red"))) {
      Api.Answer refused = firm.staff().post("/timers", wrong);
      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
      assertThat(refused.json().path("errors")).as(refused.toString()).isNotEmpty();
    }
    TimerFirm other = new TimerFirm();
    assertNotFound(firm.body("customerId", other.customer), "customer-not-found");
    assertNotFound(firm.body("serviceId", other.service), "service-not-found");
    assertNotFound(firm.body("serviceId", "nothing"), "service-not-found");
    assertThat(firm.owner().get("/timers").expect(200).path("timers")).isEmpty();
  }

  private void assertNotFound(String body, String word) {
    Api.Answer refused = firm.staff().post("/timers", body);
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.word()).isEqualTo(word);
  }
}
