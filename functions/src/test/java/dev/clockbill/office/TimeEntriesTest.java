package dev.clockbill.office;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.timer.TimerFirm;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

@StoppedClock
class TimeEntriesTest {
  private static final Instant NINE = Instant.parse("2026-01-15T09:00:00Z");
  private static final Instant TEN = Instant.parse("2026-01-15T10:00:00Z");

  private final TimerFirm firm = new TimerFirm();

  @Test
  void timeByHandIsDraftedLikeAStoppedTimer() {
    JsonNode entry = firm.enter(firm.staff(), NINE, TEN, "note", "Call", "hourlyRate", 30_000);
    assertThat(entry.path("workedOn").asText()).isEqualTo("2026-01-15");
    assertThat(entry.path("billedMinutes").asLong()).isEqualTo(60);
    assertThat(entry.path("rateSource").asText()).isEqualTo("entry");
    assertThat(entry.path("amount").asLong()).isEqualTo(30_000);
    assertThat(entry.path("original").isNull()).isTrue();
    assertThat(entry.path("needsConfirmation").asBoolean()).isFalse();
    JsonNode line = line(firm.entry(id(entry)));
    assertThat(line.path("amount").asLong()).isEqualTo(30_000);
  }

  @Test
  void theSameIdempotencyKeyEntersTimeOnce() throws Exception {
    Api keyed = firm.staff().with("idempotency-key", "once");
    String body = firm.body("startedAt", NINE.toString(), "stoppedAt", TEN.toString());
    List<Api.Answer> answers = TimerFirm.atOnce(4, () -> keyed.post("/time-entries", body));
    assertThat(answers).extracting(Api.Answer::status).containsOnly(201);
    assertThat(answers).extracting(Api.Answer::body).containsOnly(answers.getFirst().body());
    assertThat(listed("")).hasSize(1);
  }

  @Test
  void whatIsWrongIsRefusedFieldByFieldAndNothingIsWritten() {
    String future = TimerFirm.now().plusSeconds(600).toString();
    for (String wrong :
        List.of(
            "{}",
            firm.body("startedAt", NINE.toString()),
            firm.body("startedAt", TEN.toString(), "stoppedAt", NINE.toString()),
            firm.body("startedAt", NINE.toString(), "stoppedAt", future),
            firm.body("startedAt", "2026-01-15", "stoppedAt", TEN.toString()),
            hour("hourlyRate", -1),
            hour("hourlyRate", 1_000_000_001),
            hour("hourlyRate", "10"),
            hour("note", "x".repeat(2001)),
            hour("customerId", 7),
            hour("staffId", "somebody"))) {
      Api.Answer refused = firm.staff().post("/time-entries", wrong);
      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
      assertThat(refused.json().path("errors")).as(refused.toString()).isNotEmpty();
    }
    TimerFirm other = new TimerFirm();
    Api.Answer unknown = firm.staff().post("/time-entries", hour("serviceId", other.service));
    assertThat(unknown.word()).isEqualTo("service-not-found");
    assertThat(listed("")).isEmpty();
  }

  private String hour(Object... more) {
    Object[] all = {"startedAt", NINE.toString(), "stoppedAt", TEN.toString(), more[0], more[1]};
    return firm.body(all);
  }

  @Test
  void aCorrectionIsPricedAnewTheLineFollowsAndTheOriginalIsKept() {
    String timer = firm.start(firm.staff());
    JsonNode stopped = firm.stop(firm.staff(), timer);
    firm.entry(timer);
    Api.Answer answer =
        firm.staff()
            .ifMatch(1)
            .patch(
                "/time-entries/" + timer,
                Api.json("startedAt", NINE.toString(), "stoppedAt", TEN.toString()));
    JsonNode entry = answer.expect(200);
    assertThat(answer.header("etag")).contains("\"2\"");
    assertThat(entry.path("version").asLong()).isEqualTo(2);
    assertThat(entry.path("billedMinutes").asLong()).isEqualTo(60);
    assertThat(entry.path("workedOn").asText()).isEqualTo("2026-01-15");
    assertThat(entry.path("original").path("startedAt")).isEqualTo(stopped.path("startedAt"));
    assertThat(line(entry).path("amount").asLong()).isEqualTo(25_000);
    JsonNode again =
        firm.staff()
            .patch("/time-entries/" + timer, Api.json("stoppedAt", NINE.toString()))
            .expect(200);
    assertThat(again.path("original")).isEqualTo(entry.path("original"));
    assertThat(again.path("billedMinutes").asLong()).isEqualTo(1);
    assertThat(firm.staff().ifMatch(2).patch("/time-entries/" + timer, "{}").word())
        .isEqualTo("version-changed");
    assertThat(firm.staff().patch("/time-entries/" + timer, "{}").header("etag")).contains("\"3\"");
  }

