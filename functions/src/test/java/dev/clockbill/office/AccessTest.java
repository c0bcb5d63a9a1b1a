package dev.clockbill.office;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.ApiDescription;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import io.swagger.v3.oas.models.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access that ends ends everywhere: tokens, links and reminders. */
@StoppedClock
class AccessTest {
  private static final Pattern LINK = Pattern.compile("http\\S+/timer-links/\\S+");

  private final TestFirm firm = Laptop.firm();
  private final Api owner = firm.owner();
  private final Api sam = firm.staff();
  private final String customer = firm.customer("Ada Lovelace");
  private final String service = firm.service("Tax Resolution", 25_000);
  private String path;

  @BeforeEach
  void find() {
    path = "/staff/" + sam.get("/me").expect(200).path("staffId").asText();
  }

  @Test
  void failure26_everyRouteRefusesATokenFromBeforeAndAcceptsItOnceActivatedAgain() {
    active(false);
    List<String> asked = new ArrayList<>();
    for (Map.Entry<String, Operation> each : ApiDescription.OURS.operations().entrySet()) {
      if (each.getValue().getSecurity() == null) {
        Api.Answer refused = called(each.getKey());
        assertThat(refused.status()).as(each.getKey()).isEqualTo(401);
        assertThat(refused.word()).as(each.getKey()).isEqualTo("access-ended");
        asked.add(each.getKey());
      }
    }
    assertThat(asked).hasSizeGreaterThan(40).contains("GET /me", "POST /timers");
    active(true);
    assertThat(sam.get("/me").expect(200).path("role").asText()).isEqualTo("staff");
  }

  /** As the member of staff, with the least that the gateway lets through. */
  private Api.Answer called(String route) {
    String[] parts = route.split(" ");
    String place = parts[1].replaceAll("\\{\\w+}", "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    return sam.call(parts[0], place, parts[0].equals("GET") ? null : "{}");
  }

  @Test
  void failure26_anAnswerThatWasKeptIsNotGivenAgain() {
    Api keyed = sam.with("idempotency-key", "once");
    keyed.post("/timers", work()).expect(201);
    keyed.post("/timers", work()).expect(201);
    active(false);
    assertThat(keyed.post("/timers", work()).word()).isEqualTo("access-ended");
  }

  @Test
  void failure26_theRightsOfAnOwnerEndWithTheRoleWhateverTheTokenSays() {
    owner.patch(path, "{\"role\":\"owner\"}").expect(200);
    Api samAsOwner = Laptop.api().as(tokenOf(sam.get("/me").expect(200).path("email").asText()));
    samAsOwner.patch("/firm", "{\"invoicing\":{\"termsDays\":15}}").expect(200);
    owner.patch(path, "{\"role\":\"staff\"}").expect(200);
    assertThat(samAsOwner.patch("/firm", "{\"invoicing\":{\"termsDays\":16}}").word())
        .isEqualTo("owner-only");
    assertThat(samAsOwner.get("/me").expect(200).path("role").asText()).isEqualTo("staff");
  }

  @Test
  void failure26_deactivatingSaysThatATimerRunsAndItsLinksAreOutOfDateAtOnce() {
    String timer = sam.post("/timers", work()).expect(201).path("timerId").asText();
    Laptop.advance("PT4H");
    Laptop.runSchedule("RemindRunningTimers");
    List<String> links = links(firm.mails("timerReminder").getFirst());
    assertThat(links).hasSize(2);
    JsonNode ended = active(false);
    assertThat(ended.path("active").asBoolean()).isFalse();
    assertThat(ended.at("/running/timerId").asText()).isEqualTo(timer);
    assertThat(ended.at("/running/customerName").asText()).isEqualTo("Ada Lovelace");
    assertThat(active(false).at("/running/timerId").asText()).isEqualTo(timer);
    for (String link : links) {
      for (Api.Answer page : List.of(Laptop.api().get(link), Laptop.api().post(link))) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
            .contains("This link is out of date", "has ended")
            .doesNotContain("<button", "Ada Lovelace");
      }
    }
    assertThat(runningNow()).containsExactly(timer);
    active(true);
    assertThat(Laptop.api().post(links.getFirst()).body()).contains("Stopped at");
    assertThat(active(false).has("running")).isFalse();
  }

