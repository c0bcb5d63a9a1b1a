package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The links in the reminder of a timer, against the stack. */
@StoppedClock
class TimerLinksTest {
  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MMMM d", Locale.ENGLISH);

  private static final Pattern LINK = Pattern.compile("http\\S+/timer-links/\\S+");
  private static final Pattern BUTTON = Pattern.compile("<button type=\"submit\">([^<]+)</button>");

  private final TimerFirm firm = new TimerFirm();
  private Instant evening;
  private String timer;
  private String stop;
  private String working;

  /** A timer started at 17:00, of which its person is reminded at 21:00. */
  @BeforeEach
  void leaveATimerRunning() {
    firm.owner().patch("/firm", Api.json("timeZone", ZONE.getId())).expect(200);
    LocalDate tomorrow = LocalDate.ofInstant(TimerFirm.now(), ZONE).plusDays(1);
    evening = tomorrow.atTime(LocalTime.of(18, 0)).atZone(ZONE).toInstant();
    advanceTo(evening.plus(Duration.ofHours(3)));
    timer = firm.start(firm.staff(), "startedAt", evening.minusSeconds(3600).toString());
    Laptop.runSchedule("RemindRunningTimers");
    follow(reminder());
  }

  private static void advanceTo(Instant then) {
    Laptop.skipTo(then);
  }

  private JsonNode reminder() {
    return firm.firm.mails("timerReminder").getFirst();
  }

  private void follow(JsonNode mail) {
    List<String> links =
        LINK.matcher(mail.path("text").asText()).results().map(MatchResult::group).toList();
    assertThat(links).hasSize(2);
    stop = links.get(0);
    working = links.get(1);
  }

  private static String button(Api.Answer page) {
    assertThat(page.status()).as(page.toString()).isEqualTo(200);
    return BUTTON
        .matcher(page.body())
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElse("none");
  }

  private JsonNode running() {
    return firm.staff().get("/timers/running").expect(200).path("timer");
  }

  @Test
  void failure18_followingALinkStopsNoTimerAndSaysNothing() {
    for (int time = 0; time < 3; time++) {
      assertThat(button(Laptop.api().get(stop))).isEqualTo("Stop it at 6:00\u00a0PM");
      assertThat(button(Laptop.api().get(working))).isEqualTo("Still working");
    }
    assertThat(running().path("timerId").asText()).isEqualTo(timer);
  }

  @Test
  void theButtonStopsTheTimerAtTheStatedTimeAndIsPressedOnce() {
    Api.Answer pressed = Laptop.api().post(stop);
    assertThat(button(pressed)).isEqualTo("none");
    assertThat(pressed.body()).contains("Stopped at 6:00\u00a0PM", "Ada Lovelace", "1\u00a0hour");
    assertThat(running().isNull()).isTrue();
    JsonNode entry = firm.entry(timer);
    assertThat(entry.path("stoppedAt").asText()).isEqualTo(evening.toString());
    assertThat(entry.path("measuredSeconds").asLong()).isEqualTo(3600);
    assertThat(entry.path("needsConfirmation").asBoolean()).isFalse();
    assertThat(entry.at("/original/stoppedAt").asText()).isGreaterThan(evening.toString());
    assertThat(entry.path("invoiceId").isNull()).isFalse();
    for (String link : List.of(stop, working)) {
      assertThat(button(Laptop.api().get(link))).isEqualTo("none");
      assertThat(Laptop.api().post(link).body()).contains("is already stopped");
    }
    assertThat(firm.entry(timer)).isEqualTo(entry);
  }

