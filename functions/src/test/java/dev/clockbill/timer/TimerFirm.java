package dev.clockbill.timer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A firm with a customer and a service at 250.00 an hour, and what tests of time do in it. */
public final class TimerFirm {
  public final TestFirm firm;
  public final String customer;
  public final String service;

  public TimerFirm() {
    this(Laptop.firm());
  }

  public TimerFirm(TestFirm firm) {
    this.firm = firm;
    this.customer = firm.customer("Ada Lovelace");
    this.service = firm.service("Tax Resolution", 25_000);
  }

  public Api owner() {
    return firm.owner();
  }

  public Api staff() {
    return firm.staff();
  }

  /** The body that starts a timer, with more names and values. */
  public String body(Object... more) {
    List<Object> all = new ArrayList<>(List.of("customerId", customer, "serviceId", service));
    all.addAll(List.of(more));
    return Api.json(all.toArray());
  }

  /** Starts a timer and gives its id. */
  public String start(Api who, Object... more) {
    return who.post("/timers", body(more)).expect(201).path("timerId").asText();
  }

  /** Stops a timer and gives its entry. */
  public JsonNode stop(Api who, String timerId) {
    return who.post("/timers/" + timerId + "/stop", "{}").expect(200).path("timeEntry");
  }

  /** Enters time by hand and gives its entry, which is on its way to a draft. */
  public JsonNode enter(Api who, Instant startedAt, Instant stoppedAt, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of("startedAt", startedAt.toString(), "stoppedAt", stoppedAt.toString()));
    all.addAll(List.of(more));
    return who.post("/time-entries", body(all.toArray())).expect(201);
  }

  /** The entry once everything under way has ended. */
  public JsonNode entry(String timeEntryId) {
    Laptop.settle();
    return owner().get("/time-entries/" + timeEntryId).expect(200);
  }

  /** The stack's time. */
  public static Instant now() {
    return Instant.parse(
        Laptop.api()
            .post("/_local/clock", Api.json("advance", "PT0S"))
            .expect(200)
            .path("now")
            .asText());
  }

  /** Does the same several times at once. */
  public static List<Api.Answer> atOnce(int times, Callable<Api.Answer> call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Api.Answer>> calls = new ArrayList<>();
      for (int time = 0; time < times; time++) {
        calls.add(call);
      }
      List<Api.Answer> answers = new ArrayList<>();
      for (Future<Api.Answer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