  @Test
  void whatAPersonSetOnTheLineItselfStays() {
    JsonNode entry = firm.entry(id(firm.enter(firm.staff(), NINE, TEN)));
    JsonNode invoice = firm.firm.invoice(entry.path("invoiceId").asText());
    String lineId = invoice.path("lines").get(0).path("lineId").asText();
    firm.owner()
        .ifMatch(invoice.path("version").asLong())
        .patch(
            "/invoices/" + entry.path("invoiceId").asText(),
            "{\"lines\":[{\"lineId\":\"" + lineId + "\",\"billedMinutes\":30}]}")
        .expect(200);
    firm.staff()
        .patch("/time-entries/" + id(entry), Api.json("hourlyRate", 10_000, "note", "Call"))
        .expect(200);
    JsonNode line = line(entry);
    assertThat(line.path("billedMinutes").asLong()).isEqualTo(30);
    assertThat(line.path("hourlyRate").asLong()).isEqualTo(10_000);
    assertThat(line.path("amount").asLong()).isEqualTo(5_000);
  }

  @Test
  void timeForAnotherCustomerLeavesItsDraftAndIsDraftedForThatOne() {
    JsonNode entry = firm.entry(id(firm.enter(firm.staff(), NINE, TEN)));
    String before = entry.path("invoiceId").asText();
    String grace = firm.firm.customer("Grace Hopper");
    JsonNode moved =
        firm.staff().patch("/time-entries/" + id(entry), Api.json("customerId", grace)).expect(200);
    assertThat(moved.path("customerName").asText()).isEqualTo("Grace Hopper");
    assertThat(moved.path("invoiceId").isNull()).isTrue();
    assertThat(firm.firm.invoice(before).path("lines")).isEmpty();
    JsonNode drafted = firm.entry(id(entry));
    assertThat(drafted.path("invoiceId").asText()).isNotEmpty().isNotEqualTo(before);
    JsonNode invoice = firm.firm.invoice(drafted.path("invoiceId").asText());
    assertThat(invoice.path("customer").path("customerId").asText()).isEqualTo(grace);
  }

  @Test
  void deletedTimeTakesItsLineOutOfTheDraft() {
    JsonNode entry = firm.entry(id(firm.enter(firm.staff(), NINE, TEN)));
    String path = "/time-entries/" + id(entry);
    assertThat(firm.staff().ifMatch(7).delete(path).status()).isEqualTo(412);
    assertThat(firm.staff().ifMatch(1).delete(path).status()).isEqualTo(204);
    assertThat(firm.firm.invoice(entry.path("invoiceId").asText()).path("lines")).isEmpty();
    assertThat(firm.staff().get(path).word()).isEqualTo("time-entry-not-found");
    assertThat(firm.staff().delete(path).status()).isEqualTo(404);
  }

  @Test
  void staffChangeTheirOwnTimeAndOwnersEverybodys() {
    String owners = "/time-entries/" + id(firm.enter(firm.owner(), NINE, TEN));
    String staffs = "/time-entries/" + id(firm.enter(firm.staff(), NINE, TEN));
    assertThat(firm.staff().get(owners).status()).isEqualTo(200);
    assertThat(firm.staff().patch(owners, "{\"note\":\"x\"}").word()).isEqualTo("owner-only");
    assertThat(firm.staff().delete(owners).status()).isEqualTo(403);
    firm.owner().patch(staffs, "{\"note\":\"x\"}").expect(200);
    TimerFirm other = new TimerFirm();
    assertThat(other.owner().get(staffs).status()).isEqualTo(404);
    assertThat(other.owner().patch(staffs, "{\"note\":\"y\"}").status()).isEqualTo(404);
    assertThat(other.owner().delete(staffs).status()).isEqualTo(404);
  }

