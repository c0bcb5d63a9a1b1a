package dev.clockbill.journey;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Eventually;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The main job, from outside: time of three customers is tracked, billed, sent; one pays, one is
 * declined, one does not pay.
 */
@OnStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobJourneyTest {
  private static final long RATE = 25_000;

  private final String run = Long.toString(System.nanoTime(), 36);

  private Stage stage;
  private TestFirm firm;
  private Billed minute;
  private Billed hour;
  private Billed day;

  /** What one customer is billed. */
  private record Billed(String email, JsonNode entry, String invoiceId) {}

  @BeforeAll
  void open() {
    stage = Stage.open();
    firm = stage.firm();
    if (stage.hasControls()) {
      stage.stopTime(true);
    }
  }

  @AfterAll
  void letTimeRun() {
    if (stage.hasControls()) {
      stage.stopTime(false);
    }
  }

  @Test
  @Order(1)
  void stoppedTimersBecomeDraftsToTheMinute() {
    String service = firm.service("Tax Resolution", RATE);
    minute = tracked("Nordlicht Solar", service, Duration.ofMinutes(1));
    hour = tracked("Harbor Bakery", service, Duration.ofMinutes(59).plusSeconds(30));
    day = tracked("Ibis & Sons", service, Duration.ofHours(8));
    assertTime(minute, 60, 1, 417);
    assertTime(hour, 3_570, 60, 25_000);
    assertTime(day, 28_800, 480, 200_000);
    for (Billed billed : List.of(minute, hour, day)) {
      JsonNode draft = read(billed);
      assertThatInvoice(draft).isIn("draft");
      assertThat(draft.path("number").isNull()).isTrue();
      assertThat(draft.path("lines")).hasSize(1);
      assertThat(draft.path("total").asLong()).isEqualTo(billed.entry().path("amount").asLong());
    }
  }

  private Billed tracked(String name, String service, Duration worked) {
    String email =
        name.replaceAll("\\W", "").toLowerCase(java.util.Locale.ROOT) + "@" + run + ".example";
    String customer = firm.customer(name, email);
    JsonNode entry =
        stage.hasControls()
            ? trackedByTheClock(customer, service, worked)
            : trackedAsStated(customer, service, worked);
    return new Billed(email, entry, Stage.invoiceOf(firm, entry.path("timeEntryId").asText()));
  }

  private JsonNode trackedByTheClock(String customer, String service, Duration worked) {
    String timer = firm.start(customer, service);
    stage.pass(worked);
    JsonNode entry = firm.stop(timer);
    assertThat(firm.stop(timer).path("stoppedAt")).isEqualTo(entry.path("stoppedAt"));
    return entry;
  }

  /** Where time cannot be moved, a start and an end in the past are stated. */
  private JsonNode trackedAsStated(String customer, String service, Duration worked) {
    Instant stop = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String body =
        Api.json(
            "customerId", customer,
            "serviceId", service,
            "startedAt", stop.minus(worked).toString());
    String timer = firm.owner().post("/timers", body).expect(201).path("timerId").asText();
    return firm.owner()
        .post("/timers/" + timer + "/stop", Api.json("stoppedAt", stop.toString()))
        .expect(200)
        .path("timeEntry");
  }

  private static void assertTime(Billed billed, long seconds, long minutes, long amount) {
    assertThat(billed.entry().path("measuredSeconds").asLong()).isEqualTo(seconds);
    assertThat(billed.entry().path("billedMinutes").asLong()).isEqualTo(minutes);
    assertThat(billed.entry().path("amount").asLong()).isEqualTo(amount);
    assertThat(billed.entry().path("needsConfirmation").asBoolean()).isFalse();
  }

  @Test
  @Order(2)
  void aDraftIsEditedByTheVersionThatWasRead() {
    JsonNode draft = read(hour);
    String path = "/invoices/" + hour.invoiceId();
    String line = draft.path("lines").path(0).toString();
    String edit =
        "{\"note\": \"With thanks\", \"lines\": [%s, {\"kind\": \"fixed\", \"description\": \"Filing fee\", \"amount\": 5000}]}"
            .formatted(line);
    assertThat(firm.owner().patch(path, edit).status()).isEqualTo(428);
    long version = draft.path("version").asLong();
    Answer edited = firm.owner().ifMatch(version).patch(path, edit);
    JsonNode now = edited.expect(200);
    assertThat(now.path("total").asLong()).isEqualTo(30_000);
    assertThat(now.path("lines")).hasSize(2);
    assertThat(now.path("version").asLong()).isGreaterThan(version);
    assertThat(edited.header("etag")).contains("\"" + now.path("version").asLong() + "\"");
    assertThat(firm.owner().ifMatch(version).patch(path, edit).word()).isEqualTo("version-changed");
  }

  @Test
  @Order(2)
  void aDraftMayBeDueOnAnotherDay() {
    String tomorrow = LocalDate.parse(day.entry().path("workedOn").asText()).plusDays(1).toString();
    JsonNode edited =
        firm.owner()
            .ifMatch(read(day).path("version").asLong())
            .patch("/invoices/" + day.invoiceId(), Api.json("dueOn", tomorrow))
            .expect(200);
    assertThat(edited.path("dueOn").asText()).isEqualTo(tomorrow);
  }

  @Test
  @Order(3)
  void sentInvoicesGetConsecutiveNumbersAndAPayLink() {
    List<Integer> numbers =
        List.of(minute, hour, day).stream()
            .map(this::sent)
            .map(invoice -> invoice.path("number").asText().replaceAll(".*?([0-9]+)$", "$1"))
            .map(Integer::valueOf)
            .toList();
    assertThat(numbers)
        .containsExactly(numbers.getFirst(), numbers.getFirst() + 1, numbers.getFirst() + 2);
    Answer again = firm.owner().post("/invoices/" + minute.invoiceId() + "/send");
    assertThat(again.status()).isEqualTo(202);
    Answer edit =
        firm.owner()
            .ifMatch(read(minute).path("version").asLong())
            .patch("/invoices/" + minute.invoiceId(), "{\"note\": \"Too late\"}");
    assertThat(edit.word()).isEqualTo("invoice-frozen");
  }

  private JsonNode sent(Billed billed) {
    JsonNode accepted = firm.owner().post("/invoices/" + billed.invoiceId() + "/send").expect(202);
    assertThat(accepted.path("state").asText()).isIn("sending", "sent");
    return Stage.invoice(firm, billed.invoiceId(), "sent");
  }

  @Test
  @Order(4)
  void theCustomersPageShowsWhatIsDue() {
    for (Billed billed : List.of(minute, hour, day)) {
      JsonNode invoice = read(billed);
      Answer page = stage.nobody().get(invoice.path("payUrl").asText());
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body()).contains(invoice.path("number").asText());
      assertThat(page.header("referrer-policy")).contains("no-referrer");
      assertThat(page.header("cache-control")).contains("no-store");
      byte[] pdf = stage.nobody().bytes(invoice.path("payUrl").asText() + "/invoice.pdf");
      assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }
    assertThat(stage.nobody().get("/pay/AAAAAAAAAAAAAAAAAAAAAA").status()).isEqualTo(404);
  }

  @Test
  @Order(5)
  void everyCustomerGotOneMailWithTheLink() {
    for (Billed billed : List.of(minute, hour, day)) {
      JsonNode invoice = read(billed);
      JsonNode mail = stage.mail("invoice", billed.email());
      assertThat(mail.path("subject").asText()).contains(invoice.path("number").asText());
      assertThat(mail.path("text").asText()).contains(invoice.path("payUrl").asText());
      assertThat(mail.path("html").asText()).contains(invoice.path("payUrl").asText());
      assertThat(mail.path("tags").path("invoiceId").asText()).isEqualTo(billed.invoiceId());
    }
  }

  @Test
  @Order(5)
  void thatTheMailsArrivedIsNoted() {
    stage.needsMails();
    for (Billed billed : List.of(minute, hour, day)) {
      Eventually.get(
          "the delivery to " + billed.email(),
          () -> read(billed).at("/delivery/status").asText(),
          "delivered"::equals);
    }
  }

  @Test
  @Order(6)
  void theOwnerOfTheTimerThatRanForHoursWasReminded() {
    stage.needs("POST /_local/clock");
    String owner = firm.owner().get("/me").expect(200).path("email").asText();
    assertThat(stage.mails("timerReminder", owner))
        .hasSizeBetween(1, 2)
        .allSatisfy(
            mail ->
                assertThat(mail.path("tags").path("timerId"))
                    .isEqualTo(day.entry().path("timeEntryId")));
  }

  @Test
  @Order(7)
  void aPaymentAtTheCheckoutPaysTheInvoiceAndIsThankedFor() {
    finishCheckout(hour, "paid");
    JsonNode paid = Stage.invoice(firm, hour.invoiceId(), "paid");
    assertThatInvoice(paid).hasAmountPaid(30_000).hasAmountDue(0);
    assertThat(paid.path("payments")).hasSize(1);
    assertThat(paid.path("payments").path(0).path("status").asText()).isEqualTo("settled");
    assertThat(paid.path("history").size()).isGreaterThanOrEqualTo(5);
    assertThat(stage.nobody().post(paid.path("payUrl").asText() + "/checkout").status())
        .isEqualTo(409);
    JsonNode receipt = stage.mail("receipt", hour.email());
    assertThat(receipt.path("text").asText()).contains(paid.path("number").asText());
  }

  @Test
  @Order(8)
  void theWorkflowOfThePaidInvoiceHasEnded() {
    if (!stage.hasControls()) {
      assumeThat(read(hour).path("state").asText()).as("left out: nobody paid").isEqualTo("paid");
    }
    String status =
        Eventually.get(
            "the end of its workflow",
            () -> stage.execution("timer-" + hour.entry().path("timeEntryId").asText()),
            it -> !it.equals("RUNNING"));
    assertThat(status).isEqualTo("SUCCEEDED");
    assertThat(stage.execution("timer-" + day.entry().path("timeEntryId").asText()))
        .isEqualTo("RUNNING");
  }

  @Test
  @Order(9)
  void aDeclinedPaymentLeavesTheInvoiceDue() {
    finishCheckout(minute, "failed");
    JsonNode due = read(minute);
    assertThatInvoice(due).isIn("sent").hasAmountDue(417);
    assertThat(due.path("payments")).isEmpty();
    assertThat(stage.mails("receipt", minute.email())).isEmpty();
  }

  /** Presses Pay, follows to the processor and ends the checkout there. */
  private void finishCheckout(Billed billed, String outcome) {
    Answer toProcessor = stage.nobody().post(read(billed).path("payUrl").asText() + "/checkout");
    assertThat(toProcessor.status()).isEqualTo(303);
    String checkout = toProcessor.header("location").orElseThrow();
    stage.needsStandIn(checkout);
    JsonNode session = stage.nobody().with("accept", "application/json").get(checkout).expect(200);
    assertThat(session.path("amount").asLong()).isEqualTo(read(billed).path("total").asLong());
    stage.nobody().post(checkout, Api.json("outcome", outcome)).expect(200);
  }

  @Test
  @Order(10)
  void theUnpaidInvoiceIsOverdueTheDayAfterItWasDue() {
    stage.needs("POST /_local/clock");
    assertThat(read(day).path("overdue").asBoolean()).isFalse();
    stage.pass(Duration.ofDays(2));
    JsonNode unpaid = read(day);
    assertThatInvoice(unpaid).isIn("sent");
    assertThat(unpaid.path("overdue").asBoolean()).isTrue();
    JsonNode overdue = firm.owner().get("/invoices?state=overdue").expect(200).path("invoices");
    assertThat(overdue.findValuesAsText("invoiceId"))
        .contains(day.invoiceId())
        .doesNotContain(minute.invoiceId(), hour.invoiceId());
  }

  private JsonNode read(Billed billed) {
    return firm.owner().get("/invoices/" + billed.invoiceId()).expect(200);
  }
}
