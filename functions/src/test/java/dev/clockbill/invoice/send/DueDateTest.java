package dev.clockbill.invoice.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Due dates that a person sets: none has passed when the invoice goes out. */
@StoppedClock
class DueDateTest {
  private final TestFirm firm = Laptop.firm();

  private String draft() {
    String service = firm.service("Tax Resolution", 25_000);
    return firm.time(firm.customer("Ada Lovelace"), service, 60).path("invoiceId").asText();
  }

  private Api.Answer press(String invoiceId) {
    return firm.owner().post("/invoices/" + invoiceId + "/send", "{}");
  }

  private static String state(JsonNode invoice) {
    return invoice.path("state").asText();
  }

  @Test
  void failure31_aDueDateThatHasPassedIsRefusedWhenItIsSetAndWhenTheInvoiceIsSent() {
    String invoiceId = draft();
    LocalDate today = LocalDate.ofInstant(Laptop.now(), ZoneOffset.UTC);
    Api.Answer refused = due(invoiceId, today.minusDays(1));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("dueOn");
    due(invoiceId, today).expect(200);
    Laptop.skip(Duration.ofDays(1));
    Api.Answer late = press(invoiceId);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.word()).isEqualTo("due-date-passed");
    JsonNode draft = firm.invoice(invoiceId);
    assertThat(state(draft)).isEqualTo("draft");
    firm.owner()
        .ifMatch(draft.path("version").asLong())
        .patch("/invoices/" + invoiceId, Api.json("dueOn", today.toString(), "note", "As read"))
        .expect(200);
    due(invoiceId, today.plusDays(1)).expect(200);
    press(invoiceId).expect(202);
    Laptop.settle();
    assertThat(firm.invoice(invoiceId).path("dueOn").asText())
        .isEqualTo(today.plusDays(1).toString());
  }

  @Test
  void failure31_anInvoiceNumberedAfterMidnightIsNotDueBeforeItWasIssued() {
    String invoiceId = draft();
    LocalDate today = LocalDate.ofInstant(Laptop.now(), ZoneOffset.UTC);
    due(invoiceId, today).expect(200);
    Laptop.fault("NumberInvoice", "dynamodb", "BatchGetItem", "before", 1_000);
    press(invoiceId).expect(202);
    Laptop.skipTo(today.plusDays(1).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
    Laptop.fault("NumberInvoice", "dynamodb", "BatchGetItem", "before", 0);
    Laptop.advance("PT1H");
    JsonNode sent = firm.invoice(invoiceId);
    assertThat(sent.path("issuedOn").asText()).isEqualTo(today.plusDays(1).toString());
    assertThat(sent.path("dueOn")).isEqualTo(sent.path("issuedOn"));
  }

  private Api.Answer due(String invoiceId, LocalDate day) {
    return firm.owner()
        .ifMatch(firm.invoice(invoiceId).path("version").asLong())
        .patch("/invoices/" + invoiceId, Api.json("dueOn", day.toString()));
  }
}
