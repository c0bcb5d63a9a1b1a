package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnStack
class FirmTest {
  private final TestFirm firm = Laptop.firm();

  @Test
  void aFreshFirmHasTheDefaultsOfTheContract() {
    JsonNode settings = firm.owner().get("/firm").expect(200);
    assertThat(settings.path("firmId").asText()).isEqualTo(firm.firmId());
    assertThat(settings.path("billing").toString())
        .isEqualTo("{\"incrementMinutes\":1,\"rounding\":\"up\",\"minimumMinutes\":1}");
    assertThat(settings.path("invoicing").path("nextNumber").asInt()).isEqualTo(1);
    assertThat(settings.path("invoicing").path("onStop").asText()).isEqualTo("newDraft");
    assertThat(settings.path("invoicing").path("taxes")).isEmpty();
    assertThat(settings.path("reminders").toString())
        .isEqualTo(
            "{\"runningTimerMinutes\":[240,480,720],\"beforeDueDays\":[],\"overdueDays\":[3,7,14]}");
    assertThat(settings.path("payments").toString()).isEqualTo("{\"status\":\"ready\"}");
    assertThat(settings.path("version").asInt()).isEqualTo(1);
  }

  @Test
  void everybodyLearnsWhoTheyAre() {
    assertThat(firm.owner().get("/me").expect(200).path("role").asText()).isEqualTo("owner");
    JsonNode staff = firm.staff().get("/me").expect(200);
    assertThat(staff.path("role").asText()).isEqualTo("staff");
    assertThat(staff.path("firmId").asText()).isEqualTo(firm.firmId());
    assertThat(Laptop.api().get("/me").status()).isEqualTo(401);
  }

  @Test
  void theStaffAreListedWithTheirRoles() {
    JsonNode listed = firm.staff().get("/staff").expect(200).path("staff");
    assertThat(listed).hasSize(2);
    assertThat(listed.findValuesAsText("role")).containsExactlyInAnyOrder("owner", "staff");
    assertThat(listed.findValuesAsText("staffId"))
        .contains(firm.owner().get("/me").expect(200).path("staffId").asText());
  }

  @Test
  void everyWrongFieldIsRefusedAndNothingIsWritten() {
    String before = firm.owner().get("/firm").body();
    FirmChangeTest.wrong()
        .forEach(
            (change, field) -> {
              Api.Answer refused = firm.owner().patch("/firm", change);
              assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
              assertThat(refused.json().path("errors").findValuesAsText("field"))
                  .as(refused.toString())
                  .contains(field);
            });
    assertThat(firm.owner().patch("/firm", "[]").status()).isEqualTo(400);
    assertThat(firm.owner().patch("/firm", "{\"name\":").status()).isEqualTo(400);
    assertThat(firm.owner().get("/firm").body()).isEqualTo(before);
  }

  @Test
  void aChangeIsAnsweredWholeWithItsVersionAndAnotherVersionIsRefused() {
    Api.Answer changed =
        firm.owner().ifMatch(1).patch("/firm", "{\"billing\":{\"incrementMinutes\":6}}");
    assertThat(changed.expect(200).path("version").asInt()).isEqualTo(2);
    assertThat(changed.header("etag")).contains("\"2\"");
    assertThat(changed.json()).isEqualTo(firm.owner().get("/firm").expect(200));
    for (String stale : List.of("\"1\"", "\"3\"", "2", "W/\"2\"", "\"x\"")) {
      Api.Answer refused =
          firm.owner().with("if-match", stale).patch("/firm", "{\"name\":\"Other\"}");
      assertThat(refused.status()).as(stale).isEqualTo(412);
      assertThat(refused.word()).isEqualTo("version-changed");
    }
    assertThat(firm.owner().get("/firm").json()).isEqualTo(changed.json());
  }

  @Test
  void whatStaysAsItWasKeepsItsVersion() {
    assertThat(
            firm.owner()
                .patch("/firm", "{\"currency\":\"USD\"}")
                .expect(200)
                .path("version")
                .asInt())
        .isEqualTo(1);
    assertThat(firm.owner().patch("/firm", "").expect(200).path("version").asInt()).isEqualTo(1);
  }

  @Test
  void changesThatMeetAreAllMade() throws Exception {
    List<Callable<Integer>> changes =
        IntStream.range(0, 6)
            .<Callable<Integer>>mapToObj(
                at ->
                    () ->
                        firm.owner()
                            .patch(
                                "/firm",
                                List.of(
                                        "{\"name\":\"Met\"}",
                                        "{\"address\":\"There\"}",
                                        "{\"currency\":\"EUR\"}",
                                        "{\"billing\":{\"minimumMinutes\":9}}",
                                        "{\"invoicing\":{\"termsDays\":30}}",
                                        "{\"invoicing\":{\"nextNumber\":77}}")
                                    .get(at))
                            .status())
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(changes)) {
        assertThat(status.get()).isEqualTo(200);
      }
    }
    JsonNode settings = firm.owner().get("/firm").expect(200);
    assertThat(settings.path("version").asInt()).isEqualTo(7);
    assertThat(settings.path("currency").asText()).isEqualTo("EUR");
    assertThat(settings.path("invoicing").path("termsDays").asInt()).isEqualTo(30);
    assertThat(settings.path("invoicing").path("nextNumber").asInt()).isEqualTo(77);
  }

  @Test
  void theNextNumberCanOnlyBeRaised() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"nextNumber\":100}}").expect(200);
    Api.Answer refused =
        firm.owner().patch("/firm", "{\"name\":\"Other\",\"invoicing\":{\"nextNumber\":99}}");
    assertThat(refused.expect(400).path("errors").findValuesAsText("field"))
        .containsExactly("invoicing.nextNumber");
    JsonNode settings = firm.owner().get("/firm").expect(200);
    assertThat(settings.path("invoicing").path("nextNumber").asInt()).isEqualTo(100);
    assertThat(settings.path("name").asText()).isNotEqualTo("Other");
  }

  @Test
  void staffMayReadTheSettingsAndNotChangeThem() {
    firm.staff().get("/firm").expect(200);
    Api.Answer refused = firm.staff().patch("/firm", "{\"name\":\"Ours\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.word()).isEqualTo("owner-only");
  }

  @Test
  void aFirmWhoseMakingBrokeOffIsMadeByTheSameCall() {
    String email = "nora." + firm.firmId().toLowerCase(Locale.ROOT) + "@nora.example";
    String asked =
        "{\"name\":\"Nora's\",\"owner\":{\"name\":\"Nora\",\"email\":\"" + email + "\"}}";
    // As often as the client itself tries.
    Laptop.fault("CreateFirm", "dynamodb", "TransactWriteItems", "before", 3);
    assertThat(Laptop.api().post("/_local/firms", asked).status()).isGreaterThanOrEqualTo(500);
    Laptop.fault("CreateFirm", "dynamodb", "TransactWriteItems", "before", 0);
    JsonNode made = Laptop.api().post("/_local/firms", asked).expect(201);
    Api nora = Laptop.api().as(made.path("users").get(0).path("token").asText());
    assertThat(nora.get("/firm").expect(200).path("name").asText()).isEqualTo("Nora's");
    assertThat(nora.get("/me").expect(200).path("email").asText()).isEqualTo(email);
    assertThat(Laptop.api().post("/_local/firms", asked).status()).isEqualTo(400);
  }
}
