package dev.clockbill.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports, against the stack. */
@StoppedClock
class ReportsTest {
  private static final Api API = Laptop.api();

  private final TestFirm firm = Laptop.firm();
  private final String customer = firm.customer("Ada Lovelace");
  private final String service = firm.service("Tax Resolution", 25_000);

  private JsonNode overview() {
    return firm.owner().get("/reports/overview").expect(200);
  }

  private static JsonNode thisMonth(JsonNode overview) {
    return overview.path("months").path(11);
  }

  private void pay(String invoiceId) {
    String payUrl = firm.invoice(invoiceId).path("payUrl").asText();
    String checkout = API.post(payUrl + "/checkout").header("location").orElseThrow();
    API.post(checkout, Api.json("outcome", "paid")).expect(200);
    Laptop.settle();
  }

  private JsonNode realisation(LocalDate from, LocalDate to, String by) {
    return firm.staff()
        .get("/reports/realisation?from=" + from + "&to=" + to + "&by=" + by)
        .expect(200)
        .path("rows");
  }

  private static void assertSum(JsonNode sum, int count, long amount) {
    assertThat(sum.path("count").asInt()).isEqualTo(count);
    assertThat(sum.path("amount").asLong()).isEqualTo(amount);
  }

  @Test
  void aFreshFirmHasNothingToShow() {
    JsonNode overview = overview();
    assertThat(overview.path("currency").asText()).isEqualTo("USD");
    assertThat(overview.path("runningTimers").asInt()).isZero();
    for (String sum : List.of("drafts", "overdue", "unbilled")) {
      assertSum(overview.path(sum), 0, 0);
    }
    assertThat(overview.path("months")).hasSize(12);
  }

  @Test
  void theOverviewFollowsTimeFromTheTimerToThePayment() {
    String timer = firm.start(customer, service);
    assertThat(overview().path("runningTimers").asInt()).isEqualTo(1);
    firm.owner().delete("/timers/" + timer).expect(204);
    String invoiceId = firm.time(customer, service, 60).path("invoiceId").asText();
    JsonNode drafted = overview();
    assertThat(drafted.path("runningTimers").asInt()).isZero();
    assertSum(drafted.path("drafts"), 1, 25_000);
    assertSum(drafted.path("unbilled"), 0, 0);

    firm.send(invoiceId);
    JsonNode sent = overview();
    assertSum(sent.path("drafts"), 0, 0);
    assertThat(thisMonth(sent).path("month").asText())
        .isEqualTo(firm.invoice(invoiceId).path("issuedOn").asText().substring(0, 7));
    assertThat(thisMonth(sent).path("billed").asLong()).isEqualTo(25_000);
    assertThat(thisMonth(sent).path("paid").asLong()).isZero();

    pay(invoiceId);
    assertThat(thisMonth(overview()).path("paid").asLong()).isEqualTo(25_000);
  }

  @Test
  void moneyReceivedElsewhereCountsInTheMonthItWasReceivedInUntilItIsTakenBack() {
    String invoiceId = firm.time(customer, service, 60).path("invoiceId").asText();
    LocalDate issuedOn = LocalDate.parse(firm.send(invoiceId).path("issuedOn").asText());
    String payments = "/invoices/" + invoiceId + "/payments";
    record(payments, 10_000, issuedOn.withDayOfMonth(1).minusDays(1));
    String wrong = record(payments, 15_000, issuedOn).path("paymentId").asText();
    assertThat(overview().path("months").path(10).path("paid").asLong()).isEqualTo(10_000);
    assertThat(thisMonth(overview()).path("paid").asLong()).isEqualTo(15_000);
    firm.owner().delete(payments + "/" + wrong).expect(204);
    assertThat(thisMonth(overview()).path("paid").asLong()).isZero();
  }

  private JsonNode record(String payments, long amount, LocalDate receivedOn) {
    String received = receivedOn.toString();
    return firm.owner()
        .post(payments, Api.json("amount", amount, "method", "Cheque", "receivedOn", received))
        .expect(201);
  }

  @Test
  void timeOfADeletedDraftIsUnbilled() {
    String invoiceId = firm.time(customer, service, 60).path("invoiceId").asText();
    firm.owner().delete("/invoices/" + invoiceId).expect(204);
    JsonNode overview = overview();
    assertSum(overview.path("drafts"), 0, 0);
    assertSum(overview.path("unbilled"), 1, 25_000);
  }

  private JsonNode rows(String path) {
    return firm.staff().get(path).expect(200).path("rows");
  }

