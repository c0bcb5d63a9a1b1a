package dev.clockbill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.AtOnce;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Billing runs: what they draft, that they draft it once, and how they send it. */
@StoppedClock
class BillingRunsTest {
  /** More entries than are looked at between the two ends of a span. */
  private static final int MANY = 510;

  private Runs runs;

  @BeforeEach
  void makeAFirm() {
    runs = new Runs();
  }

  @Test
  void collectedTimeWaitsUntilARunDraftsItAndSendsWhatAPersonHasChosen() {
    String harbor = runs.firm.customer("Harbor Marine");
    String acme = runs.firm.customer("Acme");
    List<String> entries = List.of(runs.hour(harbor, 5), runs.hour(harbor, 3), runs.hour(acme, 1));
    String timer = runs.firm.start(acme, runs.service);
    entries = new ArrayList<>(entries);
    entries.add(runs.firm.stop(timer).path("timeEntryId").asText());
    Laptop.advance("PT20M");
    assertThat(entries).allMatch(id -> runs.entry(id).path("invoiceId").isNull());

    String runId = runs.begin();
    Laptop.settle();
    JsonNode run = runs.run(runId);
    assertThat(run.path("state").asText()).isEqualTo("ready");
    assertThat(run.path("progress").toString()).isEqualTo("{\"done\":2,\"of\":2}");
    assertThat(run.path("drafts").findValuesAsText("customerName"))
        .containsExactly("Acme", "Harbor Marine");
    assertThat(run.path("drafts").findValuesAsText("fate")).containsOnly("waits");
    long sum = entries.stream().mapToLong(id -> runs.entry(id).path("amount").asLong()).sum();
    assertThat(run.path("totals").path(0).path("amount").asLong()).isEqualTo(sum);
    assertThat(run.path("count").asInt()).isEqualTo(2);

    String first = Runs.invoices(run).getFirst();
    JsonNode sent = runs.send(runId, List.of(first));
    assertThat(sent.path("state").asText()).isEqualTo("done");
    assertThat(sent.path("drafts").findValuesAsText("fate")).containsExactly("sent", "waits");
    assertThat(runs.firm.invoice(first).path("state").asText()).isEqualTo("sent");
    JsonNode all = runs.send(runId, Runs.invoices(run));
    assertThat(all.path("drafts").findValuesAsText("fate")).containsExactly("sent", "sent");
    assertThat(runs.firm.mails("invoice")).hasSize(2);
  }

  @Test
  void failure7_runsAtTheSameTimeDraftEachTimeOnce() {
    for (int n = 0; n < 4; n++) {
      String customer = runs.firm.customer("Customer " + (char) ('a' + n));
      runs.hour(customer, 2);
      runs.hour(customer, 4);
    }
    String key = "once";
    List<String> ids =
        AtOnce.all(
                6,
                n ->
                    (n < 3 ? runs.firm.owner().with("Idempotency-Key", key) : runs.firm.owner())
                        .post("/billing-runs", runs.body()))
            .stream()
            .map(answer -> answer.expect(202).path("runId").asText())
            .toList();
    assertThat(ids.stream().distinct()).hasSize(4);
    Laptop.settle();
    List<String> invoices =
        ids.stream().distinct().flatMap(id -> Runs.invoices(runs.run(id)).stream()).toList();
    assertThat(invoices).hasSize(4).doesNotHaveDuplicates();
    assertThat(invoices)
        .allSatisfy(id -> assertThat(runs.firm.invoice(id).path("lines")).hasSize(2));
    String later = runs.begin();
    Laptop.settle();
    assertThat(runs.run(later).path("state").asText()).isEqualTo("done");
    assertThat(runs.run(later).path("drafts")).isEmpty();
    JsonNode list = runs.firm.owner().get("/billing-runs?limit=2").expect(200);
    assertThat(list.path("billingRuns").path(0).path("runId").asText()).isEqualTo(later);
    assertThat(list.path("billingRuns")).hasSize(2);
    assertThat(list.path("billingRuns").path(1)).isEqualTo(runs.run(last(list)));
    JsonNode brief = runs.firm.owner().get("/billing-runs?limit=2&drafts=false").expect(200);
    assertThat(last(brief)).isEqualTo(last(list));
    assertThat(brief.path("billingRuns").path(1).has("drafts")).isFalse();
    JsonNode followed =
        runs.firm.owner().get("/billing-runs/" + later + "?drafts=false").expect(200);
    assertThat(followed.path("progress").path("of").asInt()).isZero();
    assertThat(followed.has("drafts")).isFalse();
    assertThat(runs.firm.owner().get("/billing-runs?drafts=no").word())
        .isEqualTo("invalid-request");
    assertThat(
            runs.firm
                .owner()
                .get("/billing-runs?cursor=" + list.path("next").asText())
                .expect(200)
                .path("billingRuns"))
        .hasSize(3);
  }

