package dev.clockbill.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A firm that collects time, and its billing runs. */
final class Runs {
  final TestFirm firm = Laptop.firm();
  final String service;

  /** Makes a firm that collects. */
  Runs() {
    this.service = firm.service("Payroll", 6_000);
    firm.owner().patch("/firm", Api.json("invoicing", Map.of("onStop", "collect"))).expect(200);
  }

  /** Enters an hour that ended so many hours ago, and gives its id. */
  String hour(String customerId, long hoursAgo) {
    return worked(customerId, hoursAgo, Duration.ofHours(1));
  }

  /** Enters time that ended so many hours ago, and gives its id. */
  String worked(String customerId, long hoursAgo, Duration time) {
    Instant end = Laptop.now().minus(Duration.ofHours(hoursAgo));
    return firm.entered(customerId, service, "startedAt", end.minus(time), "stoppedAt", end)
        .path("timeEntryId")
        .asText();
  }

  /** Begins a run up to today and gives its id. */
  String begin(Object... more) {
    return firm.owner().post("/billing-runs", body(more)).expect(202).path("runId").asText();
  }

  String body(Object... more) {
    Object[] fields = new Object[more.length + 2];
    fields[0] = "upTo";
    fields[1] = today().toString();
    System.arraycopy(more, 0, fields, 2, more.length);
    return Api.json(fields);
  }

  LocalDate today() {
    String zone = firm.owner().get("/firm").expect(200).path("timeZone").asText();
    return LocalDate.ofInstant(Laptop.now(), ZoneId.of(zone));
  }

  JsonNode run(String runId) {
    return firm.owner().get("/billing-runs/" + runId).expect(200);
  }

  /** Has a run send drafts, and waits until it has. */
  JsonNode send(String runId, List<String> invoiceIds) {
    firm.owner()
        .post("/billing-runs/" + runId + "/send", Api.json("invoiceIds", invoiceIds))
        .expect(202);
    Laptop.settle();
    return run(runId);
  }

  static List<String> invoices(JsonNode run) {
    return run.path("drafts").findValuesAsText("invoiceId");
  }

  static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  JsonNode entry(String timeEntryId) {
    return firm.owner().get("/time-entries/" + timeEntryId).expect(200);
  }
}
