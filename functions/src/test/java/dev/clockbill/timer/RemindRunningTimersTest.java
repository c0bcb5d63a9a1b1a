package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timers left running, against the stack. */
@StoppedClock
class RemindRunningTimersTest {
  private final TimerFirm firm = new TimerFirm();

  @Test
  void failure1_eachLimitIsRemindedOfOnceAndTheTimeIsSentOnlyWhenAPersonConfirmedIt() {
    String timer = firm.start(firm.staff(), "startedAt", ago("PT3H59M"));
    run();
    assertThat(mails()).isEmpty();
    Laptop.advance("PT1M");
    run();
    run();
    assertThat(mails()).hasSize(1);
    Laptop.skip(Duration.ofHours(4));
    run();
    assertThat(mails()).hasSize(2);
    assertThat(notices()).isEmpty();
    Laptop.skip(Duration.ofHours(5));
    run();
    assertThat(mails()).hasSize(3);
    assertThat(notices()).hasSize(1);
    Laptop.skip(Duration.ofHours(24));
    assertThat(mails()).hasSize(3);
    assertThat(notices()).hasSize(1);
    JsonNode entry = firm.stop(firm.staff(), timer);
    assertThat(entry.path("measuredSeconds").asLong()).isGreaterThanOrEqualTo(37 * 3600);
    assertThat(entry.path("needsConfirmation").asBoolean()).isTrue();
    String invoice = firm.entry(timer).path("invoiceId").asText();
    String send = "/invoices/" + invoice + "/send";
    assertThat(firm.owner().post(send, "{}").word()).isEqualTo("time-unconfirmed");
    firm.staff().patch("/time-entries/" + timer, "{\"needsConfirmation\":false}").expect(200);
    firm.owner().post(send, "{}").expect(202);
  }

  @Test
  void pastTheLastLimitTheOwnerIsToldWhoseTimerItIs() {
    String timer = firm.start(firm.staff(), "startedAt", ago("PT12H"));
    run();
    JsonNode notice = notices().getFirst();
    JsonNode settings = firm.owner().get("/firm").expect(200);
    assertThat(notice.path("to").get(0)).isEqualTo(settings.path("email"));
    assertThat(notice.path("tags").path("timerId").asText()).isEqualTo(timer);
    for (String part : List.of("text", "html")) {
      assertThat(notice.path(part).asText())
          .contains("Staff 1", "Ada Lovelace", "Tax Resolution", "12\u00a0hours")
          .contains(Laptop.api().base() + "/#/time")
          .doesNotContain("Said to be still at work");
      assertThat(mails().getFirst().path(part).asText()).contains("your firm has been notified");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb, BatchGetItem, before, 1",
    "dynamodb, UpdateItem, before, 1",
    "dynamodb, UpdateItem, before, 2",
    "dynamodb, UpdateItem, after, 1",
    "dynamodb, UpdateItem, after, 2",
    "dynamodb, UpdateItem, after, 3",
    "dynamodb, UpdateItem, after, 5",
    "ses, SendEmail, before, 1",
    "ses, SendEmail, after, 1",
    "ses, SendEmail, after, 2"
  })
  void whateverCallFailsBothMailsComeOnce(
      String service, String operation, String when, int times) {
    Laptop.fault("RemindRunningTimers", service, operation, when, times);
    firm.start(firm.staff(), "startedAt", ago("PT12H"));
    for (int time = 0; time < 6; time++) {
      Laptop.advance("PT5M");
      run();
    }
    Laptop.fault("RemindRunningTimers", service, operation, when, 0);
    assertThat(mails()).hasSize(1);
    assertThat(notices()).hasSize(1);
  }

  @Test
  void severalLimitsThatPassedTogetherMakeOneMail() {
    firm.start(firm.staff(), "startedAt", ago("PT9H"));
    run();
    assertThat(mails()).hasSize(1);
    Laptop.advance("PT3H");
    run();
    assertThat(mails()).hasSize(2);
  }