  private static String last(JsonNode list) {
    return list.path("billingRuns").path(1).path("runId").asText();
  }

  @Test
  void onlyTimeUpToTheDayAndOfTheChosenCustomersIsDrafted() {
    String harbor = runs.firm.customer("Harbor");
    String acme = runs.firm.customer("Acme");
    String old = runs.hour(harbor, 72);
    String today = runs.hour(harbor, 0);
    runs.hour(acme, 72);
    JsonNode unbilled =
        runs.firm
            .owner()
            .get("/billing-runs/unbilled?upTo=" + runs.today().minusDays(2))
            .expect(200);
    assertThat(unbilled.path("customers").findValuesAsText("customerName"))
        .containsExactly("Acme", "Harbor");
    assertThat(unbilled.path("customers").findValuesAsText("entries")).containsOnly("1");
    String runId =
        runs.firm
            .owner()
            .post(
                "/billing-runs",
                Api.json(
                    "upTo", runs.today().minusDays(2).toString(), "customerIds", List.of(harbor)))
            .expect(202)
            .path("runId")
            .asText();
    Laptop.settle();
    assertThat(Runs.invoices(runs.run(runId))).hasSize(1);
    assertThat(runs.entry(old).path("invoiceId").isNull()).isFalse();
    assertThat(runs.entry(today).path("invoiceId").isNull()).isTrue();
  }

  @Test
  void anotherCurrencyAndWhatDoesNotFitMakeFurtherDrafts() {
    String customer = runs.firm.customer("Harbor");
    runs.hour(customer, 2);
    runs.firm.owner().patch("/firm", Api.json("currency", "EUR")).expect(200);
    runs.hour(customer, 1);
    String runId = runs.begin();
    Laptop.settle();
    assertThat(runs.run(runId).path("drafts").findValuesAsText("currency"))
        .containsExactlyInAnyOrder("USD", "EUR");
    assertThat(runs.run(runId).path("totals")).hasSize(2);
  }

  @Test
  void failure1_whatSendWouldRefuseIsNamedAndRefusedAloneUntilItIsMended() {
    String slow = runs.firm.customer("Slow");
    String fine = runs.firm.customer("Fine");
    String twice = runs.firm.customer("Twice");
    String entry = runs.worked(slow, 100, Duration.ofHours(30));
    runs.hour(fine, 10);
    runs.hour(twice, 20);
    runs.worked(twice, 20, Duration.ofHours(2));
    runs.firm.owner().patch("/customers/" + twice, Api.json("active", false)).expect(200);
    String runId = runs.begin();
    Laptop.settle();
    JsonNode drafts = runs.run(runId).path("drafts");
    assertThat(drafts.findValuesAsText("customerName")).containsExactly("Fine", "Slow", "Twice");
    assertThat(drafts.path(0).path("problems")).isEmpty();
    assertThat(Runs.texts(drafts.path(1).path("problems"))).containsExactly("time-unconfirmed");
    assertThat(Runs.texts(drafts.path(2).path("problems"))).containsExactly("overlaps");
    String timer = runs.firm.start(fine, runs.service);
    assertThat(Runs.texts(runs.run(runId).path("drafts").path(0).path("problems")))
        .containsExactly("timer-running");
    runs.firm.owner().delete("/timers/" + timer).expect(204);

    JsonNode sent = runs.send(runId, Runs.invoices(runs.run(runId)));
    assertThat(sent.path("state").asText()).isEqualTo("done");
    assertThat(sent.path("drafts").findValuesAsText("fate"))
        .containsExactly("sent", "refused", "sent");
    assertThat(sent.at("/drafts/1/refusal/word").asText()).isEqualTo("time-unconfirmed");
    runs.firm
        .owner()
        .patch("/time-entries/" + entry, Api.json("needsConfirmation", false))
        .expect(200);
    assertThat(runs.run(runId).at("/drafts/1/problems")).isEmpty();
    assertThat(
            runs.send(runId, List.of(sent.at("/drafts/1/invoiceId").asText()))
                .path("drafts")
                .findValuesAsText("fate"))
        .containsOnly("sent");
  }

