package dev.clockbill.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Time that is kept and not billed: by its service, or because a person says so. */
@StoppedClock
class BillableTest {
  private static final Instant NINE = Instant.parse("2026-01-15T09:00:00Z");
  private static final Instant TEN = NINE.plusSeconds(3600);

  private final TimerFirm firm = new TimerFirm();

  private JsonNode entered(Object... more) {
    return firm.enter(firm.staff(), NINE, TEN, more);
  }

  private JsonNode drafted() {
    return firm.entry(entered().path("timeEntryId").asText());
  }

  private static String path(JsonNode entry) {
    return "/time-entries/" + entry.path("timeEntryId").asText();
  }

  private JsonNode said(JsonNode entry, String billable) {
    return firm.staff().patch(path(entry), "{\"billable\":" + billable + "}").expect(200);
  }

  private List<String> in(String state) {
    Laptop.settle();
    JsonNode list = firm.owner().get("/time-entries?state=" + state).expect(200);
    return StreamSupport.stream(list.path("timeEntries").spliterator(), false)
        .map(entry -> entry.path("timeEntryId").asText())
        .toList();
  }

  private static void assertKept(JsonNode entry) {
    assertThat(entry.path("billable").asBoolean()).isFalse();
    assertThat(entry.path("amount").asLong()).isZero();
    assertThat(entry.path("billedMinutes").asLong()).isEqualTo(60);
    assertThat(entry.path("hourlyRate").asLong()).isEqualTo(25_000);
    assertThat(entry.path("invoiceId").isNull()).isTrue();
  }

  private void service(String change) {
    firm.owner().patch("/services/" + firm.service, change).expect(200);
  }

  @Test
  void timeThatIsNotBillableIsKeptAndNeverDrafted() {
    JsonNode entry = entered("billable", false);
    assertKept(entry);
    Laptop.skip(Duration.ofHours(1));
    assertKept(firm.entry(entry.path("timeEntryId").asText()));
    assertThat(in("nonBillable")).containsExactly(entry.path("timeEntryId").asText());
    assertThat(in("unbilled")).isEmpty();
    assertThat(firm.owner().get("/reports/overview").expect(200).at("/unbilled/count").asLong())
        .isZero();
    assertThat(
            firm.owner()
                .get("/reports/hours?from=2026-01-12&to=2026-01-18")
                .expect(200)
                .at("/rows/0/measuredSeconds")
                .asLong())
        .isEqualTo(3600);
  }

  @Test
  void aTimersTimeIsBilledAsItsServiceSaysUnlessAPersonSaysOtherwise() {
    String asked = firm.start(firm.staff(), "billable", false);
    assertThat(firm.stop(firm.staff(), asked).path("billable").asBoolean()).isFalse();
    String timer = firm.start(firm.staff());
    service("{\"billable\":false}");
    assertThat(firm.stop(firm.staff(), timer).path("billable").asBoolean()).isFalse();
    JsonNode running = firm.staff().post("/timers", firm.body()).expect(201);
    assertThat(running.path("billable").asBoolean()).isFalse();
    String path = "/timers/" + running.path("timerId").asText();
    assertThat(
            firm.staff()
                .patch(path, "{\"billable\":true}")
                .expect(200)
                .path("billable")
                .asBoolean())
        .isTrue();
    assertThat(firm.staff().get("/timers/running").expect(200).at("/timer/billable").asBoolean())
        .isTrue();
    JsonNode entry = firm.stop(firm.staff(), running.path("timerId").asText());
    assertThat(entry.path("billable").asBoolean()).isTrue();
    assertThat(in("drafted")).containsExactly(entry.path("timeEntryId").asText());
  }

  @Test
  void timeOnAServiceOfAFixedPriceIsNotBilledUnlessAPersonSaysSo() {
    service("{\"kind\":\"fixed\",\"fixedPrice\":75000}");
    assertKept(entered());
    JsonNode extra = entered("billable", true);
    assertThat(extra.path("amount").asLong()).isEqualTo(25_000);
    assertThat(in("drafted")).containsExactly(extra.path("timeEntryId").asText());
  }