  @Test
  void wrongCorrectionsAreRefusedAndChangeNothing() {
    JsonNode entry = firm.entry(id(firm.enter(firm.staff(), NINE, TEN)));
    String path = "/time-entries/" + id(entry);
    for (String wrong :
        List.of(
            Api.json("startedAt", TEN.plusSeconds(1).toString()),
            Api.json("stoppedAt", NINE.minusSeconds(1).toString()),
            Api.json("stoppedAt", TimerFirm.now().plusSeconds(600).toString()),
            "{\"startedAt\":null}",
            "{\"customerId\":null}",
            "{\"hourlyRate\":1.5}",
            "{\"needsConfirmation\":true}",
            "{\"needsConfirmation\":null}",
            "{\"needsConfirmation\":\"no\"}",
            Api.json("note", "x".repeat(2001)),
            "{\"billedMinutes\":5}")) {
      Api.Answer refused = firm.staff().patch(path, wrong);
      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    }
    assertThat(firm.staff().get(path).expect(200)).isEqualTo(entry);
  }

  /** Failure 1. */
  @Test
  void longTimeIsConfirmedByAPersonOrByCorrectingIt() {
    String start = TimerFirm.now().minusSeconds(13 * 3600).toString();
    for (String confirmation :
        List.of("{\"needsConfirmation\":false}", Api.json("stoppedAt", start))) {
      String timer = firm.start(firm.staff(), "startedAt", start);
      assertThat(firm.stop(firm.staff(), timer).path("needsConfirmation").asBoolean()).isTrue();
      JsonNode noted = firm.staff().patch("/time-entries/" + timer, "{\"note\":\"x\"}").expect(200);
      assertThat(noted.path("needsConfirmation").asBoolean()).isTrue();
      JsonNode entry = firm.staff().patch("/time-entries/" + timer, confirmation).expect(200);
      assertThat(entry.path("needsConfirmation").asBoolean()).isFalse();
    }
  }

  @Test
  void otherTimeOfTheSamePersonIsNamed() {
    String first = id(firm.enter(firm.staff(), NINE, TEN));
    firm.enter(firm.owner(), NINE, TEN);
    firm.enter(firm.staff(), TEN, TEN.plusSeconds(60));
    firm.enter(firm.staff(), NINE.minusSeconds(60), NINE);
    String second = id(firm.enter(firm.staff(), NINE.minusSeconds(600), NINE.minusSeconds(300)));
    JsonNode corrected =
        firm.staff()
            .patch("/time-entries/" + second, Api.json("stoppedAt", NINE.plusSeconds(1).toString()))
            .expect(200);
    assertThat(corrected.path("overlaps")).extracting(JsonNode::asText).contains(first).hasSize(2);
  }

  @Test
  void muchTimeWithoutHoursHidesNoOverlap() {
    Instant midnight = NINE.truncatedTo(ChronoUnit.DAYS);
    String night =
        id(firm.enter(firm.staff(), midnight.minusSeconds(600), midnight.plusSeconds(60)));
    for (int entry = 0; entry < 9; entry++) {
      ofDay(midnight.toString().substring(0, 10), 1).expect(201);
    }
    String early = id(firm.enter(firm.staff(), midnight.plusSeconds(30), midnight.plusSeconds(90)));
    Laptop.settle();
    assertThat(firm.entry(early).path("overlaps"))
        .extracting(JsonNode::asText)
        .containsExactly(night);
  }

