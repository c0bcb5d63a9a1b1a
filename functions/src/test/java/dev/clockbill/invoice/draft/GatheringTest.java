package dev.clockbill.invoice.draft;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.AtOnce;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.shared.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several time entries on one invoice: put there by a person, or by the workflow. */
@StoppedClock
class GatheringTest {
  private TestFirm firm;
  private String customer;
  private String service;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
    customer = firm.customer("Lindqvist Joinery");
    service = firm.service("Tax Resolution", 25_000);
  }

  /** An hour that ended some days ago, taken off its draft again. */
  private String unbilled(long daysAgo) {
    Instant end =
        Laptop.stack()
            .clock()
            .instant()
            .truncatedTo(ChronoUnit.SECONDS)
            .minus(daysAgo, ChronoUnit.DAYS);
    String id =
        firm.entered(customer, service, "startedAt", end.minusSeconds(3_600), "stoppedAt", end)
            .path("timeEntryId")
            .asText();
    Laptop.settle();
    firm.owner().delete("/invoices/" + invoiceOf(id)).expect(204);
    return id;
  }

  private String invoiceOf(String timeEntryId) {
    JsonNode id = firm.owner().get("/time-entries/" + timeEntryId).expect(200).path("invoiceId");
    return id.isNull() ? null : id.asText();
  }

  private String gathering(List<String> timeEntryIds) {
    return Api.json("customerId", customer, "timeEntryIds", timeEntryIds);
  }

  private JsonNode timeIn(String state) {
    return firm.owner().get("/time-entries?state=" + state).expect(200).path("timeEntries");
  }

  private JsonNode invoices() {
    return firm.owner().get("/invoices").expect(200).path("invoices");
  }

  @Test
  void timeOfSeveralMonthsGoesOnOneInvoice() {
    List<String> entries = List.of(unbilled(65), unbilled(33), unbilled(2));
    JsonNode draft = firm.owner().post("/invoices", gathering(entries)).expect(201);
    assertThat(draft.path("lines").findValuesAsText("timeEntryId")).isEqualTo(entries);
    assertThat(
            StreamSupport.stream(draft.path("lines").spliterator(), false)
                .map(line -> line.path("workedOn").asText().substring(0, 7))
                .distinct())
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(draft.path("total").asLong()).isEqualTo(75_000);
    assertThat(timeIn("drafted")).hasSize(3);
    assertThat(timeIn("unbilled")).isEmpty();
    JsonNode sent = firm.send(draft.path("invoiceId").asText());
    assertThatInvoice(sent).isIn("sent");
    assertThat(timeIn("billed")).hasSize(3);
  }

  @Test
  void ifSomeOfItCannotBeBilledNothingChanges() {
    String free = unbilled(1);
    String billed = firm.time(customer, service, 30).path("timeEntryId").asText();
    firm.send(invoiceOf(billed));
    int before = invoices().size();
    assertThat(firm.owner().post("/invoices", gathering(List.of(free, billed))).word())
        .isEqualTo("time-billed");
    firm.owner().patch("/firm", "{\"currency\":\"EUR\"}").expect(200);
    String euros = unbilled(1);
    assertThat(firm.owner().post("/invoices", gathering(List.of(free, euros))).word())
        .isEqualTo("currency-differs");
    assertThat(invoices()).hasSize(before);
    assertThat(timeIn("unbilled")).hasSize(2);
    assertThat(
            firm.owner()
                .post("/invoices", gathering(List.of(euros)))
                .expect(201)
                .path("currency")
                .asText())
        .isEqualTo("EUR");
  }

  @Test
  void failure7_timeNamedTwiceOrTooOftenIsRefused() {
    String entry = unbilled(1);
    Answer twice =
        firm.owner()
            .post(
                "/invoices",
                Api.json(
                    "customerId", customer,
                    "timeEntryIds", List.of(entry),
                    "lines", List.of(Map.of("timeEntryId", entry))));
    assertThat(twice.status()).as(twice.toString()).isEqualTo(400);
    assertThat(twice.json().path("errors").findValuesAsText("field"))
        .containsExactly("lines[0].timeEntryId");
    List<String> ids = Stream.generate(Ids::next).limit(2 * Invoice.MOST_LINES).toList();
    Answer tooOften =
        firm.owner()
            .post(
                "/invoices",
                Api.json(
                    "customerId", customer,
                    "timeEntryIds", ids.subList(0, Invoice.MOST_LINES),
                    "lines",
                        ids.stream()
                            .skip(Invoice.MOST_LINES)
                            .map(id -> Map.of("timeEntryId", id))
                            .toList()));
    assertThat(tooOften.status()).as(tooOften.toString()).isEqualTo(400);
    assertThat(invoices()).isEmpty();
    assertThat(timeIn("unbilled")).hasSize(1);
  }

  @Test
  void linesThatTakeMoreThanAnInvoiceHoldsAreRefused() {
    // 2,000 letters and some 220 bytes around them each: 150 of them fit into 350,000 bytes.
    Answer tooLong = firm.owner().post("/invoices", longLines(160));
    assertThat(tooLong.status()).as(tooLong.toString()).isEqualTo(400);
    assertThat(tooLong.json().path("errors").findValuesAsText("field")).containsExactly("lines");
    assertThat(invoices()).isEmpty();
    JsonNode made = firm.owner().post("/invoices", longLines(150)).expect(201);
    assertThat(made.path("lines")).hasSize(150);
  }

  private String longLines(int count) {
    Map<String, Object> line =
        Map.of("kind", "fixed", "description", "x".repeat(2_000), "amount", 100);
    return Api.json("customerId", customer, "lines", Collections.nCopies(count, line));
  }

  @Test
  void failure7_manyWhoInvoiceTheSameTimeAtOnceBillItOnce() {
    List<String> entries = List.of(unbilled(3), unbilled(2), unbilled(1));
    List<Answer> answers =
        AtOnce.all(
            12,
            n ->
                firm.users()
                    .get(n % 2)
                    .post(
                        "/invoices",
                        gathering(List.of(entries.get(n % 3), entries.get((n + 1) % 3)))));
    assertThat(answers).extracting(Answer::status).containsOnlyOnce(201);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .extracting(Answer::word)
        .containsOnly("time-billed");
    assertThat(invoices()).hasSize(1);
    assertThat(timeIn("drafted")).hasSize(2);
    assertThat(timeIn("unbilled")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void failure7_aCallThatFailsBillsAllOrNothing(String when) {
    List<String> entries = List.of(unbilled(3), unbilled(2));
    Api keyed = firm.owner().with("idempotency-key", "gather-" + when);
    Laptop.fault("Invoices", "dynamodb", "TransactWriteItems", when, 4);
    Answer failed = keyed.post("/invoices", gathering(entries));
    Laptop.fault("Invoices", "dynamodb", "TransactWriteItems", when, 0);
    assertThat(failed.status()).isIn(201, 500);
    int made = invoices().size();
    assertThat(timeIn("drafted")).hasSize(made * 2);
    assertThat(timeIn("unbilled")).hasSize(2 - made * 2);
    Laptop.advance("PT1M");
    keyed.post("/invoices", gathering(entries)).expect(201);
    assertThat(invoices()).hasSize(1);
    assertThat(invoiceOf(entries.get(0))).isNotNull().isEqualTo(invoiceOf(entries.get(1)));
  }

  @Test
  void failure7_stopsAtOnceAllComeOnTheOneOpenDraft() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"appendToDraft\"}}").expect(200);
    List<String> timers = new ArrayList<>();
    for (Api user : firm.users()) {
      timers.add(
          user.post("/timers", Api.json("customerId", customer, "serviceId", service))
              .expect(201)
              .path("timerId")
              .asText());
    }
    Laptop.advance("PT1H");
    AtOnce.all(2, n -> firm.users().get(n).post("/timers/" + timers.get(n) + "/stop"));
    Laptop.settle();
    String draft = invoiceOf(timers.getFirst());
    assertThat(draft).isNotNull().isEqualTo(invoiceOf(timers.getLast()));
    assertThat(firm.invoice(draft).path("lines")).hasSize(2);
    assertThat(invoices()).hasSize(1);
  }

  @Test
  void aFullDraftAndOneInAnotherCurrencyAreNotAppendedTo() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"appendToDraft\"}}").expect(200);
    String first = invoiceOf(firm.time(customer, service, 60).path("timeEntryId").asText());
    List<Object> lines = new ArrayList<>();
    firm.invoice(first).path("lines").forEach(lines::add);
    while (lines.size() < Invoice.MOST_LINES) {
      lines.add(Map.of("kind", "fixed", "description", "Page", "amount", 100));
    }
    firm.owner()
        .ifMatch(firm.invoice(first).path("version").asLong())
        .patch("/invoices/" + first, Api.json("lines", lines))
        .expect(200);
    String second = firm.time(customer, service, 60).path("invoiceId").asText();
    assertThat(second).isNotEqualTo(first);
    assertThat(firm.time(customer, service, 60).path("invoiceId").asText()).isEqualTo(second);
    firm.owner().patch("/firm", "{\"currency\":\"EUR\"}").expect(200);
    String euros = firm.time(customer, service, 60).path("invoiceId").asText();
    assertThat(euros).isNotEqualTo(second);
    assertThat(firm.invoice(euros).path("currency").asText()).isEqualTo("EUR");
  }
}