  @Test
  void whatIsOwedAndUnbilledIsSaidByAgeAndOfEachCustomer() {
    String invoiceId = firm.time(customer, service, 60).path("invoiceId").asText();
    firm.send(invoiceId);
    firm.owner()
        .delete("/invoices/" + firm.time(customer, service, 30).path("invoiceId").asText())
        .expect(204);
    assertThat(rows("/reports/receivables").path(0).path("notDue").asLong()).isEqualTo(25_000);
    Laptop.skip(Duration.ofDays(50));
    JsonNode owed = rows("/reports/receivables");
    assertThat(owed).hasSize(1);
    assertThat(owed.path(0).path("name").asText()).isEqualTo("Ada Lovelace");
    assertThat(owed.path(0).path("days60").asLong()).isEqualTo(25_000);
    assertThat(owed.path(0).path("total").asLong()).isEqualTo(25_000);
    JsonNode unbilled = rows("/reports/unbilled");
    assertThat(unbilled.path(0).path("days60").asLong()).isEqualTo(12_500);
    assertThat(unbilled.path(0).path("billedMinutes").asLong()).isEqualTo(30);
    JsonNode sums = firm.staff().get("/customers/" + customer).expect(200).path("sums");
    assertThat(sums.path("open").asLong()).isEqualTo(25_000);
    assertThat(sums.path("overdue").asLong()).isEqualTo(25_000);
    assertThat(sums.path("unbilled").asLong()).isEqualTo(12_500);
    assertThat(sums.path("lastActivityAt").isNull()).isFalse();
    JsonNode listed =
        firm.staff().get("/customers?sums=true&active=true").expect(200).path("customers");
    assertThat(listed.path(0).path("sums")).isEqualTo(sums);
    assertThat(firm.staff().get("/customers?active=false").expect(200).path("customers")).isEmpty();
    assertThat(firm.staff().get("/customers?active=perhaps").word()).isEqualTo("invalid-request");
    Api csv = firm.staff().with("accept", "text/csv");
    assertThat(csv.get("/reports/receivables").body())
        .startsWith("name,currency,invoices,notDue,notDueDecimal")
        .contains("Ada Lovelace,USD,1,0,0.00");
    assertThat(csv.get("/reports/unbilled").body()).contains("Ada Lovelace,USD,1,30,");
  }

  @Test
  void hoursAreThoseOfTheEntriesByPersonAndWeek() {
    JsonNode entry = firm.time(customer, service, 90);
    firm.send(entry.path("invoiceId").asText());
    firm.time(customer, service, 30);
    LocalDate day = LocalDate.parse(entry.path("workedOn").asText());
    LocalDate week = day.with(DayOfWeek.MONDAY);
    String period = "from=" + week + "&to=" + week.plusDays(6);
    JsonNode rows = rows("/reports/hours?weekHours=37.5&" + period);
    assertThat(rows).hasSize(1);
    JsonNode row = rows.path(0);
    assertThat(row.path("week").asText()).isEqualTo(week.toString());
    assertThat(row.path("measuredSeconds").asLong()).isEqualTo(7_200);
    assertThat(row.path("billedMinutes").asLong()).isEqualTo(90);
    assertThat(row.path("availableMinutes").asLong()).isEqualTo(2_250);
    assertThat(row.path("utilisationPercent").asText()).isEqualTo("5.3");
    assertThat(rows("/reports/hours?" + period).path(0).path("availableMinutes").asLong())
        .isEqualTo(2_400);
    assertThat(firm.staff().with("accept", "text/csv").get("/reports/hours?" + period).body())
        .contains(",7200,90,2400,5.0,0,0,5.0,");
    for (String wrong : List.of("", "0", "169", "-1", "forty")) {
      assertThat(firm.staff().get("/reports/hours?" + period + "&weekHours=" + wrong).word())
          .as(wrong)
          .isEqualTo("invalid-request");
    }
  }

  @Test
  void realisationIsOfTimeThatIsSentAndPaid() {
    JsonNode entry = firm.time(customer, service, 60);
    String invoiceId = entry.path("invoiceId").asText();
    LocalDate day = LocalDate.parse(entry.path("workedOn").asText());
    assertThat(realisation(day, day, "customer")).isEmpty();
    firm.owner()
        .ifMatch(firm.invoice(invoiceId).path("version").asLong())
        .patch("/invoices/" + invoiceId, "{\"discount\": {\"percent\": \"10\"}}")
        .expect(200);
    firm.send(invoiceId);
    pay(invoiceId);
    firm.owner().patch("/customers/" + customer, Api.json("name", "Ada King")).expect(200);

    JsonNode rows = realisation(day, day, "customer");
    assertThat(rows).hasSize(1);
    JsonNode row = rows.path(0);
    assertThat(row.path("id").asText()).isEqualTo(customer);
    assertThat(row.path("name").asText()).isEqualTo("Ada King");
    assertThat(row.path("measuredSeconds").asLong()).isEqualTo(3_600);
    assertThat(row.path("billedMinutes").asLong()).isEqualTo(60);
    assertThat(row.path("billed").asLong()).isEqualTo(22_500);
    assertThat(row.path("paid").asLong()).isEqualTo(22_500);
    assertThat(row.path("currency").asText()).isEqualTo("USD");
    assertThat(realisation(day, day, "service").path(0).path("name").asText())
        .isEqualTo("Tax Resolution");
    assertThat(realisation(day, day, "staff").path(0).path("id"))
        .isEqualTo(firm.owner().get("/me").expect(200).path("staffId"));
    assertThat(realisation(day.minusDays(9), day.minusDays(1), "customer")).isEmpty();
    assertThat(realisation(day.plusDays(1), day.plusDays(9), "customer")).isEmpty();
  }

