package dev.clockbill.invoice.draft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several drafts of one customer become one, and no time is lost, doubled or on two invoices. */
@StoppedClock
class MergeDraftsTest {
  private final TestFirm firm = Laptop.firm();
  private final String ada = firm.customer("Ada Lovelace");
  private final String service = firm.service("Tax Resolution", 25_000);

  private String timed(long minutes) {
    return firm.time(ada, service, minutes).path("invoiceId").asText();
  }

  private static String body(String... ids) {
    return Stream.of(ids)
        .map(id -> "\"" + id + "\"")
        .collect(Collectors.joining(",", "{\"invoiceIds\":[", "]}"));
  }

  private void change(String invoiceId, String body) {
    long version = firm.invoice(invoiceId).path("version").asLong();
    firm.owner().ifMatch(version).patch("/invoices/" + invoiceId, body).expect(200);
  }

  /** Every entry of the firm is on exactly this draft. */
  private void assertAllTimeIsOn(JsonNode draft, int entries) {
    JsonNode time = firm.owner().get("/time-entries").expect(200).path("timeEntries");
    assertThat(time).hasSize(entries);
    List<String> ids = new ArrayList<>();
    for (JsonNode entry : time) {
      assertThat(entry.path("invoiceId")).isEqualTo(draft.path("invoiceId"));
      ids.add(entry.path("timeEntryId").asText());
    }
    assertThat(draft.path("lines").findValuesAsText("timeEntryId"))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void theFirstDraftTakesTheLinesOfTheOthersAndTheyAreGone() {
    String first = timed(60);
    String second = timed(30);
    String third = firm.draft(ada, 5_000);
    change(second, "{\"note\":\"Thank you\",\"discount\":{\"amount\":500}}");
    JsonNode merged = firm.staff().post("/invoices/merge", body(first, second, third)).expect(201);
    assertThat(merged.path("invoiceId").asText()).isEqualTo(first);
    assertThat(merged.path("subtotal").asLong()).isEqualTo(25_000 + 12_500 + 5_000);
    assertThat(merged.path("discount").path("amount").asLong()).isEqualTo(500);
    assertThat(merged.path("note").asText()).isEqualTo("Thank you");
    assertThat(merged.path("history").findValuesAsText("what"))
        .contains("Merged with 2 other drafts");
    assertAllTimeIsOn(merged, 2);
    assertThat(firm.invoice(first)).isEqualTo(merged);
    assertThat(firm.owner().get("/invoices/" + second).status()).isEqualTo(404);
    assertThat(firm.owner().get("/invoices/" + third).status()).isEqualTo(404);
    Laptop.settle();
    JsonNode sent = firm.send(first);
    assertThat(sent.path("state").asText()).isEqualTo("sent");
    assertThat(sent.path("total")).isEqualTo(merged.path("total"));
    Laptop.skip(Duration.ofHours(2));
    assertThat(firm.owner().get("/invoices").expect(200).path("invoices")).hasSize(1);
  }

  @Test
  void whatDoesNotGoTogetherIsRefusedAndNothingChanges() {
    String first = timed(60);
    String second = timed(30);
    String graces = firm.draft(firm.customer("Grace Hopper"), 100);
    String sent = timed(15);
    firm.send(sent);
    String percent = timed(10);
    change(percent, "{\"discount\":{\"percent\":\"10\"}}");
    JsonNode before = firm.owner().get("/invoices").expect(200);
    refused("invalid-request", body(first));
    refused("invalid-request", body(first, first));
    refused("invalid-request", body(first, graces));
    refused("invoice-frozen", body(first, sent));
    refused("discounts-differ", body(first, percent));
    refused("invoice-not-found", body(first, "01ARZ3NDEKTSV4RRFFQ69G5FAV"));
    refused("invoice-not-found", body(first, "nothing"));
    refused("version-changed", body(first, second).replace("]}", "],\"versions\":[1,9]}"));
    refused("invalid-request", body(first, second).replace("]}", "],\"versions\":[1]}"));
    assertThat(firm.owner().get("/invoices").expect(200)).isEqualTo(before);
    JsonNode others = Laptop.firm().owner().post("/invoices/merge", body(first, second)).json();
    assertThat(others.path("status").asInt()).isEqualTo(404);
  }

  private void refused(String word, String body) {
    assertThat(firm.owner().post("/invoices/merge", body).word()).as(body).isEqualTo(word);
  }

  @Test
  void theSameKeyMergesOnce() {
    String both = body(timed(60), timed(30));
    Api keyed = firm.owner().with("idempotency-key", "once");
    JsonNode merged = keyed.post("/invoices/merge", both).expect(201);
    assertThat(keyed.post("/invoices/merge", both).expect(201)).isEqualTo(merged);
    assertThat(merged.path("lines")).hasSize(2);
  }

  @Test
  void stoppedTimeIsAppendedToTheDraftThatStays() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"appendToDraft\"}}").expect(200);
    String byHand = firm.draft(ada, 100);
    String open = timed(60);
    JsonNode merged = firm.owner().post("/invoices/merge", body(byHand, open)).expect(201);
    assertThat(merged.path("invoiceId").asText()).isEqualTo(open);
    assertThat(timed(30)).isEqualTo(open);
  }

  /**
   * DynamoDB's transactions and the calls of the workflow fail before or after they take effect.
   */
  @ParameterizedTest
  @CsvSource({
    "dynamodb,TransactWriteItems,before",
    "dynamodb,TransactWriteItems,after",
    "states,SendTaskSuccess,before",
    "states,SendTaskSuccess,after"
  })
  void failure7_timeIsOnOneLivingInvoiceWhateverFails(
      String service, String operation, String when) {
    String both = body(timed(60), timed(30));
    for (int times = 1; times <= 9; times += 8) {
      Laptop.api()
          .post(
              "/_local/faults",
              Api.json(
                  "function", "Invoices",
                  "service", service,
                  "operation", operation,
                  "when", when,
                  "times", times))
          .expect(200);
      Api.Answer answer =
          firm.owner().with("idempotency-key", "merge").post("/invoices/merge", both);
      assertThat(answer.status()).isIn(201, 500);
      Laptop.api()
          .post(
              "/_local/faults",
              Api.json(
                  "function", "Invoices",
                  "service", service,
                  "operation", operation,
                  "when", when,
                  "times", 0))
          .expect(200);
    }
    JsonNode merged =
        firm.owner().with("idempotency-key", "merge").post("/invoices/merge", both).expect(201);
    Laptop.skip(Duration.ofHours(2));
    assertAllTimeIsOn(merged, 2);
    assertThat(firm.owner().get("/invoices").expect(200).path("invoices")).hasSize(1);
    assertThat(firm.send(merged.path("invoiceId").asText()).path("total").asLong())
        .isEqualTo(37_500);
  }
}