  @Test
  void soManyMinutesOfADayAreEnteredAndCorrectedWithoutHours() {
    JsonNode entry = ofDay("2026-01-15", 90).expect(201);
    assertThat(entry.path("byDay").asBoolean()).isTrue();
    assertThat(entry.path("workedOn").asText()).isEqualTo("2026-01-15");
    assertThat(entry.path("measuredSeconds").asLong()).isEqualTo(5400);
    assertThat(entry.path("amount").asLong()).isEqualTo(37_500);
    JsonNode other = ofDay("2026-01-15", 60).expect(201);
    Laptop.settle();
    assertThat(firm.entry(id(other)).path("overlaps")).isEmpty();
    assertThat(listed("?state=drafted")).hasSize(2);
    JsonNode corrected =
        firm.staff()
            .patch("/time-entries/" + id(entry), Api.json("workedOn", "2026-01-14", "minutes", 75))
            .expect(200);
    assertThat(corrected.path("workedOn").asText()).isEqualTo("2026-01-14");
    assertThat(corrected.path("billedMinutes").asLong()).isEqualTo(75);
    assertThat(line(corrected).path("billedMinutes").asLong()).isEqualTo(75);
    JsonNode timed =
        firm.staff()
            .patch(
                "/time-entries/" + id(entry),
                Api.json("startedAt", NINE.toString(), "stoppedAt", TEN.toString()))
            .expect(200);
    assertThat(timed.path("byDay").asBoolean()).isFalse();
    JsonNode noted =
        firm.staff().patch("/time-entries/" + id(other), "{\"note\":\"Call\"}").expect(200);
    assertThat(noted.path("byDay").asBoolean()).isTrue();
    assertThat(noted.path("overlaps")).isEmpty();
  }

  @Test
  void aDayHasNoMoreMinutesThanHavePassedOfIt() {
    String today = TimerFirm.now().toString().substring(0, 10); // the firm is in UTC
    long past = TimerFirm.now().getEpochSecond() % 86_400 / 60;
    for (Api.Answer wrong :
        List.of(
            ofDay("2026-01-15", 0),
            ofDay("2026-01-15", 1441),
            ofDay("2026-01-15", 9000),
            ofDay("9000-01-15", 60),
            ofDay(today, past + 1),
            firm.staff().post("/time-entries", firm.body("workedOn", "2026-01-15")),
            firm.staff().post("/time-entries", firm.body("minutes", 60)),
            firm.staff().post("/time-entries", hour("workedOn", "2026-01-15", "minutes", 60)))) {
      assertThat(wrong.word()).as(wrong.toString()).isEqualTo("invalid-request");
    }
    assertThat(listed("")).isEmpty();
    ofDay(today, Math.max(1, past)).expect(past == 0 ? 400 : 201);
    ofDay("2026-01-15", 1440).expect(201);
  }

  private Api.Answer ofDay(String workedOn, long minutes) {
    return firm.staff().post("/time-entries", firm.body("workedOn", workedOn, "minutes", minutes));
  }

