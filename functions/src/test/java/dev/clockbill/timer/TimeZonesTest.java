package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.shared.LocalTexts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failure 15, against the stack: clocks that change, and days that differ from zone to zone. */
@StoppedClock
class TimeZonesTest {
  private final TimerFirm firm = new TimerFirm();

  private void in(String zone) {
    firm.owner().patch("/firm", Api.json("timeZone", zone)).expect(200);
  }

  private JsonNode line(JsonNode entry) {
    JsonNode drafted = firm.entry(entry.path("timeEntryId").asText());
    return firm.firm.invoice(drafted.path("invoiceId").asText()).path("lines").path(0);
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2026-03-08T06:30:00Z, 2026-03-08",
    "America/New_York, 2025-11-02T05:30:00Z, 2025-11-02",
    "Europe/London, 2026-03-29T00:30:00Z, 2026-03-29",
    "Europe/London, 2025-10-26T00:30:00Z, 2025-10-26",
    "Australia/Lord_Howe, 2026-04-04T14:30:00Z, 2026-04-05",
    "Australia/Lord_Howe, 2025-10-04T15:00:00Z, 2025-10-05"
  })
  void failure15_anHourAcrossAChangeOfClocksIsBilledAsAnHour(
      String zone, Instant startedAt, LocalDate day) {
    in(zone);
    JsonNode entry = firm.enter(firm.staff(), startedAt, startedAt.plus(Duration.ofHours(1)));
    assertThat(entry.path("workedOn").asText()).isEqualTo(day.toString());
    assertThat(entry.path("measuredSeconds").asLong()).isEqualTo(3600);
    assertThat(entry.path("billedMinutes").asLong()).isEqualTo(60);
    assertThat(entry.path("amount").asLong()).isEqualTo(25_000);
    assertThat(line(entry).path("billedMinutes").asLong()).isEqualTo(60);
    assertThat(line(entry).path("amount").asLong()).isEqualTo(25_000);
  }

  @ParameterizedTest
  @CsvSource({"Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "America/New_York"})
  void failure15_workAtHalfPastElevenIsOnThatLocalDay(ZoneId zone) {
    in(zone.getId());
    LocalDate day = LocalDate.of(2026, 1, 15);
    Instant late = day.atTime(23, 30).atZone(zone).toInstant();
    JsonNode entry = firm.enter(firm.staff(), late, late.plus(Duration.ofHours(1)));
    assertThat(entry.path("workedOn").asText()).isEqualTo(day.toString());
    assertThat(line(entry).path("workedOn").asText()).isEqualTo(day.toString());
    assertThat(listed(day)).hasSize(1);
    assertThat(listed(day.minusDays(1))).isEmpty();
    assertThat(listed(day.plusDays(1))).isEmpty();
  }

  private JsonNode listed(LocalDate day) {
    return firm.owner()
        .get("/time-entries?from=" + day + "&to=" + day)
        .expect(200)
        .path("timeEntries");
  }

  @Test
  void failure15_anInvoiceSentLateIsDatedByThatLocalDay() {
    ZoneId zone = ZoneId.of("America/New_York");
    in(zone.getId());
    LocalDate day = LocalDate.ofInstant(TimerFirm.now(), zone).plusDays(1);
    Instant late = day.atTime(LocalTime.of(23, 30)).atZone(zone).toInstant();
    Laptop.skipTo(late);
    JsonNode entry = firm.firm.time(firm.customer, firm.service, 60);
    JsonNode sent = firm.firm.send(entry.path("invoiceId").asText());
    assertThat(sent.path("issuedOn").asText()).isEqualTo(day.toString());
    assertThat(sent.path("dueOn").asText()).isEqualTo(day.plusDays(14).toString());
    assertThat(firm.firm.mails("invoice").getFirst().path("text").asText())
        .contains(LocalTexts.of(Locale.US).date(day));
  }
}
