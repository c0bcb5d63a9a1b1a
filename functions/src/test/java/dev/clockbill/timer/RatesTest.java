package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an hour costs: found when time is measured, and kept from then on. */
@StoppedClock
class RatesTest {
  private static final Instant NINE = Instant.parse("2026-01-15T09:00:00Z");
  private static final Instant TEN = NINE.plusSeconds(3600);

  private final TimerFirm firm = new TimerFirm();

  private void customersRate(Object rate) {
    firm.owner()
        .patch("/customers/" + firm.customer, "{\"rates\":{\"" + firm.service + "\":" + rate + "}}")
        .expect(200);
  }

  private void servicesRate(long rate) {
    firm.owner().patch("/services/" + firm.service, Api.json("hourlyRate", rate)).expect(200);
  }

  private void peoplesRates(Api whose, String change) {
    firm.owner().patch("/staff/" + staffId(whose), change).expect(200);
  }

  private static String staffId(Api whose) {
    return whose.get("/me").expect(200).path("staffId").asText();
  }

  private static String path(JsonNode entry) {
    return "/time-entries/" + entry.path("timeEntryId").asText();
  }

  private static void assertRate(JsonNode entry, long rate, String source) {
    assertThat(entry.path("hourlyRate").asLong()).isEqualTo(rate);
    assertThat(entry.path("rateSource").asText()).isEqualTo(source);
    assertThat(entry.path("amount").asLong()).isEqualTo(rate);
  }

  @Test
  void anEntrysOwnRateGoesBeforeTheCustomersAndThatBeforeTheServices() {
    assertRate(firm.enter(firm.staff(), NINE, TEN), 25_000, "service");
    customersRate(22_000);
    assertRate(firm.enter(firm.staff(), NINE, TEN), 22_000, "customer");
    assertRate(firm.enter(firm.staff(), NINE, TEN, "hourlyRate", 19_000), 19_000, "entry");
    customersRate(null);
    assertRate(firm.enter(firm.staff(), NINE, TEN), 25_000, "service");
  }

  @Test
  void zeroIsARate() {
    customersRate(0);
    assertRate(firm.enter(firm.staff(), NINE, TEN), 0, "customer");
    customersRate(22_000);
    assertRate(firm.enter(firm.staff(), NINE, TEN, "hourlyRate", 0), 0, "entry");
    customersRate(null);
    servicesRate(0);
    assertRate(firm.enter(firm.staff(), NINE, TEN), 0, "service");
  }

