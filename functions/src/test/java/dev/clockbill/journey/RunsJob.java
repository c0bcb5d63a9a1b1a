package dev.clockbill.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.journey.MainJob.Step;
import java.util.List;

/** The part of a firm's job in which collected time is billed together. */
final class RunsJob {
  private static final List<String> COLLECTED = List.of("Pia", "Rae");

  private final Desk desk;
  private final OpeningJob opening;
  private String run;

  RunsJob(Desk desk, OpeningJob opening) {
    this.desk = desk;
    this.opening = opening;
  }

  List<Step> steps() {
    return List.of(
        new Step("collect", this::collect),
        new Step("bill together", this::bill),
        new Step("send together", this::send));
  }

  private void collect() {
    COLLECTED.forEach(name -> desk.customer(name, ",\"billing\":\"collect\""));
    COLLECTED.forEach(name -> desk.enter(name, opening.hourly()));
  }

  private void bill() {
    String upTo = desk.get("/billing-runs/unbilled").path("upTo").asText();
    List<String> customers = COLLECTED.stream().map(desk::customer).toList();
    Api keyed = desk.keyed(desk.owner());
    String body = Api.json("upTo", upTo, "customerIds", customers);
    run =
        desk.patience()
            .until(202, () -> keyed.post("/billing-runs", body))
            .json()
            .path("runId")
            .asText();
    String began = run;
    desk.promises()
        .add(
            "a draft for each customer",
            () -> invoices(desk.get("/billing-runs/" + began)).size() == COLLECTED.size());
    ended("ready");
  }

  private void send() {
    List<String> drafts = invoices(desk.get("/billing-runs/" + run));
    desk.post(202, "/billing-runs/" + run + "/send", Api.json("invoiceIds", drafts));
    ended("done");
    drafts.forEach(
        invoiceId -> {
          desk.promises()
              .add(
                  "that " + invoiceId + " was sent",
                  () -> !desk.invoice(invoiceId).path("number").isNull());
          desk.invoice(invoiceId, "sent");
        });
  }

  private static List<String> invoices(JsonNode run) {
    return run.path("drafts").findValuesAsText("invoiceId");
  }

  private void ended(String state) {
    desk.bench()
        .until(
            "a run that is " + state,
            () -> desk.get("/billing-runs/" + run),
            now -> now.path("state").asText().equals(state));
  }
}