  @Test
  void draftsAreShownAsSendWouldBillThemNow() {
    runs.firm
        .owner()
        .patch("/firm", "{\"invoicing\":{\"taxes\":[{\"name\":\"VAT\",\"ratePercent\":\"20\"}]}}")
        .expect(200);
    String customer = runs.firm.customer("Harbor");
    runs.hour(customer, 60);
    String runId = runs.begin();
    Laptop.settle();
    JsonNode made = runs.run(runId).at("/drafts/0");
    assertThat(made.path("total").asLong()).isEqualTo(7_200);
    assertThat(made.path("problems")).isEmpty();

    runs.firm.owner().patch("/customers/" + customer, Api.json("taxExempt", true)).expect(200);
    assertThat(runs.run(runId).at("/drafts/0/total").asLong()).isEqualTo(6_000);

    runs.firm.owner().patch("/customers/" + customer, Api.json("name", "Harbor Ltd")).expect(200);
    assertThat(runs.run(runId).at("/drafts/0/customerName").asText()).isEqualTo("Harbor Ltd");

    String more = runs.worked(customer, 10, Duration.ofHours(30));
    String other =
        runs.firm
            .owner()
            .post("/invoices", Api.json("customerId", customer, "timeEntryIds", List.of(more)))
            .expect(201)
            .path("invoiceId")
            .asText();
    String draft = made.path("invoiceId").asText();
    runs.firm
        .owner()
        .post("/invoices/merge", Api.json("invoiceIds", List.of(draft, other)))
        .expect(201);
    JsonNode merged = runs.run(runId).at("/drafts/0");
    assertThat(merged.path("invoiceId").asText()).isEqualTo(draft);
    assertThat(Runs.texts(merged.path("problems"))).containsExactly("time-unconfirmed");
    assertThat(merged.path("total").asLong()).isEqualTo(31 * 6_000);
  }

  @Test
  void timeThatIsFarApartIsComparedWithWhatLiesAroundIt() {
    String harbor = runs.firm.customer("Harbor");
    String other = runs.firm.customer("Other");
    runs.hour(harbor, 40 * 24);
    runs.hour(harbor, 3);
    String day = runs.today().minusDays(20).toString();
    String between =
        IntStream.range(0, MANY)
            .mapToObj(n -> "Other,Payroll,%s,Task %d,1".formatted(day, n))
            .collect(Collectors.joining("\n", "Client,Task,Date,Notes,Minutes\n", "\n"));
    runs.firm.owner().post("/imports/time", "text/csv", between).expect(200);
    runs.hour(other, 3);
    String runId = runs.begin("customerIds", List.of(harbor));
    Laptop.settle();
    assertThat(Runs.texts(runs.run(runId).at("/drafts/0/problems"))).containsExactly("overlaps");
  }

  @Test
  void aPageOfRunsEndsEarlyWhereTheirDraftsAreMany() {
    List<String> ids = List.of(runs.begin(), runs.begin(), runs.begin());
    Laptop.settle();
    Table table = new Table(new Environment(Laptop.stack().environment("PlanRun")));
    String firm = runs.firm.firmId();
    table.write(Write.update(firm, BillingRunItem.key(ids.get(1))).set("parts", 501));
    JsonNode page = runs.firm.owner().get("/billing-runs").expect(200);
    assertThat(page.path("billingRuns").findValuesAsText("runId")).containsExactly(ids.get(2));
    String rest = "/billing-runs?cursor=" + page.path("next").asText();
    JsonNode many = runs.firm.owner().get(rest).expect(200);
    assertThat(many.path("billingRuns").findValuesAsText("runId")).containsExactly(ids.get(1));
    String last = "/billing-runs?cursor=" + many.path("next").asText();
    JsonNode few = runs.firm.owner().get(last).expect(200);
    assertThat(few.path("billingRuns").findValuesAsText("runId")).containsExactly(ids.get(0));
    assertThat(few.path("next").isNull()).isTrue();
    assertThat(runs.firm.owner().get("/billing-runs?drafts=false").expect(200).path("billingRuns"))
        .hasSize(3);
  }

