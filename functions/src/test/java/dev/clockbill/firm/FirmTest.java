package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import dev.clockbill.shared.Json;
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
  void theLetterheadIsKeptMergedAndClearedByNull() {
    JsonNode fresh = firm.owner().get("/firm").expect(200);
    assertThat(fresh.path("postal").path("country").isNull()).isTrue();
    assertThat(fresh.path("bank").path("iban").isNull()).isTrue();
    assertThat(fresh.path("branding").toString()).isEqualTo("{\"color\":null,\"logo\":false}");
    assertThat(fresh.path("messages").path("receipt").path("text").isNull()).isTrue();
    assertThat(fresh.path("permissions").toString())
        .isEqualTo("{\"staffSend\":true,\"staffReports\":true}");
    String asked =
        """
        {"postal": {"street": "12 Quay Street", "city": "Bristol", "postalCode": "BS1 5XX", "country": "GB"},
         "phone": "+44 117 496 0000", "website": "https://shah.example", "taxId": "GB 123 4567 82",
         "bank": {"iban": "GB33 BUKB 2020 1555 5555 55"}, "branding": {"color": "#1F5FD0"},
         "messages": {"invoice": {"subject": "Invoice {number}"}}, "permissions": {"staffReports": false}}
        """;
    JsonNode kept = firm.owner().patch("/firm", asked).expect(200);
    assertThat(kept).isEqualTo(firm.owner().get("/firm").expect(200));
    assertThat(kept.path("address").asText())
        .isEqualTo("12 Quay Street\nBristol\nBS1 5XX\nUnited Kingdom");
    assertThat(kept.path("branding").path("color").asText()).isEqualTo("#1f5fd0");
    assertThat(kept.path("messages").path("invoice").path("subject").asText())
        .isEqualTo("Invoice {number}");
    assertThat(kept.path("version").asInt()).isEqualTo(2);
    assertThat(firm.owner().patch("/firm", asked).expect(200).path("version").asInt()).isEqualTo(2);
    JsonNode cleared =
        firm.owner()
            .patch("/firm", "{\"postal\":{\"city\":null},\"bank\":null,\"messages\":null}")
            .expect(200);
    assertThat(cleared.path("postal").path("street").asText()).isEqualTo("12 Quay Street");
    assertThat(cleared.path("postal").path("city").isNull()).isTrue();
    assertThat(cleared.path("bank")).isEqualTo(fresh.path("bank"));
    assertThat(cleared.path("messages")).isEqualTo(fresh.path("messages"));
  }

  /** The contract's table, field by field: each is kept by itself, and taken away by null. */
  @Test
  void everyFieldOfTheLetterheadIsKeptAndClearedByItself() {
    JsonNode fresh = firm.owner().get("/firm").expect(200);
    for (String field :
        List.of(
            "/postal/street=12 Quay Street",
            "/postal/street2=Suite 3",
            "/postal/city=Bristol",
            "/postal/region=Avon",
            "/postal/postalCode=BS1 5XX",
            "/postal/country=GB",
            "/phone=+44 117 496 0000",
            "/website=https://shah.example",
            "/taxId=GB123456782",
            "/bank/holder=Shah & Co",
            "/bank/iban=GB33BUKB20201555555555",
            "/bank/bic=BUKBGB22",
            "/bank/account=55555555",
            "/bank/routing=20-20-15",
            "/bank/bankName=Barclays",
            "/branding/color=#1f5fd0",
            "/messages/invoice/subject={number} of {firm}",
            "/messages/invoice/text=Dear {customer}, {total} is due {due}.",
            "/messages/reminder/subject=Still open: {number}",
            "/messages/reminder/text={due} has passed.",
            "/messages/receipt/subject=Thank you",
            "/messages/receipt/text={total} has arrived.")) {
      String at = field.substring(0, field.indexOf('='));
      String value = field.substring(at.length() + 1);
      JsonNode set = firm.owner().patch("/firm", only(at, value)).expect(200);
      assertThat(set.at(at).asText()).isEqualTo(value);
      JsonNode cleared = firm.owner().patch("/firm", only(at, null)).expect(200);
      assertThat(cleared.at(at).isNull()).as(at).isTrue();
      assertThat(without(cleared, "version")).as(at).isEqualTo(without(fresh, "version"));
    }
    for (String permission : List.of("staffSend", "staffReports")) {
      String change = "{\"permissions\":{\"%s\":false}}".formatted(permission);
      JsonNode set = firm.owner().patch("/firm", change).expect(200);
      assertThat(set.path("permissions").path(permission).asBoolean(true)).isFalse();
      firm.owner().patch("/firm", change.replace("false", "true")).expect(200);
    }
  }

  /** A change of one field, which may be nested. */
  private static String only(String at, String value) {
    Object change = value;
    String[] names = at.substring(1).split("/");
    for (int each = names.length - 1; each >= 0; each--) {
      change = Json.object(names[each], change);
    }
    return Json.write(change);
  }

  private static JsonNode without(JsonNode firm, String field) {
    return ((ObjectNode) firm.deepCopy()).without(field);
  }

  @Test
  void aLogoIsKeptGivenBackAndRemoved() {
    byte[] image = LogoImageTest.png(120, 40);
    assertThat(firm.owner().get("/firm/logo").word()).isEqualTo("logo-not-found");
    assertThat(firm.owner().put("/firm/logo", "image/png", image).status()).isEqualTo(204);
    JsonNode firmWithLogo = firm.owner().get("/firm").expect(200);
    assertThat(firmWithLogo.path("branding").path("logo").asBoolean()).isTrue();
    assertThat(firmWithLogo.path("version").asInt()).isEqualTo(2);
    Api.Answer given = firm.staff().get("/firm/logo");
    assertThat(given.header("content-type")).contains("image/png");
    assertThat(given.header("x-content-type-options")).contains("nosniff");
    assertThat(given.header("etag").orElseThrow()).matches("\"[0-9a-f]{64}\"");
    assertThat(firm.staff().bytes("/firm/logo")).isEqualTo(image);
    // The same once more is nothing new, and a JPEG is one whatever it is called.
    assertThat(firm.owner().put("/firm/logo", "image/png", image).status()).isEqualTo(204);
    assertThat(firm.owner().get("/firm").expect(200).path("version").asInt()).isEqualTo(2);
    firm.owner().put("/firm/logo", "image/png", LogoImageTest.jpeg(60, 60)).expect(204);
    assertThat(firm.owner().get("/firm/logo").header("content-type")).contains("image/jpeg");
    assertThat(firm.staff().put("/firm/logo", "image/png", image).word()).isEqualTo("owner-only");
    assertThat(firm.staff().delete("/firm/logo").word()).isEqualTo("owner-only");
    assertThat(firm.owner().ifMatch(1).put("/firm/logo", "image/png", image).status())
        .isEqualTo(412);
    Api.Answer refused = firm.owner().put("/firm/logo", "image/png", new byte[200_001]);
    assertThat(refused.expect(400).path("errors").get(0).path("message").asText())
        .contains("201 kB", "200 kB");
    assertThat(firm.owner().get("/firm/logo").header("content-type")).contains("image/jpeg");
    assertThat(firm.owner().delete("/firm/logo").status()).isEqualTo(204);
    assertThat(firm.owner().delete("/firm/logo").status()).isEqualTo(204);
    assertThat(firm.owner().get("/firm/logo").status()).isEqualTo(404);
    assertThat(firm.owner().get("/firm").expect(200).path("branding").path("logo").asBoolean())
        .isFalse();
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
