package dev.clockbill.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of what may happen in which state, as the contract has it, by API. */
@StoppedClock
class StateRulesTest {
  private static final List<String> ACTIONS =
      List.of(
          "edit",
          "delete",
          "time",
          "time gone",
          "send",
          "resend",
          "remind",
          "void",
          "revise",
          "payments",
          "overpaid",
          "checkout");

  /** A word alone is a 409 with it; a star: accepted, and nothing changes. */
  private static final String TABLE =
      """
      draft         | 200            | 204            | 200         | 204            | 202          | not-sent     | nothing-due | 200            | not-sent       | not-sent      | not-sent     | -
      sending       | invoice-frozen | invoice-frozen | time-billed | time-billed | 202*         | 202*         | nothing-due | invoice-frozen | invoice-frozen | 201           | 201          | 409
      sent          | invoice-frozen | invoice-frozen | time-billed | time-billed | 202*         | 202          | 202         | 200            | 201            | 201           | 201          | 303
      undeliverable | invoice-frozen | invoice-frozen | time-billed | time-billed | 202*         | 202          | mail-failed | 200            | 201            | 201           | 201          | 303
      partlyPaid    | invoice-frozen | invoice-frozen | time-billed | time-billed | 202*         | 202          | 202         | invoice-paid   | invoice-paid   | 201           | 201          | 303
      paid          | invoice-frozen | invoice-frozen | time-billed | time-billed | 202*         | 202          | nothing-due | invoice-paid   | invoice-paid   | more-than-due | 201          | 409
      void          | invoice-frozen | invoice-frozen | 200         | 204            | invoice-void | invoice-void | nothing-due | 200*           | invoice-void   | invoice-void  | invoice-void | 409
      """;

  private static TestFirm firm;

  @BeforeAll
  static void makeAFirm() {
    firm = Laptop.firm();
  }

  record Cell(String state, String action, String expected) {}

  static Stream<Cell> cells() {
    return TABLE
        .lines()
        .map(row -> Stream.of(row.split("\\|")).map(String::strip).toList())
        .flatMap(
            row ->
                IntStream.range(0, ACTIONS.size())
                    .mapToObj(at -> new Cell(row.getFirst(), ACTIONS.get(at), row.get(at + 1))))
        .filter(cell -> !cell.expected().equals("-"));
  }

  @Test
  void everyStateIsInTheTable() {
    assertThat(cells().map(Cell::state).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(InvoiceState.values()).map(InvoiceState::word).toList());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void failure8_whatMayHappenInAStateHappensAndNothingElse(Cell cell) {
    BilledCustomer billed = in(cell.state());
    JsonNode before = billed.invoice();
    assertThat(before.path("state").asText()).isEqualTo(cell.state());

    Answer answer = perform(cell.action(), billed, before);
    Laptop.settle();
    if (cell.expected().contains("-")) {
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.word()).isEqualTo(cell.expected());
    } else {
      assertThat(answer.status())
          .as(answer.toString())
          .isEqualTo(Integer.parseInt(cell.expected().replace("*", "")));
    }
    if (answer.status() == 409 || cell.expected().endsWith("*")) {
      assertThat(billed.invoice()).isEqualTo(before);
    }
  }

  private static BilledCustomer in(String state) {
    BilledCustomer billed = BilledCustomer.draft(firm);
    switch (state) {
      case "draft" -> {}
      case "sending" -> {
        billed.refuseMails(1_000, "Throttling");
        firm.send(billed.invoiceId());
      }
      case "undeliverable" -> {
        billed.refuseMails(1, "MessageRejected");
        firm.send(billed.invoiceId());
      }
      case "sent" -> firm.send(billed.invoiceId());
      case "partlyPaid" -> {
        firm.send(billed.invoiceId());
        billed.pay(1);
      }
      case "paid" -> {
        firm.send(billed.invoiceId());
        billed.pay(BilledCustomer.TOTAL);
      }
      case "void" -> {
        firm.send(billed.invoiceId());
        billed.act("void", "{}").expect(200);
        Laptop.settle();
      }
      default -> throw new IllegalArgumentException(state);
    }
    return billed;
  }

  private static Answer perform(String action, BilledCustomer billed, JsonNode invoice) {
    String path = "/invoices/" + billed.invoiceId();
    return switch (action) {
      case "edit" ->
          firm.owner().ifMatch(invoice.path("version").asLong()).patch(path, "{\"note\":\"New\"}");
      case "delete" -> firm.owner().delete(path);
      case "time" ->
          firm.owner().patch("/time-entries/" + billed.timeEntryId(), "{\"hourlyRate\":1}");
      case "time gone" -> firm.owner().delete("/time-entries/" + billed.timeEntryId());
      case "payments" -> billed.act("payments", BilledCustomer.payment(100));
      case "overpaid" -> billed.act("payments", BilledCustomer.overpayment(100));
      case "checkout" -> billed.checkout();
      default -> billed.act(action, "{}");
    };
  }
}
