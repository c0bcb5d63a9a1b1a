package dev.clockbill.invoice.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.local.Stack;
import dev.clockbill.local.aws.Faults.Call;
import dev.clockbill.local.table.Consumption.Use;
import org.junit.jupiter.api.Test;

@StoppedClock
class NumberInvoiceTest {
  private final TestFirm firm = Laptop.firm();
  private final String customer = firm.customer("Ada Lovelace");
  private final Stack stack = Laptop.stack();

  @Test
  void whereTheNumberIsTakenMeanwhileTheNextIsKnownWithoutReadingAgain() {
    String draft = firm.draft(customer, 1_000);
    stack
        .faults()
        .before(
            new Call("NumberInvoice", "dynamodb", "TransactWriteItems"),
            0,
            () -> firm.owner().patch("/firm", "{\"invoicing\":{\"nextNumber\":7}}").expect(200));
    stack.consumption().begin();
    assertThat(firm.send(draft).path("number").asText()).isEqualTo("0007");
    assertThat(stack.consumption().end())
        .filteredOn(use -> use.function().equals("NumberInvoice"))
        .extracting(Use::operation)
        // What is refused consumes nothing that the stack counts.
        .containsExactly("BatchGetItem", "BatchGetItem", "TransactWriteItems");
    assertThat(firm.send(firm.draft(customer, 1_000)).path("number").asText()).isEqualTo("0008");
  }
}
