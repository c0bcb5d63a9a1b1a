package dev.clockbill.invoice.draft;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stopped time joins an open draft at once; what is in the way of that is no harm. */
@OnStack
class OpenDraftTimeTest {
  private final TestFirm firm = Laptop.firm();
  private final String customer = firm.customer("Ada Lovelace");
  private final String service = firm.service("Tax Resolution", 25_000);

  @BeforeEach
  void timeJoinsTheOpenDraft() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"onStop\":\"appendToDraft\"}}").expect(200);
  }

  @Test
  void timeThatJoinsTheOpenDraftTakesNoExecution() {
    JsonNode first = firm.time(customer, service, 30);
    String timer = firm.start(customer, service);
    firm.stop(timer);
    assertThat(entry(timer).path("invoiceId")).isEqualTo(first.path("invoiceId"));
    Laptop.settle();
    assertThat(executions()).noneMatch(name -> name.contains(timer));
    firm.send(first.path("invoiceId").asText());
    firm.stop(firm.start(customer, service));
    Laptop.settle();
    assertThatInvoice(firm.invoice(first.path("invoiceId").asText())).isIn("sent");
  }

  @Test
  void timeThatCannotJoinAtOnceIsLeftToTheWorkflow() {
    JsonNode first = firm.time(customer, service, 30);
    String timer = firm.start(customer, service);
    Laptop.fault("StopTimer", "dynamodb", "Query", "before", 100);
    firm.stop(timer);
    Laptop.fault("StopTimer", "dynamodb", "Query", "before", 0);
    Laptop.settle();
    assertThat(entry(timer).path("invoiceId")).isEqualTo(first.path("invoiceId"));
    assertThat(executions()).contains("timer-" + timer);
    assertThat(firm.invoice(first.path("invoiceId").asText()).path("lines")).hasSize(2);
  }

  private JsonNode entry(String timeEntryId) {
    return firm.owner().get("/time-entries/" + timeEntryId).expect(200);
  }

  private static List<String> executions() {
    return Laptop.api().get("/_local/executions").expect(200).findValuesAsText("name");
  }
}
