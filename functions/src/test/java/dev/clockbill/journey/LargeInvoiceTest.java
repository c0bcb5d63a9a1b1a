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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  private static final int ENTRIES = LongForm.choose(205, 500);

  /** In how many steps their time is claimed, and in how many it follows. */
  private static final int STEPS = LongForm.choose(3, 6);

  /** Reads of single items by which a correction of time begins. */
  private static final int READS_BEFORE_DRAFT = 3;

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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void failure7_timeThatChangesWhileItsDraftIsMergedChangesOnTheDraftThatStays(boolean deleted) {
    String stays = time.invoiced(time.ids().subList(0, 3)).expect(201).path("invoiceId").asText();
    String goes =
        time.invoiced(time.ids().subList(3, ENTRIES)).expect(201).path("invoiceId").asText();
    String entry = time.ids().get(ENTRIES - 7);
    AtomicBoolean between = new AtomicBoolean();
    Runnable merging =
        () -> {
          hold("Invoices", 2);
          firm.owner()
              .post("/invoices/merge", Api.json("invoiceIds", List.of(stays, goes)))
              .expect(201);
          between.set(!time.moves().isEmpty());
          nothingFails();
        };
    faults().before(new Call("Timers", "dynamodb", "GetItem"), READS_BEFORE_DRAFT, merging);
    String path = "/time-entries/" + entry;
    if (deleted) {
      firm.owner().delete(path).expect(204);
    } else {
      firm.owner().patch(path, Api.json("workedOn", "2026-03-02", "minutes", 30)).expect(200);
    }
    assertThat(between).as("whether the draft went between the two reads").isTrue();
    List<String> left = time.ids().stream().filter(id -> !deleted || !id.equals(entry)).toList();
    assertThat(new MuchTime(firm, time.customerId(), left).check())
        .isEqualTo(Map.of("drafted", (long) left.size()));
    JsonNode draft = firm.invoice(stays);
    assertThat(draft.path("lines")).hasSize(left.size());
    assertThat(draft.path("total").asLong())
        .isEqualTo(MuchTime.worth(deleted ? left.size() : left.size() + 29));
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
    hold("Invoices", STEPS + 1);
    String last = time.draft();
    JsonNode entry = firm.owner().get("/time-entries/" + time.ids().getLast()).expect(200);
    assertThat(entry.path("invoiceId").asText()).isEqualTo(last);
    nothingFails();
    time.check();
  }

  @Test
  void failure7_whatARequestHadClaimedBeforeItDiedCanBeBilledAgain() {
    hold("Invoices", 1);
    Call update = new Call("Invoices", "dynamodb", "UpdateItem");
    faults().add(update, "before", "error", ALWAYS);
    assertThat(time.invoiced(time.ids()).status()).isEqualTo(500);
    nothingFails();
    assertThat(time.byState()).isEqualTo(all("unbilled"));
    String claimed = time.ids().stream().sorted().findFirst().orElseThrow();
    assertThat(time.invoiced(time.ids()).word()).isEqualTo("time-billed");
    assertThat(time.invoiced(List.of(claimed)).word()).isEqualTo("time-billed");
    Answer deleted = firm.owner().delete("/time-entries/" + claimed);
    assertThat(deleted.word()).isEqualTo("time-billed");
    Laptop.advance("PT31S");
    time.draft();
    assertThat(time.check()).isEqualTo(all("drafted"));
  }

  /** What a person does with a large invoice, and which function does it. */
  private enum Action {
    MAKE("Invoices", "unbilled", "drafted"),
    SEND("SendInvoice", "drafted", "billed"),
    REVISE("Invoices", "billed", "drafted"),
    DELETE("Invoices", "drafted", "unbilled"),
    VOID("Invoices", "billed", "unbilled");

    private static final List<Action> ALL = List.of(MAKE, SEND, REVISE, DELETE, MAKE, SEND, VOID);

    private final String function;
    private final String from;
    private final String to;

    Action(String function, String from, String to) {
      this.function = function;
      this.from = from;
      this.to = to;
    }

    /** How many transactions it takes: to claim the time, to change the invoice, to follow it. */
    private int transactions() {
      int steps = Math.ceilDiv(ENTRIES, 99);
      return 1 + steps + (this == MAKE ? steps : 0);
    }
  }

  private Answer does(Action action) {
    return switch (action) {
      case MAKE -> time.invoiced(time.ids());
      case DELETE -> firm.owner().delete("/invoices/" + living());
      case SEND -> press(living(), "send");
      case REVISE -> press(living(), "revise");
      case VOID -> press(living(), "void");
    };
  }

  private String living() {
    return time.living().getFirst().path("invoiceId").asText();
  }

  /**
   * In each round another transaction of each action fails for good, before or after its effect.
   */
  @Test
  void failure7_whereverAStepStopsAllTimeIsOnOneInvoiceOrOnNone() {
    int most = Action.MAKE.transactions();
    for (int round = 0; round < LongForm.choose(1, 2 * most); round++) {
      for (int at = 0; at < Action.ALL.size(); at++) {
        Action action = Action.ALL.get(at);
        boolean before = round < most == (at % 2 == 0);
        hold(
            action.function, before ? "before" : "after", (round + at + 1) % action.transactions());
        does(action);
        nothingFails();
        // Nobody looks before the schedule has carried on what was stopped.
        Laptop.advance("PT10M");
        Map<String, Long> seen = time.check();
        assertThat(seen).isIn(all(action.from), all(action.to));
        if (seen.equals(all(action.from))) {
          assertThat(does(action).status()).isLessThan(300);
          Laptop.settle();
        }
      }
    }
    assertThat(time.check()).isEqualTo(all("unbilled"));
    Laptop.advance("PT10M");
    assertThat(time.moves()).isEmpty();
  }

  @Test
  void failure7_whoReadsMeanwhileSeesAllOrNothing() {
    for (Action action : List.of(Action.MAKE, Action.SEND, Action.VOID)) {
      AtomicBoolean done = new AtomicBoolean();
      AtOnce.all(
          3,
          n -> {
            while (n > 0 && !done.get()) {
              assertThat(n == 1 ? time.reported() : time.inState(action.to))
                  .isIn(0L, (long) ENTRIES);
            }
            Answer answer = n > 0 ? null : does(action);
            done.set(true);
            return answer;
          });
      Laptop.settle();
      assertThat(time.byState()).isEqualTo(all(action.to));
    }
  }

  /** Has a function's transactions fail once some have taken effect. */
  private static void hold(String function, int passing) {
    hold(function, "before", passing);
  }

  private static void hold(String function, String when, int passing) {
    Call transaction = new Call(function, "dynamodb", "TransactWriteItems");
    faults().add(transaction, when, "error", ALWAYS, passing);
  }
}