  @Test
  void stillWorkingIsSaidOnceAndTheOwnerReadsOfIt() {
    assertThat(Laptop.api().post(working).body()).contains("Noted: you are still working");
    assertThat(button(Laptop.api().get(working))).isEqualTo("none");
    assertThat(Laptop.api().post(working).body()).contains("You already told us");
    assertThat(running().path("timerId").asText()).isEqualTo(timer);
    advanceTo(evening.plus(Duration.ofHours(11)).plusSeconds(60));
    Laptop.runSchedule("RemindRunningTimers");
    assertThat(firm.firm.mails("ownerNotice").getFirst().path("text").asText())
        .contains("Said to be still at work: ", "9:0");
    follow(reminder());
    assertThat(button(Laptop.api().get(working))).isEqualTo("Still working");
  }

  @Test
  void theStatedTimeHasItsDateOnTheNextDay() {
    advanceTo(evening.plus(Duration.ofHours(7)).plusSeconds(60));
    assertThat(button(Laptop.api().get(stop)))
        .isEqualTo("Stop it at 6:00\u00a0PM on " + DAY.format(evening.atZone(ZONE)));
  }

  @Test
  void aStartCorrectedToALaterTimePutsTheStopOutOfDate() {
    String later = evening.plusSeconds(60).toString();
    firm.staff().patch("/timers/" + timer, Api.json("startedAt", later)).expect(200);
    assertThat(button(Laptop.api().get(stop))).isEqualTo("none");
    assertThat(Laptop.api().post(stop).body()).contains("out of date");
    assertThat(running().path("timerId").asText()).isEqualTo(timer);
  }

  @Test
  void theLinksOfADiscardedTimerTouchNoOtherOne() {
    firm.staff().delete("/timers/" + timer);
    String other = firm.start(firm.staff());
    for (String link : List.of(stop, working)) {
      assertThat(button(Laptop.api().get(link))).isEqualTo("none");
      assertThat(Laptop.api().post(link).body()).contains("is no longer running");
    }
    assertThat(running().path("timerId").asText()).isEqualTo(other);
  }

  @Test
  void afterAWeekALinkDoesNothingAnyMore() {
    advanceTo(TimerFirm.now().plus(Duration.ofDays(7)).plusSeconds(1));
    for (String link : List.of(stop, working)) {
      assertThat(button(Laptop.api().get(link))).isEqualTo("none");
      assertThat(Laptop.api().post(link).body()).contains("This link is out of date");
    }
    assertThat(running().path("timerId").asText()).isEqualTo(timer);
  }

  @Test
  void aForgedLinkLeadsToAPageThatTellsNothing() {
    for (String forged :
        List.of(stop.substring(0, stop.length() - 1) + "x", stop + "0", "/timer-links/x")) {
      for (Api.Answer page : List.of(Laptop.api().get(forged), Laptop.api().post(forged))) {
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body()).contains("This link does not work").doesNotContain("Ada");
        assertThat(page.header("content-security-policy").orElseThrow())
            .contains("form-action 'none'");
      }
    }
    assertThat(running().path("timerId").asText()).isEqualTo(timer);
  }

  @Test
  void whoPressesAtTheSameMomentStopsItOnce() throws Exception {
    List<Api.Answer> pages = TimerFirm.atOnce(8, () -> Laptop.api().post(stop));
    assertThat(pages).extracting(Api.Answer::status).containsOnly(200);
    assertThat(pages).extracting(TimerLinksTest::button).containsOnly("none");
    assertThat(firm.entry(timer).path("stoppedAt").asText()).isEqualTo(evening.toString());
    assertThat(firm.owner().get("/invoices").expect(200).path("invoices")).hasSize(1);
  }

  @Test
  void aStopWhoseWriteFailedIsPressedAgain() {
    Laptop.fault("TimerLinks", "dynamodb", "TransactWriteItems", "before", 4);
    assertThat(Laptop.api().post(stop).status()).isEqualTo(500);
    assertThat(running().path("timerId").asText()).isEqualTo(timer);
    Laptop.fault("TimerLinks", "dynamodb", "TransactWriteItems", "before", 0);
    assertThat(Laptop.api().post(stop).body()).contains("Stopped at 6:00\u00a0PM");
  }
}
