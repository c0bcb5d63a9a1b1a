package dev.clockbill.invoice.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.BilledCustomer;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person looks at before an invoice is sent, or mailed again. */
@StoppedClock
class MailPreviewTest {
  private TestFirm firm;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
    firm.owner().patch("/firm", "{\"invoicing\":{\"numberPrefix\":\"HR-\"}}").expect(200);
  }

  private static JsonNode look(BilledCustomer billed) {
    return billed.firm().owner().get("/invoices/" + billed.invoiceId() + "/mail").expect(200);
  }

  private static String withoutLink(JsonNode mail, String part) {
    return mail.path(part).asText().replaceAll("/pay/[^\"\\s<]+", "/pay/");
  }

  @Test
  void failure28_whatThePdfCannotPrintIsSaidBeforeItGoes() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    assertThat(look(billed).path("warnings").findValuesAsText("kind"))
        .doesNotContain("text-unprintable");
    firm.owner()
        .patch("/customers/" + billed.customerId(), Api.json("name", "\u13a0\u13a1 & \u7a0e"))
        .expect(200);
    JsonNode warnings = look(billed).path("warnings");
    assertThat(warnings.findValuesAsText("kind")).contains("text-unprintable");
    assertThat(warnings.findValuesAsText("text"))
        .contains(
            "The PDF shows an empty box in place of \u13a0 \u13a1. The email and the payment page"
                + " show the text as it is.");
  }

  @Test
  void theMailOfADraftIsTheOneThatGoesWhenSendIsPressed() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    String present = "books." + billed.email();
    firm.owner()
        .patch(
            "/customers/" + billed.customerId(),
            Api.json("email", present, "name", "Lindqvist & Daughters"))
        .expect(200);
    JsonNode draft = billed.invoice();
    JsonNode seen = look(billed);
    assertThat(seen.path("to").asText()).isEqualTo(present);
    assertThat(seen.path("subject").asText()).startsWith("Invoice HR-0001 from ");
    assertThat(seen.path("text").asText()).contains("Lindqvist & Daughters", "/pay/…");
    assertThat(seen.path("overlaps")).isEmpty();
    assertThat(billed.invoice()).as("a look changes nothing").isEqualTo(draft);

    firm.send(billed.invoiceId());
    JsonNode mail = firm.mails("invoice").getFirst();
    assertThat(mail.path("to").path(0)).isEqualTo(seen.path("to"));
    assertThat(mail.path("subject")).isEqualTo(seen.path("subject"));
    for (String part : new String[] {"text", "html"}) {
      assertThat(withoutLink(mail, part)).isEqualTo(withoutLink(seen, part));
    }
  }

  @Test
  void theMailOfASentInvoiceIsTheOneThatGoesAgain() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    billed.pay(10_000);
    String present = "books." + billed.email();
    firm.owner().patch("/customers/" + billed.customerId(), Api.json("email", present)).expect(200);
    JsonNode seen = look(billed);
    billed.act("resend", "{}").expect(202);
    Laptop.settle();
    JsonNode mail = firm.mails("invoice").getFirst();
    assertThat(mail.path("to").path(0)).isEqualTo(seen.path("to"));
    assertThat(mail.path("text")).isEqualTo(seen.path("text"));
    assertThat(mail.path("html")).isEqualTo(seen.path("html"));
  }

  @Test
  void nothingIsMailedOfAVoidInvoice() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    billed.act("void", "{}").expect(200);
    assertThat(firm.owner().get("/invoices/" + billed.invoiceId() + "/mail").word())
        .isEqualTo("invoice-void");
    assertThat(Laptop.firm().owner().get("/invoices/" + billed.invoiceId() + "/mail").status())
        .isEqualTo(404);
  }

  @Test
  void otherTimeOfTheSamePersonAtTheSameHoursIsPointedOutBeforeSend() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    String elsewhere = firm.customer("Okafor Bakery");
    JsonNode later = firm.time(elsewhere, firm.service("Payroll", 9_000), 30);
    JsonNode overlaps = look(billed).path("overlaps");
    assertThat(overlaps).hasSize(1);
    assertThat(overlaps.path(0).path("timeEntryId").asText()).isEqualTo(billed.timeEntryId());
    assertThat(overlaps.path(0).path("other").path("timeEntryId"))
        .isEqualTo(later.path("timeEntryId"));
    assertThat(overlaps.path(0).path("other").path("customerName").asText())
        .isEqualTo("Okafor Bakery");

    String own =
        firm.owner().get("/time-entries/" + billed.timeEntryId()).json().path("startedAt").asText();
    firm.owner()
        .patch(
            "/time-entries/" + later.path("timeEntryId").asText(),
            Api.json("startedAt", Instant.parse(own).minusSeconds(60).toString(), "stoppedAt", own))
        .expect(200);
    assertThat(look(billed).path("overlaps")).as("where one ends the other may begin").isEmpty();
  }
}
