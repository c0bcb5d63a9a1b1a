package dev.clockbill.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.journey.MainJob.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The first part of a firm's job: its settings, services, customers, people and payments setup. */
final class OpeningJob {
  private final Desk desk;
  private final Bench bench;
  private String hourly;

  OpeningJob(Desk desk) {
    this.desk = desk;
    this.bench = desk.bench();
  }

  List<Step> steps() {
    return List.of(
        new Step("settings", this::settings),
        new Step("services", this::services),
        new Step("customers", this::customers),
        new Step("imports", this::imports),
        new Step("staff", this::staff),
        new Step("payments setup", this::paymentsSetup));
  }

  /** The service that is billed by the hour, once it is there. */
  String hourly() {
    return hourly;
  }

  private void settings() {
    desk.patch(
        "/firm",
        Api.json(
            "invoicing", Map.of("termsDays", 7), "reminders", Map.of("overdueDays", List.of(3))));
    desk.promises()
        .add("the terms", () -> desk.get("/firm").at("/invoicing/termsDays").asInt() == 7);
  }

  private void services() {
    JsonNode made =
        desk.create(desk.owner(), "/services", Api.json("name", "Advice", "hourlyRate", 24_000));
    hourly = made.path("serviceId").asText();
    desk.patch("/services/" + hourly, Api.json("description", "By the hour"));
    desk.promises()
        .add(
            "the service",
            () ->
                desk.get("/services").path("services").findValuesAsText("description").stream()
                        .filter("By the hour"::equals)
                        .count()
                    == 1);
  }

  private void customers() {
    for (String name : List.of("Ada", "Ben", "Cy", "Dee", "Eve", "Fay", "Hal", "Ida")) {
      desk.customer(name, "");
    }
    desk.customer("Gus", ",\"sendAutomatically\":true");
    desk.patch("/customers/" + desk.customer("Ada"), Api.json("address", "1 Long Street"));
  }

  private void imports() {
    String services = "name,hourlyRateDecimal\nFiling,90.00\nCourt,300.00\n";
    String customers = "name,email\nKim,kim@imports.example\nLou,lou@imports.example\n";
    desk.patience().until(200, () -> desk.owner().post("/imports/services", "text/csv", services));
    desk.patience()
        .until(200, () -> desk.owner().post("/imports/customers", "text/csv", customers));
    for (String name : List.of("Kim", "Lou")) {
      desk.promises()
          .add(
              "one imported " + name,
              () ->
                  desk.get("/customers?search=" + name)
                      .path("customers")
                      .findValuesAsText("name")
                      .equals(List.of(name)));
    }
    String time =
        """
        Date,Client,Task,Notes,Hours
        2026-03-02,Ada,Advice,Imported once,1.50
        2026-03-02,Ben,Advice,Imported as well,0.25
        """;
    desk.patience().until(200, () -> desk.owner().post("/imports/time", "text/csv", time));
    desk.promises()
        .add(
            "one of each imported time",
            () ->
                Bench.list(desk.get("/time-entries?to=2026-03-31").path("timeEntries")).stream()
                    .map(imported -> imported.path("note").asText())
                    .sorted()
                    .toList()
                    .equals(List.of("Imported as well", "Imported once")));
  }

  private void staff() {
    String email = "mia@" + desk.firmId().toLowerCase(Locale.ROOT) + ".example";
    String invitation = Api.json("name", "Mia", "email", email, "role", "staff");
    desk.post(201, "/staff", invitation, 409);
    JsonNode mia =
        Bench.list(desk.get("/staff").path("staff")).stream()
            .filter(member -> member.path("email").asText().equals(email))
            .findFirst()
            .orElseThrow();
    String path = "/staff/" + mia.path("staffId").asText();
    desk.post(202, path + "/invite", "{}");
    desk.patch(path, Api.json("role", "owner"));
    desk.patch(path, Api.json("active", false));
    desk.promises()
        .add(
            "one Mia, who left",
            () ->
                Bench.list(desk.get("/staff").path("staff")).stream()
                        .filter(member -> member.path("email").asText().equals(email))
                        .filter(member -> !member.path("active").asBoolean())
                        .count()
                    == 1);
  }

  private void paymentsSetup() {
    String page = desk.post(201, "/payments/setup", "{}").json().path("onboardingUrl").asText();
    bench.api().post(page);
    bench.until(
        "payments",
        () -> desk.get("/payments/setup"),
        setup -> setup.path("status").asText().equals("ready"));
    desk.promises()
        .add("payments", () -> desk.get("/firm").at("/payments/status").asText().equals("ready"));
  }
}
