package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import dev.clockbill.local.Stack;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack is stopped in the middle of the main job and started again on what it kept. */
@OnStack
class RestartJourneyTest {
  private Stack stack;
  private TestFirm firm;
  private String invoiceId;

  @BeforeEach
  void draft(@TempDir Path folder) {
    stack = Stack.start(Laptop.settings().keptIn(folder));
    firm = TestFirm.at(stack.base());
    String service = firm.service("Payroll", 12_000);
    String timer = firm.start(firm.customer("Juniper Dental"), service);
    String entry = firm.stop(timer).path("timeEntryId").asText();
    invoiceId = Stage.invoiceOf(firm, entry);
    stack.clock().settle();
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void aDraftThatWaitsForApprovalIsSentAndPaidAfterwards() {
    restart();
    send();
    pay();
  }

  @Test
  void anInvoiceThatWaitsForPaymentIsPaidAfterwards() {
    send();
    restart();
    pay();
  }

  @Test
  void thePdfIsTheSameAfterwards() {
    send();
    byte[] sent = pdf();
    restart();
    assertThat(pdf()).isEqualTo(sent);
    JsonNode invoice = firm.owner().get("/invoices/" + invoiceId).expect(200);
    assertThat(Api.at(stack.base()).bytes(invoice.path("payUrl").asText() + "/invoice.pdf"))
        .isEqualTo(sent);
  }

  private byte[] pdf() {
    return firm.owner().bytes("/invoices/" + invoiceId + "/pdf");
  }

  @Test
  void aTimerGoesOnRunning() {
    String service = firm.service("Bookkeeping", 9_000);
    String timer = firm.start(firm.customer("Larch & Co"), service);
    restart();
    assertThat(
            firm.owner().get("/timers/running").expect(200).path("timer").path("timerId").asText())
        .isEqualTo(timer);
    assertThat(firm.stop(timer).path("timeEntryId").asText()).isEqualTo(timer);
  }

  private void restart() {
    stack = stack.restart();
  }

  private void send() {
    firm.owner().post("/invoices/" + invoiceId + "/send").expect(202);
    Stage.invoice(firm, invoiceId, "sent");
    stack.clock().settle();
  }

  private void pay() {
    JsonNode invoice = firm.owner().get("/invoices/" + invoiceId).expect(200);
    Api customer = Api.at(stack.base());
    String checkout =
        customer
            .post(invoice.path("payUrl").asText() + "/checkout")
            .header("location")
            .orElseThrow();
    customer.post(checkout, Api.json("outcome", "paid")).expect(200);
    Stage.invoice(firm, invoiceId, "paid");
    stack.clock().settle();
    JsonNode mails = customer.get("/_local/mails").expect(200).path("mails");
    assertThat(mails)
        .filteredOn(mail -> mail.path("tags").path("invoiceId").asText().equals(invoiceId))
        .extracting(mail -> mail.path("tags").path("kind").asText())
        .containsExactly("receipt", "invoice");
  }
}