  @Test
  void theMailSaysWhoseTimerItIsForWhomSinceWhenAndHowLong() {
    firm.owner().patch("/firm", "{\"timeZone\":\"America/New_York\"}").expect(200);
    String timer = firm.start(firm.staff(), "startedAt", ago("PT4H5M"));
    run();
    JsonNode mail = mails().getFirst();
    JsonNode me = firm.staff().get("/me").expect(200);
    JsonNode settings = firm.owner().get("/firm").expect(200);
    assertThat(mail.path("to").get(0)).isEqualTo(me.path("email"));
    assertThat(mail.path("replyTo").get(0)).isEqualTo(settings.path("email"));
    assertThat(mail.path("tags").path("timerId").asText()).isEqualTo(timer);
    assertThat(mail.path("subject").asText()).contains("Ada Lovelace", "4\u00a0h\u00a005\u00a0min");
    for (String part : List.of("text", "html")) {
      assertThat(mail.path(part).asText())
          .contains(
              "Staff 1",
              "Ada Lovelace",
              "Tax Resolution",
              "4\u00a0h\u00a005\u00a0min",
              "America/New_York")
          .contains(Laptop.api().base() + "/#/timer");
    }
  }

  @Test
  void aCorrectedStartMovesTheNextReminder() {
    String timer = firm.start(firm.staff(), "startedAt", ago("PT4H"));
    firm.staff().patch("/timers/" + timer, Api.json("startedAt", ago("PT3H"))).expect(200);
    run();
    assertThat(mails()).isEmpty();
    firm.staff().patch("/timers/" + timer, Api.json("startedAt", ago("PT5H"))).expect(200);
    run();
    assertThat(mails()).hasSize(1);
  }

  @Test
  void failure1_aStartCorrectedAfterTheLastReminderIsRemindedOfFromThere() {
    String timer = firm.start(firm.staff(), "startedAt", ago("PT12H"));
    run();
    firm.staff().patch("/timers/" + timer, Api.json("startedAt", ago("PT3H30M"))).expect(200);
    run();
    assertThat(mails()).hasSize(1);
    Laptop.advance("PT30M");
    run();
    assertThat(mails()).hasSize(2);
    Laptop.advance("PT4H");
    run();
    assertThat(mails()).hasSize(3);
  }

  @Test
  void failure1_limitsThatTheFirmSetsLaterCountForTimersThatRun() {
    limits();
    firm.start(firm.staff(), "startedAt", ago("PT30M"));
    limits(90);
    Laptop.advance("PT1H");
    run();
    assertThat(mails()).hasSize(1);
    limits(60, 90, 240);
    Laptop.advance("PT1H");
    run();
    assertThat(mails()).hasSize(1);
    limits(300);
    Laptop.advance("PT2H30M");
    run();
    assertThat(mails()).hasSize(2);
  }

  private void limits(Integer... minutes) {
    Map<String, Object> reminders = Map.of("runningTimerMinutes", minutes);
    firm.owner().patch("/firm", Api.json("reminders", reminders)).expect(200);
  }

  @Test
  void aStoppedOrDiscardedTimerIsNotRemindedOf() {
    firm.stop(firm.staff(), firm.start(firm.staff(), "startedAt", ago("PT5H")));
    String discarded = firm.start(firm.owner(), "startedAt", ago("PT5H"));
    firm.owner().delete("/timers/" + discarded);
    run();
    assertThat(mails()).isEmpty();
  }

  private static String ago(String duration) {
    return TimerFirm.now().minus(Duration.parse(duration)).toString();
  }

  private static void run() {
    Laptop.runSchedule("RemindRunningTimers");
  }

  private List<JsonNode> mails() {
    return firm.firm.mails("timerReminder");
  }

  private List<JsonNode> notices() {
    return firm.firm.mails("ownerNotice");
  }

  @Test
  void aReminderThatIsRefusedHoldsUpNobody() {
    String email = firm.staff().get("/me").expect(200).path("email").asText();
    Laptop.api()
        .post("/_local/mails/refuse", Api.json("to", email, "times", 1, "with", "MessageRejected"))
        .expect(200);
    firm.start(firm.staff(), "startedAt", ago("PT4H"));
    run();
    assertThat(mails()).isEmpty();
    Laptop.advance("PT4H");
    run();
    assertThat(mails()).hasSize(1);
  }
}