  @Test
  void timeThatIsNotBilledIsToldApart() {
    String fixed = firm.fixedPriced("Tax return", 45_000);
    LocalDate day = LocalDate.parse(firm.time(customer, fixed, 90).path("workedOn").asText());
    JsonNode worked = firm.time(customer, service, 30);
    firm.owner()
        .patch("/time-entries/" + worked.path("timeEntryId").asText(), "{\"billable\":false}")
        .expect(200);
    String invoiceId = firm.draft(customer, "serviceId", fixed).path("invoiceId").asText();
    firm.send(invoiceId);
    JsonNode byService = realisation(day, day.plusDays(1), "service");
    assertThat(byService.path(1).path("name").asText()).isEqualTo("Tax return");
    assertThat(byService.path(1).path("billed").asLong()).isZero();
    assertThat(byService.path(1).path("paid").asLong()).isZero();
    assertThat(byService.path(1).path("fixedPriceBilled").asLong()).isEqualTo(45_000);
    assertThat(byService.path(1).path("measuredSeconds").asLong()).isEqualTo(5_400);
    assertThat(byService.path(1).path("fixedPriceSeconds").asLong()).isEqualTo(5_400);
    assertThat(byService.path(1).path("perHour").asLong()).isEqualTo(30_000);
    assertThat(byService.path(0).path("measuredSeconds").asLong()).isEqualTo(1_800);
    assertThat(byService.path(0).path("nonBillableSeconds").asLong()).isEqualTo(1_800);
    assertThat(byService.path(0).path("perHour").asLong()).isZero();
    String period = "from=" + day + "&to=" + day.plusDays(1);
    JsonNode hours = rows("/reports/hours?" + period).path(0);
    assertThat(hours.path("measuredSeconds").asLong()).isEqualTo(7_200);
    assertThat(hours.path("nonBillableSeconds").asLong()).isEqualTo(1_800);
    assertThat(hours.path("fixedPriceSeconds").asLong()).isEqualTo(5_400);
    assertThat(
            firm.staff()
                .with("accept", "text/csv")
                .get("/reports/realisation?by=service&" + period)
                .body())
        .contains("Tax return,USD,5400,0,0,0.00,0,0.00,45000,450.00,0,5400,30000,300.00,");
    assertSum(overview().path("unbilled"), 0, 0);
  }

  @Test
  void moreInvoicesThanOneReadTakesAreAllAddedUp() {
    String body =
        "{\"customerId\":\"%s\",\"lines\":[{\"kind\":\"fixed\",\"description\":\"Fee\",\"amount\":7}]}"
            .formatted(customer);
    for (int made = 0; made < 101; made++) {
      firm.owner().post("/invoices", body).expect(201);
    }
    assertSum(overview().path("drafts"), 101, 707);
  }

  @ParameterizedTest
  @CsvSource({
    "from=2026-01-01&to=2026-11-25",
    "to=2026-11-25&by=staff",
    "from=2026-01-01&by=staff",
    "from=2026-01-01&to=2026-11-25&by=weather",
    "from=2026-01-01&to=yesterday&by=staff",
    "from=2026-11-25&to=2026-11-24&by=staff",
    "from=2025-01-01&to=2026-02-01&by=staff"
  })
  void aReportOfNothingOrOfTooMuchIsRefused(String query) {
    Api.Answer refused = firm.owner().get("/reports/realisation?" + query);
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.word()).isEqualTo("invalid-request");
  }

  @Test
  void aReportMayEndOnTheLastDayOfAll() {
    LocalDate last = LocalDate.of(9999, 12, 31);
    assertThat(realisation(last.minusDays(30), last, "staff")).isEmpty();
  }

  @Test
  void aReportSpansThirteenMonths() {
    assertThat(realisation(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 1, 31), "staff")).isEmpty();
  }
}
