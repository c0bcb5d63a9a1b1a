package dev.clockbill.invoice.draft;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drafts made by the workflow and by hand, edited and deleted, through the API. */
@StoppedClock
class DraftsTest {
  private TestFirm firm;
  private String customer;
  private String service;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
    customer = firm.customer("Lindqvist Joinery");
    service = firm.service("Tax Resolution", 25_000);
  }

  private JsonNode draftOf(long minutes) {
    return firm.invoice(firm.time(customer, service, minutes).path("invoiceId").asText());
  }

  private Answer patch(JsonNode draft, String body) {
    return firm.owner()
        .ifMatch(draft.path("version").asLong())
        .patch("/invoices/" + id(draft), body);
  }

  private static String id(JsonNode invoice) {
    return invoice.path("invoiceId").asText();
  }

  private static JsonNode lineOf(JsonNode invoice, int at) {
    return invoice.path("lines").path(at);
  }

  private static String lines(Object... lines) {
    return Api.json("lines", List.of(lines));
  }

  private static List<String> fields(Answer refusal) {
    return refusal.json().path("errors").findValuesAsText("field");
  }

  private void refused(JsonNode draft, String body, int status, String word) {
    Answer answer = patch(draft, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.word()).isEqualTo(word);
    assertThat(firm.invoice(id(draft))).isEqualTo(draft);
  }

  @Test
  void stoppedTimeBecomesADraftThatWaitsForApproval() {
    JsonNode entry = firm.time(customer, service, 59);
    JsonNode draft = firm.invoice(entry.path("invoiceId").asText());
    assertThatInvoice(draft).isIn("draft");
    assertThat(draft.path("total").asLong()).isEqualTo(24_583);
    assertThat(draft.path("discount").isNull()).isTrue();
    assertThat(draft.path("number").isNull()).isTrue();
    assertThat(lineOf(draft, 0).path("timeEntryId")).isEqualTo(entry.path("timeEntryId"));
    assertThat(draft.path("delivery").path("status").asText()).isEqualTo("none");
    JsonNode execution = Laptop.execution("timer-" + entry.path("timeEntryId").asText());
    assertThat(execution.path("status").asText()).isEqualTo("RUNNING");
  }

  @Test
  void oneStopWithAFirmThatAppendsAddsToTheOpenDraft() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"appendToDraft\"}}").expect(200);
    JsonNode first = firm.time(customer, service, 30);
    JsonNode second = firm.time(customer, service, 60);
    assertThat(second.path("invoiceId")).isEqualTo(first.path("invoiceId"));
    JsonNode draft = firm.invoice(first.path("invoiceId").asText());
    assertThat(draft.path("lines")).hasSize(2);
    assertThat(draft.path("total").asLong()).isEqualTo(37_500);
    firm.owner().delete("/invoices/" + id(draft)).expect(204);
    assertThat(firm.time(customer, service, 15).path("invoiceId"))
        .isNotEqualTo(first.path("invoiceId"));
  }

  @Test
  void anEditMayChangeALineAddOneAndTakeOneOut() {
    JsonNode draft = draftOf(60);
    String lineId = lineOf(draft, 0).path("lineId").asText();
    JsonNode edited =
        patch(
                draft,
                lines(
                    Map.of("lineId", lineId, "billedMinutes", 45, "description", "Letter"),
                    Map.of("kind", "fixed", "description", "Court fee", "amount", 1_999)))
            .expect(200);
    assertThat(lineOf(edited, 0).path("amount").asLong()).isEqualTo(18_750);
    assertThat(lineOf(edited, 0).path("description").asText()).isEqualTo("Letter");
    assertThat(edited.path("total").asLong()).isEqualTo(20_749);
    assertThat(edited.path("version").asLong()).isEqualTo(draft.path("version").asLong() + 1);

    String fee = lineOf(edited, 1).path("lineId").asText();
    JsonNode freed = patch(edited, lines(Map.of("lineId", fee))).expect(200);
    assertThat(freed.path("total").asLong()).isEqualTo(1_999);
    String entry = lineOf(draft, 0).path("timeEntryId").asText();
    assertThat(firm.owner().get("/time-entries/" + entry).json().path("invoiceId").isNull())
        .isTrue();

    JsonNode added =
        patch(freed, lines(Map.of("lineId", fee), Map.of("timeEntryId", entry))).expect(200);
    assertThat(added.path("total").asLong()).isEqualTo(26_999);
    assertThat(firm.owner().get("/time-entries/" + entry).json().path("invoiceId"))
        .isEqualTo(draft.path("invoiceId"));
  }

  @Test
  void aDraftSentBackAsReadStaysAsItIs() {
    JsonNode draft = draftOf(60);
    JsonNode same = patch(draft, lines(lineOf(draft, 0))).expect(200);
    assertThat(same).isEqualTo(draft);
  }

  @Test
  void aDiscountIsTakenOffAndRemoved() {
    JsonNode draft = draftOf(60);
    JsonNode tenth = patch(draft, "{\"discount\":{\"percent\":\"10\"}}").expect(200);
    assertThat(tenth.path("discount").path("amount").asLong()).isEqualTo(2_500);
    assertThat(tenth.path("total").asLong()).isEqualTo(22_500);
    JsonNode fixed = patch(tenth, "{\"discount\":{\"amount\":500}}").expect(200);
    assertThat(fixed.path("total").asLong()).isEqualTo(24_500);
    assertThat(fixed.path("discount").has("percent")).isFalse();
    JsonNode none = patch(fixed, "{\"discount\":null}").expect(200);
    assertThat(none.path("total").asLong()).isEqualTo(25_000);
    refused(none, "{\"discount\":{\"amount\":25001}}", 400, "invalid-request");
  }

  @Test
  void anAgreedDiscountIsTakenWholeAgainOnceThereIsEnoughToTakeItOff() {
    JsonNode draft = draftOf(60);
    patch(draft, "{\"discount\":{\"amount\":20000}}").expect(200);
    String entry = "/time-entries/" + lineOf(draft, 0).path("timeEntryId").asText();
    firm.owner().patch(entry, "{\"hourlyRate\":10000}").expect(200);
    JsonNode cheap = firm.invoice(id(draft));
    assertThat(cheap.path("discount").path("amount").asLong()).isEqualTo(10_000);
    assertThat(cheap.path("total").asLong()).isZero();
    assertThat(patch(cheap, Api.json("discount", cheap.path("discount"))).expect(200))
        .isEqualTo(cheap);
    firm.owner().patch(entry, "{\"hourlyRate\":25000}").expect(200);
    JsonNode whole = firm.invoice(id(draft));
    assertThat(whole.path("discount").path("amount").asLong()).isEqualTo(20_000);
    assertThat(whole.path("total").asLong()).isEqualTo(5_000);
  }

  @Test
  void termsAreSetAndRemoved() {
    JsonNode draft = draftOf(60);
    JsonNode set = patch(draft, "{\"dueOn\":\"2031-02-28\",\"note\":\"Thank you\"}").expect(200);
    assertThat(set.path("dueOn").asText()).isEqualTo("2031-02-28");
    assertThat(set.path("note").asText()).isEqualTo("Thank you");
    JsonNode removed = patch(set, "{\"dueOn\":null,\"note\":null}").expect(200);
    assertThat(removed.path("dueOn").isNull()).isTrue();
    assertThat(removed.path("note").isNull()).isTrue();
  }

  @Test
  void aChangedEntryIsFollowedExceptWhereAPersonSetTheLine() {
    JsonNode draft = draftOf(60);
    JsonNode line = lineOf(draft, 0);
    patch(draft, lines(Map.of("lineId", line.path("lineId").asText(), "billedMinutes", 90)))
        .expect(200);
    firm.owner()
        .patch(
            "/time-entries/" + line.path("timeEntryId").asText(),
            "{\"hourlyRate\":10000,\"note\":\"Appeal\"}")
        .expect(200);
    JsonNode followed = lineOf(firm.invoice(id(draft)), 0);
    assertThat(followed.path("billedMinutes").asLong()).isEqualTo(90);
    assertThat(followed.path("hourlyRate").asLong()).isEqualTo(10_000);
    assertThat(followed.path("amount").asLong()).isEqualTo(15_000);
    assertThat(followed.path("description").asText()).isEqualTo("Tax Resolution: Appeal");
  }

  @Test
  void badInputChangesNothing() {
    JsonNode draft = draftOf(60);
    String lineId = lineOf(draft, 0).path("lineId").asText();
    String invalid = "invalid-request";
    refused(draft, "{\"lines\":null}", 400, invalid);
    refused(draft, "{\"lines\":{}}", 400, invalid);
    refused(draft, "{\"lines\":[1]}", 400, invalid);
    refused(draft, "{\"colour\":\"red\"}", 400, invalid);
    refused(draft, "{\"dueOn\":\"tomorrow\"}", 400, invalid);
    refused(draft, "{\"note\":7}", 400, invalid);
    refused(draft, "{\"discount\":{\"percent\":\"101\"}}", 400, invalid);
    refused(draft, "{\"discount\":{}}", 400, invalid);
    assertThat(fields(patch(draft, "{\"discount\":{\"amount\":-1}}")))
        .containsExactly("discount.amount");
    refused(draft, lines(Map.of("lineId", "no-such-line")), 400, invalid);
    refused(draft, lines(Map.of("lineId", lineId, "billedMinutes", -1)), 400, invalid);
    refused(draft, lines(Map.of("lineId", lineId, "hourlyRate", 1.5)), 400, invalid);
    refused(draft, lines(Map.of("lineId", lineId, "description", "")), 400, invalid);
    refused(draft, lines(Map.of("lineId", lineId, "price", 1)), 400, invalid);
    refused(draft, lines(Map.of("lineId", lineId), Map.of("lineId", lineId)), 400, invalid);
    refused(draft, lines(Map.of("kind", "fixed", "amount", 1)), 400, invalid);
    refused(draft, lines(Map.of("description", "Fee", "amount", 1)), 400, invalid);
    refused(
        draft, lines(Map.of("kind", "fixed", "description", "Credit", "amount", -1)), 400, invalid);
    refused(draft, lines(Map.of("timeEntryId", lineId)), 404, "time-entry-not-found");
    refused(draft, "{", 400, invalid);
  }

  @Test
  void moreThanFiveHundredLinesAreRefusedAndAsManyFitTheTable() {
    // As many bytes as lines may have: the invoice is one item, the answer under the key another.
    int beside = bytes(fixed(List.of(line("x", 500))).path("lines").path(0));
    String page = "Seite „ß“\n".repeat((700 - beside) / 16 - 1);
    List<Object> lines = new ArrayList<>();
    for (int number = 1; number <= 500; number++) {
      lines.add(line(page + number, number));
    }
    JsonNode full = fixed(lines);
    assertThat(full.path("lines")).hasSize(500);
    assertThat(bytes(full.path("lines"))).isBetween(325_000, 350_500);
    Collections.fill(lines.subList(0, 40), line("Longer".repeat(300), 1));
    refused(full, Api.json("lines", lines), 400, "invalid-request");
    lines.add(lines.getFirst());
    refused(full, Api.json("lines", lines), 400, "invalid-request");
  }

  private static Object line(String description, int amount) {
    return Map.of("kind", "fixed", "description", description, "amount", amount);
  }

  private JsonNode fixed(List<Object> lines) {
    return firm.owner()
        .with("idempotency-key", "so many: " + lines.size())
        .post("/invoices", Api.json("customerId", customer, "lines", lines))
        .expect(201);
  }

  private static int bytes(JsonNode json) {
    return json.toString().getBytes(UTF_8).length;
  }

  @Test
  void aVersionIsNeededAndHasToBeTheLatest() {
    JsonNode draft = draftOf(60);
    String path = "/invoices/" + id(draft);
    assertThat(firm.owner().patch(path, "{\"note\":\"x\"}").word()).isEqualTo("version-required");
    JsonNode edited = patch(draft, "{\"note\":\"First\"}").expect(200);
    Answer late = patch(draft, "{\"note\":\"Second\"}");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.word()).isEqualTo("version-changed");
    for (String noVersion : List.of("abc", "2", "W/\"2\"", "*", "")) {
      assertThat(firm.owner().with("if-match", noVersion).patch(path, "{}").status())
          .as(noVersion)
          .isEqualTo(412);
    }
    assertThat(firm.owner().get(path).header("etag"))
        .contains("\"" + edited.path("version").asLong() + "\"");
  }

  @Test
  void timeOfAnotherInvoiceOrCustomerIsRefused() {
    JsonNode draft = draftOf(60);
    String elsewhere = firm.time(customer, service, 10).path("timeEntryId").asText();
    refused(draft, lines(Map.of("timeEntryId", elsewhere)), 409, "time-billed");
    String other = firm.customer("Okafor Bakery");
    JsonNode theirs = firm.time(other, service, 10);
    firm.owner().delete("/invoices/" + theirs.path("invoiceId").asText()).expect(204);
    String entry = theirs.path("timeEntryId").asText();
    refused(draft, lines(Map.of("timeEntryId", entry)), 400, "invalid-request");
    assertThat(fields(patch(draft, lines(Map.of("timeEntryId", entry)))))
        .containsExactly("lines[0].timeEntryId");
    String body = Api.json("customerId", customer, "timeEntryIds", List.of(entry));
    assertThat(fields(firm.owner().post("/invoices", body))).containsExactly("timeEntryIds[0]");
  }

  @Test
  void aDeletedDraftFreesItsTimeAndEndsItsWorkflow() {
    JsonNode draft = draftOf(60);
    String entry = lineOf(draft, 0).path("timeEntryId").asText();
    firm.owner().delete("/invoices/" + id(draft)).expect(204);
    Laptop.settle();
    assertThat(firm.owner().get("/invoices/" + id(draft)).word()).isEqualTo("invoice-not-found");
    assertThat(firm.owner().get("/time-entries/" + entry).json().path("invoiceId").isNull())
        .isTrue();
    assertThat(Laptop.execution("timer-" + entry).path("status").asText()).isEqualTo("SUCCEEDED");
    Laptop.runSchedule("ResumeWorkflow");
    Laptop.settle();
    assertThat(firm.owner().get("/time-entries/" + entry).json().path("invoiceId").isNull())
        .isTrue();
  }

  @Test
  void aDraftByHandTakesUpTimeOnce() {
    JsonNode draft = draftOf(60);
    String entry = lineOf(draft, 0).path("timeEntryId").asText();
    String body = Api.json("customerId", customer, "timeEntryIds", List.of(entry));
    assertThat(firm.owner().post("/invoices", body).word()).isEqualTo("time-billed");
    firm.owner().delete("/invoices/" + id(draft)).expect(204);

    Api keyed = firm.owner().with("idempotency-key", "once-" + entry);
    JsonNode made = keyed.post("/invoices", body).expect(201);
    assertThat(keyed.post("/invoices", body).expect(201)).isEqualTo(made);
    assertThat(keyed.post("/invoices", "{}").word()).isEqualTo("idempotency-key-reused");
    assertThat(made.path("total").asLong()).isEqualTo(25_000);
    Laptop.settle();
    assertThat(firm.invoice(id(made))).isEqualTo(made);
    assertThat(Laptop.execution("invoice-" + id(made) + "-r1").path("status").asText())
        .isEqualTo("RUNNING");
  }

  @Test
  void aDraftByHandOfWhatIsNotThereIsRefused() {
    Api owner = firm.owner();
    String nobody = "01KAP4T7E8R9S0T1V2W3X4Y5Z6";
    assertThat(owner.post("/invoices", Api.json("customerId", nobody)).word())
        .isEqualTo("customer-not-found");
    assertThat(
            owner
                .post(
                    "/invoices", Api.json("customerId", customer, "timeEntryIds", List.of(nobody)))
                .word())
        .isEqualTo("time-entry-not-found");
    assertThat(owner.post("/invoices", "{}").word()).isEqualTo("invalid-request");
  }

  @Test
  void anotherFirmFindsNothing() {
    JsonNode draft = draftOf(60);
    Api stranger = Laptop.firm().owner();
    String path = "/invoices/" + id(draft);
    assertThat(stranger.get(path).word()).isEqualTo("invoice-not-found");
    assertThat(stranger.ifMatch(1).patch(path, "{\"note\":\"x\"}").word())
        .isEqualTo("invoice-not-found");
    assertThat(stranger.delete(path).word()).isEqualTo("invoice-not-found");
    assertThat(stranger.post(path + "/send", "{}").word()).isEqualTo("invoice-not-found");
  }

  @Test
  void aListIsFilteredAndPaged() {
    List<String> made = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      made.addFirst(
          id(firm.owner().post("/invoices", Api.json("customerId", customer)).expect(201)));
    }
    firm.owner()
        .post("/invoices", Api.json("customerId", firm.customer("Okafor Bakery")))
        .expect(201);
    List<String> listed = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          firm.owner()
              .get("/invoices?state=draft&limit=2&customerId=" + customer + next)
              .expect(200);
      page.path("invoices").forEach(invoice -> listed.add(id(invoice)));
      next = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asText();
    } while (next != null);
    assertThat(listed).isEqualTo(made);
    JsonNode summary = firm.owner().get("/invoices?limit=1").json().path("invoices").path(0);
    assertThat(summary.has("lines") || summary.has("payments") || summary.has("history")).isFalse();
    assertThat(firm.owner().get("/invoices?to=2020-01-01").json().path("invoices")).isEmpty();
    assertThat(firm.owner().get("/invoices?from=2026-02-01&to=2026-01-01").json().path("invoices"))
        .isEmpty();
    for (String wrong :
        List.of("state=lost", "limit=0", "limit=101", "limit=%205", "cursor=x", "from=1.1.2026")) {
      assertThat(firm.owner().get("/invoices?" + wrong).status()).as(wrong).isEqualTo(400);
    }
  }
}