  @Test
  void wrongRequestsChangeNothing() {
    Api owner = runs.firm.owner();
    assertThat(owner.post("/billing-runs", "{}").word()).isEqualTo("invalid-request");
    assertThat(owner.post("/billing-runs", runs.body("customerIds", List.of())).word())
        .isEqualTo("invalid-request");
    String nobody = "01KAP3Q4WZ5X6Y7Z8A9BACBDCE";
    assertThat(owner.post("/billing-runs", runs.body("customerIds", List.of(nobody))).word())
        .isEqualTo("customer-not-found");
    assertThat(owner.get("/billing-runs/" + nobody).word()).isEqualTo("billing-run-not-found");
    assertThat(owner.get("/billing-runs").expect(200).path("billingRuns")).isEmpty();
    runs.hour(runs.firm.customer("Harbor"), 1);
    String runId = runs.begin();
    Laptop.settle();
    String send = "/billing-runs/" + runId + "/send";
    assertThat(owner.post(send, Api.json("invoiceIds", List.of(nobody))).word())
        .isEqualTo("invoice-not-found");
    assertThat(owner.post(send, Api.json("invoiceIds", List.of())).word())
        .isEqualTo("invalid-request");
    assertThat(runs.run(runId).path("state").asText()).isEqualTo("ready");
    owner.patch("/firm", Api.json("permissions", Map.of("staffSend", false))).expect(200);
    Api staff = runs.firm.staff();
    staff.post("/billing-runs", runs.body()).expect(202);
    assertThat(staff.post(send, Api.json("invoiceIds", Runs.invoices(runs.run(runId)))).word())
        .isEqualTo("owner-only");
    assertThat(staff.get("/billing-runs/" + runId).status()).isEqualTo(200);
  }

  @Test
  void aRunThatIsStoppedInTheMiddleGoesOn() {
    for (int n = 0; n < 6; n++) {
      runs.hour(runs.firm.customer("Customer " + (char) ('a' + n)), 2);
    }
    Laptop.fault("DraftCustomer", "dynamodb", "TransactWriteItems", "before", 30);
    String runId = runs.begin();
    Laptop.abort("run-" + runId + "-r1");
    Laptop.fault("DraftCustomer", "dynamodb", "TransactWriteItems", "before", 0);
    Laptop.advance("PT20M");
    assertThat(Laptop.execution("run-" + runId + "-r1").path("status").asText())
        .isEqualTo("ABORTED");
    assertThat(runs.run(runId).path("state").asText()).isEqualTo("ready");
    List<String> invoices = Runs.invoices(runs.run(runId));
    assertThat(invoices).hasSize(6);
    Laptop.fault("SendDraft", "dynamodb", "TransactWriteItems", "before", 30);
    runs.firm
        .owner()
        .post("/billing-runs/" + runId + "/send", Api.json("invoiceIds", invoices))
        .expect(202);
    Laptop.abort(Laptop.executionOf(runId));
    Laptop.fault("SendDraft", "dynamodb", "TransactWriteItems", "before", 0);
    Laptop.advance("PT20M");
    assertThat(runs.run(runId).path("state").asText()).isEqualTo("done");
    assertThat(runs.run(runId).path("drafts").findValuesAsText("fate")).containsOnly("sent");
    assertThat(runs.firm.mails("invoice")).hasSize(6);
  }

  @Test
  void nothingDrivesADraftOfARunUntilItIsSent() {
    runs.hour(runs.firm.customer("Harbor"), 2);
    String runId = runs.begin();
    Laptop.advance("PT10M");
    String draft = Runs.invoices(runs.run(runId)).getFirst();
    assertThat(executions()).noneMatch(name -> name.contains(draft));
    runs.send(runId, List.of(draft));
    assertThat(executions()).contains("invoice-" + draft + "-r1");
    assertThat(runs.firm.invoice(draft).path("state").asText()).isEqualTo("sent");
  }

  /** Whether an execution that was refused is running need not be asked. */
  @ParameterizedTest
  @ValueSource(strings = {"error", "throttle"})
  void aDraftWhoseWorkflowDoesNotStartIsSentByTheSchedule(String with) {
    runs.hour(runs.firm.customer("Harbor"), 2);
    String runId = runs.begin();
    Laptop.settle();
    List<String> invoices = Runs.invoices(runs.run(runId));
    Laptop.fault("SendDraft", "states", "StartExecution", "before", with, 1_000);
    runs.send(runId, invoices);
    Laptop.fault("SendDraft", "states", "StartExecution", "before", 0);
    assertThat(runs.firm.invoice(invoices.getFirst()).path("state").asText()).isEqualTo("sending");
    boolean refused = with.equals("throttle");
    Laptop.fault("ResumeWorkflow", "states", "DescribeExecution", "before", refused ? 1_000 : 0);
    Laptop.advance("PT10M");
    Laptop.fault("ResumeWorkflow", "states", "DescribeExecution", "before", 0);
    assertThat(runs.run(runId).path("drafts").findValuesAsText("fate")).containsExactly("sent");
    assertThat(runs.firm.mails("invoice")).hasSize(1);
  }

  private static List<String> executions() {
    return Laptop.api().get("/_local/executions").expect(200).findValuesAsText("name");
  }
}
