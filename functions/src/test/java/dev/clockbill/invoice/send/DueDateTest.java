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
import java.time.format.DateTimeFormatter;
import java.util.Locale;
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

  @Test
  void aCustomersOwnTermsComeBeforeTheFirmsAndADayThatWasSetBeforeBoth() {
    String ada = firm.customer("Ada Lovelace");
    String service = firm.service("Tax Resolution", 25_000);
    String usual = firm.time(ada, service, 60).path("invoiceId").asText();
    String chosen = firm.time(ada, service, 60).path("invoiceId").asText();
    LocalDate today = LocalDate.ofInstant(Laptop.now(), ZoneOffset.UTC);
    due(chosen, today.plusDays(3)).expect(200);
    String path = "/customers/" + ada;
    firm.staff().patch(path, "{\"termsDays\":45}").expect(200);
    String mail = firm.owner().get("/invoices/" + usual + "/mail").expect(200).toString();
    JsonNode sent = firm.send(usual);
    assertThat(sent.path("dueOn").asText()).isEqualTo(today.plusDays(45).toString());
    assertThat(mail).contains(english(today.plusDays(45)));
    assertThat(firm.send(chosen).path("dueOn").asText()).isEqualTo(today.plusDays(3).toString());
    firm.staff().patch(path, "{\"termsDays\":0}").expect(200);
    String revised =
        firm.owner()
            .post("/invoices/" + usual + "/revise", "{}")
            .expect(201)
            .path("invoiceId")
            .asText();
    assertThat(firm.send(revised).path("dueOn").asText()).isEqualTo(today.toString());
    assertThat(firm.invoice(usual).path("dueOn")).as("what was sent").isEqualTo(sent.path("dueOn"));
  }

  private static String english(LocalDate day) {
    return day.format(DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH));
  }
}
