package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.AtOnce;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.aws.Faults.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Invoices with more time than one transaction takes: all of it moves with the invoice, however
 * many steps that takes and wherever they stop; nobody ever sees half.
 *
 * <p>{@code mvn -Pfaults test} is the long form: invoices of 500 lines, and every call of every
 * step fails alone, before and after its effect.
 */
@StoppedClock
@Tag("faults")
class LargeInvoiceTest {
  /** Three steps, or six. */
  private static final int ENTRIES = LongForm.choose(205, 500);

  /** More often than any client tries. */
  private static final int ALWAYS = 50;

  private final MuchTime time = MuchTime.of(ENTRIES);
  private final TestFirm firm = time.firm();

  @AfterEach
  void nothingFails() {
    faults().clear();
  }

  private static Faults faults() {
    return Laptop.stack().faults();
  }

  private Answer press(String invoiceId, String action) {
    return firm.owner().post("/invoices/" + invoiceId + "/" + action, "{}");
  }

  private Map<String, Long> all(String state) {
    return Map.of(state, (long) ENTRIES);
  }

  @Test
  void allTimeOfALargeInvoiceGoesWithIt() {
    String invoiceId = time.draft();
    assertThat(time.check()).isEqualTo(all("drafted"));
    assertThat(firm.send(invoiceId).path("state").asText()).isEqualTo("sent");
    assertThat(time.check()).isEqualTo(all("billed"));
    String draft = press(invoiceId, "revise").expect(201).path("invoiceId").asText();
    assertThat(time.check()).isEqualTo(all("drafted"));
    JsonNode full = firm.invoice(draft);
    List<Object> kept = new ArrayList<>();
    full.path("lines").forEach(line -> kept.add(Map.of("lineId", line.path("lineId").asText())));
    firm.owner()
        .ifMatch(full.path("version").asLong())
        .patch("/invoices/" + draft, Api.json("lines", kept.subList(0, 3)))
        .expect(200);
    assertThat(time.check()).isEqualTo(Map.of("drafted", 3L, "unbilled", ENTRIES - 3L));
    List<Object> more = new ArrayList<>(kept.subList(0, 3));
    time.seen().entrySet().stream()
        .filter(each -> each.getValue().state().equals("unbilled"))
        .limit(ENTRIES - 5)
        .forEach(each -> more.add(Map.of("timeEntryId", each.getKey())));
    firm.owner()
        .ifMatch(firm.invoice(draft).path("version").asLong())
        .patch("/invoices/" + draft, Api.json("lines", more))
        .expect(200);
    assertThat(time.check()).isEqualTo(Map.of("drafted", ENTRIES - 2L, "unbilled", 2L));
    String other =
        time.invoiced(
                time.seen().entrySet().stream()
                    .filter(each -> each.getValue().state().equals("unbilled"))
                    .map(Map.Entry::getKey)
                    .toList())
            .expect(201)
            .path("invoiceId")
            .asText();
    String merged =
        firm.owner()
            .post("/invoices/merge", Api.json("invoiceIds", List.of(other, draft)))
            .expect(201)
            .path("invoiceId")
            .asText();
    assertThat(time.check()).isEqualTo(all("drafted"));
    firm.owner().delete("/invoices/" + merged).expect(204);
    assertThat(time.check()).isEqualTo(all("unbilled"));
  }

  @Test
  void failure7_ofTwoWhoBillTheSameTimeAtOnceOneDoes() {
    List<String> odd = new ArrayList<>(time.ids());
    odd.removeIf(id -> time.ids().indexOf(id) % 40 == 7);
    List<Answer> answers = AtOnce.all(2, n -> time.invoiced(n == 0 ? time.ids() : odd.reversed()));
    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
    answers.stream()
        .filter(answer -> answer.status() == 409)
        .forEach(refused -> assertThat(refused.word()).isEqualTo("time-billed"));
    Map<String, Long> counts = time.check();
    assertThat(counts.get("drafted")).isIn((long) ENTRIES, (long) odd.size());
  }

  @Test
  void failure7_whoReadsBetweenTwoStepsSeesAllOrNothing() {
    String invoiceId = time.draft();
    hold("SendInvoice", 2);
    press(invoiceId, "send").expect(202);
    assertThat(time.byState()).isEqualTo(all("billed"));
    nothingFails();
    Laptop.settle();
    hold("Invoices", 2);
    press(invoiceId, "void").expect(200);
    assertThat(time.reported()).isEqualTo(ENTRIES);
    assertThat(time.byState()).isEqualTo(all("unbilled"));
    nothingFails();
    String again = time.draft();
    hold("Invoices", 3);
    firm.owner().delete("/invoices/" + again).expect(204);
    assertThat(time.summed()).isEqualTo(MuchTime.worth(ENTRIES));
    nothingFails();
    hold("Invoices", 2);
    assertThat(time.invoiced(time.ids()).status()).isEqualTo(500);
    assertThat(time.byState()).isEqualTo(all("unbilled"));
    nothingFails();
    hold("Invoices", 4);
    String last = time.draft();
    JsonNode entry = firm.owner().get("/time-entries/" + time.ids().getLast()).expect(200);
    assertThat(entry.path("invoiceId").asText()).isEqualTo(last);
    nothingFails();
    time.check();
  }

  /** Has a function's transactions fail once some have taken effect. */
  private static void hold(String function, int passing) {
    faults()
        .add(
            new Call(function, "dynamodb", "TransactWriteItems"),
            "before",
            "error",
            ALWAYS,
            passing);
  }
}