  @Test
  void failure26_remindersOfTheTimerGoToTheFirmAndNoMoreToWhoLeft() {
    sam.post("/timers", work()).expect(201);
    String theirs = sam.get("/me").expect(200).path("email").asText();
    JsonNode firmsAddress = owner.get("/firm").expect(200).path("email");
    active(false);
    for (String later : List.of("PT4H", "PT4H", "PT4H")) {
      Laptop.advance(later);
      Laptop.runSchedule("RemindRunningTimers");
      Laptop.runSchedule("RemindRunningTimers");
    }
    assertThat(firm.mails("timerReminder")).hasSize(3).allSatisfy(toldTo(firmsAddress));
    assertThat(firm.mails("ownerNotice"))
        .singleElement()
        .satisfies(toldTo(firmsAddress))
        .extracting(mail -> mail.path("text").asText())
        .asString()
        .contains("can no longer stop it", "12\u00a0hours")
        .doesNotContain("was asked");
    assertThat(firm.mails("timerReminder").toString()).doesNotContain(theirs);
    assertThat(firm.mails("timerReminder").getFirst().path("text").asText())
        .contains("This was the last reminder");
  }

  private Consumer<JsonNode> toldTo(JsonNode address) {
    return mail -> {
      assertThat(mail.path("to")).containsExactly(address);
      assertThat(links(mail)).isEmpty();
      for (String part : List.of("text", "html")) {
        assertThat(mail.path(part).asText())
            .contains("Staff 1", "Ada Lovelace", "access has ended", owner.base() + "/#/time");
      }
    };
  }

  @Test
  void failure26_anOwnerCorrectsStopsOrDiscardsTheTimerThatWasLeft() {
    String stopped = sam.post("/timers", work()).expect(201).path("timerId").asText();
    active(false);
    Laptop.advance("PT1H");
    owner.patch("/timers/" + stopped, "{\"note\":\"Until Sam left\"}").expect(200);
    JsonNode entry = owner.post("/timers/" + stopped + "/stop").expect(200).path("timeEntry");
    assertThat(entry.path("measuredSeconds").asLong()).isEqualTo(3600);
    assertThat(entry.path("staffName").asText()).isEqualTo("Staff 1");
    active(true);
    String discarded = sam.post("/timers", work()).expect(201).path("timerId").asText();
    active(false);
    assertThat(owner.delete("/timers/" + discarded).status()).isEqualTo(204);
    assertThat(runningNow()).isEmpty();
  }

  @Test
  void failure26_noMailOfTheFirmGoesToAnOwnerWhoLeft() {
    JsonNode left = owner.get("/me").expect(200);
    JsonNode stays = sam.get("/me").expect(200);
    assertThat(owner.get("/firm").expect(200).path("email")).isEqualTo(left.path("email"));
    owner.patch(path, "{\"role\":\"owner\"}").expect(200);
    Api samAsOwner = Laptop.api().as(tokenOf(stays.path("email").asText()));
    owner.post("/timers", work()).expect(201);
    String leaving = "/staff/" + left.path("staffId").asText();
    JsonNode ended = samAsOwner.patch(leaving, "{\"active\":false}").expect(200);
    assertThat(ended.path("firmEmail")).isEqualTo(stays.path("email"));
    assertThat(samAsOwner.get("/firm").expect(200).path("email")).isEqualTo(stays.path("email"));
    assertThat(samAsOwner.get("/firm").expect(200).path("version").asLong()).isEqualTo(2);
    Laptop.advance("PT4H");
    Laptop.runSchedule("RemindRunningTimers");
    assertThat(firm.mails("timerReminder"))
        .singleElement()
        .satisfies(mail -> assertThat(mail.path("to")).containsExactly(stays.path("email")));
    samAsOwner.patch(leaving, "{\"active\":true}").expect(200);
    assertThat(samAsOwner.patch(path, "{\"active\":false}").expect(200).path("firmEmail"))
        .isEqualTo(left.path("email"));
  }

  @Test
  void aTokenThatNamesNoFirmIsRefusedInWords() {
    String email = sam.get("/me").expect(200).path("email").asText();
    String access = token(Api.json("user", email, "use", "access"));
    Api.Answer refused = Laptop.api().as(access).get("/me");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.word()).isEqualTo("wrong-token");
    assertThat(refused.body()).contains("ID token");
  }

  private JsonNode active(boolean active) {
    return owner.patch(path, Api.json("active", active)).expect(200);
  }

  private List<String> runningNow() {
    return owner.get("/timers").expect(200).path("timers").findValuesAsText("timerId");
  }

  private String work() {
    return Api.json("customerId", customer, "serviceId", service);
  }

  private static List<String> links(JsonNode mail) {
    return LINK.matcher(mail.path("text").asText()).results().map(MatchResult::group).toList();
  }

  private static String tokenOf(String user) {
    return token(Api.json("user", user));
  }

  private static String token(String asked) {
    return Laptop.api().post("/_local/token", asked).expect(200).path("token").asText();
  }
}