  @Test
  void theRateIsTheOneOfTheMomentWhenTheTimerStops() {
    String timer = firm.start(firm.staff());
    customersRate(30_000);
    JsonNode entry = firm.stop(firm.staff(), timer);
    customersRate(40_000);
    assertThat(entry.path("hourlyRate").asLong()).isEqualTo(30_000);
    assertThat(entry.path("rateSource").asText()).isEqualTo("customer");
    assertThat(firm.stop(firm.staff(), timer).path("hourlyRate").asLong()).isEqualTo(30_000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void failure6_aNewRateTouchesNothingThatWasMeasuredBefore(boolean sent) {
    JsonNode entry = firm.entry(firm.enter(firm.staff(), NINE, TEN).path("timeEntryId").asText());
    String invoiceId = entry.path("invoiceId").asText();
    JsonNode invoice = sent ? firm.firm.send(invoiceId) : firm.firm.invoice(invoiceId);
    servicesRate(99_000);
    customersRate(88_000);
    Laptop.settle();
    assertThat(firm.owner().get(path(entry)).expect(200))
        .isEqualTo(firm.entry(entry.path("timeEntryId").asText()));
    assertRate(firm.owner().get(path(entry)).expect(200), 25_000, "service");
    assertThat(firm.firm.invoice(invoiceId)).isEqualTo(invoice);
  }

  @Test
  void failure6_aNewRateDoesNotPriceOldTimeAnewUnlessItIsOtherWork() {
    JsonNode entry = firm.entry(firm.enter(firm.staff(), NINE, TEN).path("timeEntryId").asText());
    servicesRate(99_000);
    String path = path(entry);
    JsonNode noted = firm.staff().patch(path, "{\"note\":\"Call\"}").expect(200);
    assertThat(noted.path("amount").asLong()).isEqualTo(25_000);
    JsonNode shorter =
        firm.staff()
            .patch(path, Api.json("stoppedAt", NINE.plusSeconds(1800).toString()))
            .expect(200);
    assertThat(shorter.path("amount").asLong()).isEqualTo(12_500);
    String payroll = firm.firm.service("Payroll", 8_000);
    JsonNode other = firm.staff().patch(path, Api.json("serviceId", payroll)).expect(200);
    assertThat(other.path("hourlyRate").asLong()).isEqualTo(8_000);
    JsonNode own = firm.staff().patch(path, "{\"hourlyRate\":0}").expect(200);
    assertThat(own.path("rateSource").asText()).isEqualTo("entry");
    assertThat(own.path("amount").asLong()).isZero();
    JsonNode back =
        firm.staff()
            .patch(path, "{\"hourlyRate\":null,\"serviceId\":\"" + firm.service + "\"}")
            .expect(200);
    assertThat(back.path("rateSource").asText()).isEqualTo("service");
    assertThat(back.path("hourlyRate").asLong()).isEqualTo(99_000);
  }

  @Test
  void aPersonsRateGoesBeforeTheServicesAndTheirOwnForItBeforeThat() {
    Api sam = firm.staff();
    peoplesRates(sam, "{\"hourlyRate\":20000}");
    assertRate(firm.enter(sam, NINE, TEN), 20_000, "staff");
    assertRate(firm.enter(firm.owner(), NINE, TEN), 25_000, "service");
    peoplesRates(sam, "{\"rates\":{\"" + firm.service + "\":0}}");
    assertRate(firm.enter(sam, NINE, TEN), 0, "staff");
    customersRate(22_000);
    assertRate(firm.enter(sam, NINE, TEN), 22_000, "customer");
    customersRate(null);
    peoplesRates(sam, "{\"hourlyRate\":null,\"rates\":null}");
    assertRate(firm.enter(sam, NINE, TEN), 25_000, "service");
  }

  @Test
  void theRateIsOfWhoWorkedWhoeverStopsOrCorrectsIt() {
    Api sam = firm.staff();
    peoplesRates(sam, "{\"hourlyRate\":20000}");
    peoplesRates(firm.owner(), "{\"hourlyRate\":40000}");
    JsonNode entry = firm.stop(firm.owner(), firm.start(sam));
    assertThat(entry.path("hourlyRate").asLong()).isEqualTo(20_000);
    assertThat(entry.path("rateSource").asText()).isEqualTo("staff");
    String payroll = firm.firm.service("Payroll", 8_000);
    JsonNode other = firm.owner().patch(path(entry), Api.json("serviceId", payroll)).expect(200);
    assertThat(other.path("hourlyRate").asLong()).isEqualTo(20_000);
    firm.start(sam);
    sam.post("/timers", firm.body("onRunning", "stop")).expect(201);
    assertThat(
            sam.get("/time-entries?limit=1").expect(200).at("/timeEntries/0/hourlyRate").asLong())
        .isEqualTo(20_000);
  }

  @Test
  void failure6_aPersonsNewRateTouchesNothingThatWasMeasuredBefore() {
    JsonNode entry = firm.entry(firm.enter(firm.staff(), NINE, TEN).path("timeEntryId").asText());
    peoplesRates(firm.staff(), "{\"hourlyRate\":99000}");
    JsonNode shorter =
        firm.staff()
            .patch(path(entry), Api.json("stoppedAt", NINE.plusSeconds(1800).toString()))
            .expect(200);
    assertThat(shorter.path("amount").asLong()).isEqualTo(12_500);
    assertThat(shorter.path("rateSource").asText()).isEqualTo("service");
  }

  @Test
  void ratesOfPeopleAreCheckedMergedAndShownToOwnersAndToThemselves() {
    Api sam = firm.staff();
    String path = "/staff/" + staffId(sam);
    String rates = "{\"hourlyRate\":20000,\"rates\":{\"" + firm.service + "\":18000}}";
    assertThat(sam.patch(path, rates).word()).isEqualTo("owner-only");
    JsonNode changed = firm.owner().patch(path, rates).expect(200);
    assertThat(changed.path("hourlyRate").asLong()).isEqualTo(20_000);
    assertThat(changed.path("rates").path(firm.service).asLong()).isEqualTo(18_000);
    JsonNode me = sam.get("/me").expect(200);
    assertThat(me.path("hourlyRate").asLong()).isEqualTo(20_000);
    assertThat(me.path("rates")).isEqualTo(changed.path("rates"));
    peoplesRates(firm.owner(), "{\"hourlyRate\":40000}");
    assertThat(sam.get("/staff").expect(200).path("staff"))
        .filteredOn(member -> !member.path("hourlyRate").isNull())
        .extracting(member -> member.path("staffId").asText())
        .containsExactly(staffId(sam));
    for (String wrong :
        List.of(
            "{\"hourlyRate\":-1}",
            "{\"hourlyRate\":1000000001}",
            "{\"rates\":{\"01ARZ3NDEKTSV4RRFFQ69G5FAV\":1}}")) {
      assertThat(firm.owner().patch(path, wrong).status()).isEqualTo(400);
    }
    assertThat(sam.get("/me").expect(200)).isEqualTo(me);
  }
}