  @Test
  void whatBecomesBillableLaterWaitsForAPerson() {
    JsonNode entry = entered("billable", false, "hourlyRate", 18_000);
    JsonNode now = said(entry, "true");
    assertThat(now.path("amount").asLong()).isEqualTo(18_000);
    Laptop.skip(Duration.ofHours(1));
    assertThat(in("unbilled")).containsExactly(entry.path("timeEntryId").asText());
    String invoice =
        Api.json(
            "customerId",
            firm.customer,
            "timeEntryIds",
            List.of(entry.path("timeEntryId").asText()));
    assertThat(firm.owner().post("/invoices", invoice).expect(201).path("total").asLong())
        .isEqualTo(18_000);
  }

  @Test
  void whatIsNotBillableAnyMoreLeavesItsDraftInTheSameMoment() {
    JsonNode entry = drafted();
    String invoice = entry.path("invoiceId").asText();
    assertKept(said(entry, "false"));
    JsonNode draft = firm.firm.invoice(invoice);
    assertThat(draft.path("lines")).isEmpty();
    assertThat(draft.path("total").asLong()).isZero();
    Laptop.skip(Duration.ofHours(1));
    assertThat(in("nonBillable")).containsExactly(entry.path("timeEntryId").asText());
    assertThat(in("drafted")).isEmpty();
  }

  @Test
  void timeThatIsStillToBeDraftedIsNotOnceItIsNotBillable() {
    Laptop.fault("Timers", "states", "StartExecution", "before", 9);
    JsonNode entry = entered();
    Laptop.fault("Timers", "states", "StartExecution", "before", 0);
    assertKept(said(entry, "false"));
    JsonNode again = said(entry, "true");
    Laptop.skip(Duration.ofHours(1));
    assertThat(in("unbilled")).containsExactly(again.path("timeEntryId").asText());
  }

  @Test
  void timeOnAFrozenInvoiceStaysBillable() {
    JsonNode entry = drafted();
    firm.firm.send(entry.path("invoiceId").asText());
    assertThat(firm.owner().patch(path(entry), "{\"billable\":false}").word())
        .isEqualTo("time-billed");
    assertThat(in("billed")).containsExactly(entry.path("timeEntryId").asText());
  }

  @Test
  void timeThatIsNotBillableIsRefusedOnInvoices() {
    String id = entered("billable", false).path("timeEntryId").asText();
    String invoice = Api.json("customerId", firm.customer, "timeEntryIds", List.of(id));
    Api.Answer refused = firm.owner().post("/invoices", invoice);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.word()).isEqualTo("time-not-billable");
    String draft = firm.firm.draft(firm.customer, 100);
    assertThat(
            firm.owner()
                .with("if-match", "\"1\"")
                .patch("/invoices/" + draft, "{\"lines\":[{\"timeEntryId\":\"" + id + "\"}]}")
                .word())
        .isEqualTo("time-not-billable");
    assertThat(in("nonBillable")).containsExactly(id);
  }

  @Test
  void anotherServiceSaysItAnewUnlessAPersonHasSaidIt() {
    String internal = firm.firm.service("Internal", 25_000);
    firm.owner().patch("/services/" + internal, "{\"billable\":false}").expect(200);
    String toInternal = Api.json("serviceId", internal);
    JsonNode moved = firm.staff().patch(path(drafted()), toInternal).expect(200);
    assertKept(moved);
    String back = Api.json("serviceId", firm.service);
    assertThat(firm.staff().patch(path(moved), back).expect(200).path("billable").asBoolean())
        .isTrue();
    JsonNode meant = entered("billable", false);
    firm.staff().patch(path(meant), toInternal).expect(200);
    JsonNode still = firm.staff().patch(path(meant), back).expect(200);
    assertThat(still.path("billable").asBoolean()).isFalse();
    assertThat(said(still, "null").path("billable").asBoolean()).isTrue();
  }
}