  @Test
  void billedTimeIsFrozen() {
    JsonNode entry = firm.entry(id(firm.enter(firm.staff(), NINE, TEN)));
    firm.owner().post("/invoices/" + entry.path("invoiceId").asText() + "/send").expect(202);
    String path = "/time-entries/" + id(entry);
    for (Api.Answer refused :
        List.of(firm.owner().patch(path, "{\"note\":\"x\"}"), firm.owner().delete(path))) {
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.word()).isEqualTo("time-billed");
    }
    assertThat(entry.path("billed").asBoolean()).isFalse();
    JsonNode locked = entry.<ObjectNode>deepCopy().put("billed", true);
    assertThat(firm.staff().get(path).expect(200)).isEqualTo(locked);
  }

  @Test
  void timeIsListedNewestFirstAPageAtATimeByWhateverIsAsked() {
    String grace = firm.firm.customer("Grace Hopper");
    String late = id(firm.enter(firm.staff(), NINE.plusSeconds(86_400), TEN.plusSeconds(86_400)));
    String graces = id(firm.enter(firm.owner(), NINE, TEN, "customerId", grace));
    String early = id(firm.enter(firm.staff(), NINE.minusSeconds(86_400), TEN));
    firm.entry(early);
    assertThat(listed("")).containsExactly(late, graces, early);
    assertThat(listed("?customerId=" + grace)).containsExactly(graces);
    JsonNode me = firm.staff().get("/me").expect(200);
    assertThat(listed("?staffId=" + me.path("staffId").asText())).containsExactly(late, early);
    assertThat(listed("?state=drafted&customerId=" + firm.customer)).containsExactly(late, early);
    assertThat(listed("?state=unbilled")).isEmpty();
    assertThat(listed("?from=2026-01-15")).containsExactly(late, graces);
    assertThat(listed("?from=2026-01-14&to=2026-01-14")).containsExactly(early);
    assertThat(listed("?from=2026-01-18&to=2026-01-11")).isEmpty();
    assertThat(listed("?to=9999-12-31")).containsExactly(late, graces, early);
    JsonNode first = firm.owner().get("/time-entries?limit=2&to=2026-01-15").expect(200);
    assertThat(first.path("timeEntries").findValuesAsText("timeEntryId"))
        .containsExactly(graces, early);
    JsonNode page = firm.owner().get("/time-entries?limit=1").expect(200);
    String next = page.path("next").asText();
    assertThat(listed("?limit=2&cursor=" + next)).containsExactly(graces, early);
    assertThat(new TimerFirm().owner().get("/time-entries").expect(200).path("next").isNull())
        .isTrue();
    for (String wrong :
        List.of("limit=0", "limit=101", "limit=x", "cursor=x", "state=paid", "from=monday")) {
      assertThat(firm.owner().get("/time-entries?" + wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void billedTimeIsListedByWhoseItIs() {
    JsonNode billed = firm.entry(id(firm.enter(firm.staff(), NINE, TEN)));
    firm.owner().post("/invoices/" + billed.path("invoiceId").asText() + "/send").expect(202);
    Laptop.settle();
    String open = id(firm.entry(id(firm.enter(firm.staff(), NINE, TEN))));
    String staffId = billed.path("staffId").asText();
    for (String whose : List.of("", "&staffId=" + staffId, "&customerId=" + firm.customer)) {
      assertThat(listed("?state=billed" + whose)).containsExactly(id(billed));
      assertThat(listed("?state=drafted" + whose)).containsExactly(open);
    }
    assertThat(listed("?state=billed&customerId=" + firm.firm.customer("Grace"))).isEmpty();
  }

  @Test
  void aCsvOfTimeIsSafeToOpenAndHasAmountsAsPeopleWriteThem() throws IOException {
    JsonNode entry = firm.enter(firm.staff(), NINE, TEN, "note", "=1+1, \"so\"\nmore");
    Laptop.settle();
    Api.Answer page = firm.owner().with("accept", "text/csv").get("/time-entries?state=drafted");
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    List<CSVRecord> rows = format.parse(new StringReader(page.body())).getRecords();
    assertThat(rows).hasSize(1);
    CSVRecord row = rows.getFirst();
    for (String field :
        List.of(
            "timeEntryId", "workedOn", "startedAt", "customerName", "billedMinutes", "amount")) {
      assertThat(row.get(field)).isEqualTo(entry.path(field).asText());
    }
    assertThat(row.get("note")).isEqualTo("'=1+1, \"so\"\nmore");
    assertThat(row.get("hourlyRateDecimal")).isEqualTo("250.00");
    assertThat(row.get("amountDecimal")).isEqualTo("250.00");
    assertThat(row.get("state")).isEqualTo("drafted");
  }

  /** Failure 15. */
  @Test
  void workAtHalfPastElevenAtNightIsOnThatLocalDay() {
    firm.owner().patch("/firm", "{\"timeZone\":\"America/New_York\"}").expect(200);
    Instant night = Instant.parse("2026-01-16T04:30:00Z");
    JsonNode entry = firm.enter(firm.staff(), night, night.plusSeconds(3600));
    assertThat(entry.path("workedOn").asText()).isEqualTo("2026-01-15");
    assertThat(listed("?from=2026-01-15&to=2026-01-15")).containsExactly(id(entry));
    assertThat(listed("?from=2026-01-16")).isEmpty();
  }

  private List<String> listed(String query) {
    return firm.owner()
        .get("/time-entries" + query)
        .expect(200)
        .path("timeEntries")
        .findValuesAsText("timeEntryId");
  }

  private JsonNode line(JsonNode entry) {
    return firm.firm.invoice(entry.path("invoiceId").asText()).path("lines").get(0);
  }

  private static String id(JsonNode entry) {
    return entry.path("timeEntryId").asText();
  }
}
