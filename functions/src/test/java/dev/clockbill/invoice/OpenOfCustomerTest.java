package dev.clockbill.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether an invoice stands among what its customer has to pay, in the table: exactly while it is
 * sent, partly paid or undeliverable, whatever brought it there.
 */
@StoppedClock
class OpenOfCustomerTest {
  private static final Set<String> TO_BE_PAID = Set.of("sent", "partlyPaid", "undeliverable");

  private static TestFirm firm;
  private static Table table;

  /** By hand or at the processor. */
  private String payment;

  @BeforeAll
  static void makeAFirm() {
    firm = Laptop.firm();
    table = new Table(new Environment(Laptop.stack().environment("Invoices")));
  }

  /** What is done one after the other, and the state that each step leads to. */
  @ParameterizedTest
  @CsvSource({
    "hour,  send: sent | pay 5000: partlyPaid | pay 20000: paid | take back: partlyPaid",
    "hour,  send: sent | pay 25000: paid | take back: sent | void: void",
    "hour,  send: sent | pay online: paid | refund 10000: partlyPaid | refund 15000: sent",
    "hour,  send: sent | pay online: paid | lose dispute: sent",
    "hour,  send: sent | pay later: sent | fail: sent | pay later: sent | settle: paid",
    "hour,  send refused: undeliverable | resend: sent | pay 25000: paid",
    "hour,  send refused: undeliverable | pay 5000: partlyPaid",
    "hour,  send refused: undeliverable | void: void",
    "hour,  send delayed: sending | pay 5000: sending | mail: partlyPaid",
    "hour,  send delayed: sending | pay 25000: sending | mail: paid | take back: sent",
    "hour,  void: void",
    "paper, send: sent | hand over: sent | pay 25000: paid | take back: sent",
    "zero,  send: paid"
  })
  void itIsExactlyWhileItIsToBePaid(String kind, String steps) {
    BilledCustomer billed = draft(kind);
    assertStands(billed.customerId(), billed.invoiceId(), "draft");
    for (String step : steps.split(" \\| ")) {
      String[] parts = step.split(": ");
      perform(billed, parts[0]);
      assertStands(billed.customerId(), billed.invoiceId(), parts[1]);
    }
  }

  @Test
  void aRevisedOneIsReplacedOnceItsDraftIsSent() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String draft = billed.act("revise", "{}").expect(201).path("invoiceId").asText();
    Laptop.settle();
    assertStands(billed.customerId(), billed.invoiceId(), "void");
    assertStands(billed.customerId(), draft, "draft");
    firm.send(draft);
    assertStands(billed.customerId(), draft, "sent");
    assertThat(table.all(InvoiceItem.openOf(firm.firmId(), billed.customerId()))).hasSize(1);
  }

  private static void assertStands(String customerId, String invoiceId, String state) {
    boolean toBePaid = TO_BE_PAID.contains(state);
    Item item = table.get(firm.firmId(), InvoiceItem.key(invoiceId)).orElseThrow();
    assertThat(item.text("state")).isEqualTo(state);
    assertThat(Optional.ofNullable(item.text("byStaff")))
        .as(state)
        .isEqualTo(
            toBePaid ? Optional.of(firm.firmId() + "#OPEN#" + customerId) : Optional.empty());
    assertThat(
            table.all(InvoiceItem.openOf(firm.firmId(), customerId)).stream()
                .map(Item::key)
                .anyMatch(InvoiceItem.key(invoiceId)::equals))
        .as(state)
        .isEqualTo(toBePaid);
  }

  private static BilledCustomer draft(String kind) {
    return switch (kind) {
      case "hour" -> BilledCustomer.draft(firm);
      case "zero" -> {
        String customer = firm.customer("Nothing to pay");
        yield new BilledCustomer(firm, customer, null, firm.draft(customer, 0), null);
      }
      case "paper" -> {
        JsonNode made =
            firm.owner().post("/customers", Api.json("name", "Hofladen Eck")).expect(201);
        String customer = made.path("customerId").asText();
        String invoice = firm.draft(customer, BilledCustomer.TOTAL);
        yield new BilledCustomer(firm, customer, null, invoice, null);
      }
      default -> throw new AssertionError(kind);
    };
  }

  private void perform(BilledCustomer billed, String step) {
    switch (List.of(step.split(" (?=\\d)")).getFirst()) {
      case "send" -> firm.send(billed.invoiceId());
      case "send refused" -> {
        billed.refuseMails(1, "MessageRejected");
        firm.send(billed.invoiceId());
      }
      case "send delayed" -> {
        billed.refuseMails(1_000, "Throttling");
        firm.send(billed.invoiceId());
      }
      case "mail" -> {
        billed.refuseMails(0, "Throttling");
        Laptop.advance("PT1H");
      }
      case "resend" -> billed.act("resend", "{}").expect(202);
      case "hand over" -> billed.act("handed-over", "{}").expect(200);
      case "void" -> billed.act("void", "{}").expect(200);
      case "pay" -> payment = billed.pay(amount(step)).path("paymentId").asText();
      case "take back" ->
          firm.owner().delete("/invoices/" + billed.invoiceId() + "/payments/" + payment);
      case "pay online" -> payment = checkout(billed, "paid");
      case "pay later" -> payment = checkout(billed, "processing");
      case "settle" -> atProcessor("settle", Api.json("outcome", "paid"));
      case "fail" -> atProcessor("settle", Api.json("outcome", "failed"));
      case "refund" -> atProcessor("refund", Api.json("amount", amount(step)));
      case "lose dispute" -> {
        atProcessor("dispute", "{}");
        atProcessor("dispute", Api.json("outcome", "lost"));
      }
      default -> throw new AssertionError(step);
    }
    Laptop.settle();
  }

  private static long amount(String step) {
    return Long.parseLong(step.substring(step.lastIndexOf(' ') + 1));
  }

  private static String checkout(BilledCustomer billed, String outcome) {
    return BilledCustomer.outcome(billed.openCheckout(), outcome, false)
        .json()
        .path("paymentId")
        .asText();
  }

  private void atProcessor(String what, String body) {
    Laptop.api().post("/_processor/payments/" + payment + "/" + what, body).expect(200);
  }
}
