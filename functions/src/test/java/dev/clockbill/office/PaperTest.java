package dev.clockbill.office;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.BilledCustomer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Billing a customer who has no mail address: the invoice is printed and handed over. */
@StoppedClock
class PaperTest {
  private TestFirm firm;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
    firm.owner()
        .patch("/firm", "{\"reminders\":{\"overdueDays\":[3,7]},\"invoicing\":{\"termsDays\":0}}")
        .expect(200);
  }

  private BilledCustomer draft() {
    String customer =
        firm.owner()
            .post("/customers", Api.json("name", "Hofladen Eck"))
            .expect(201)
            .path("customerId")
            .asText();
    JsonNode time = firm.time(customer, firm.service("Tax Resolution", BilledCustomer.TOTAL), 60);
    return new BilledCustomer(
        firm, customer, null, time.path("invoiceId").asText(), time.path("timeEntryId").asText());
  }

  private BilledCustomer sent() {
    BilledCustomer billed = draft();
    billed.act("send", "{}").expect(202);
    Laptop.settle();
    return billed;
  }

  private static List<String> history(BilledCustomer billed) {
    return billed.invoice().path("history").findValuesAsText("what");
  }

  private void address(BilledCustomer billed, String email) {
    firm.owner().patch("/customers/" + billed.customerId(), Api.json("email", email)).expect(200);
  }

  private long counted() {
    return firm.owner().get("/invoices/counts").expect(200).at("/counts/toHandOver").asLong();
  }

  @Test
  void itGetsItsNumberAndItsPdfAndIsHandedOver() {
    BilledCustomer billed = draft();
    JsonNode preview = firm.owner().get("/invoices/" + billed.invoiceId() + "/mail").expect(200);
    assertThat(preview.path("to").isNull()).isTrue();
    assertThat(preview.path("cc")).isEmpty();
    assertThat(billed.act("handed-over", "{}").word()).isEqualTo("not-sent");
    assertThat(billed.act("send", "{\"copyToMe\":true}").word()).isEqualTo("no-mail-address");
    assertThat(billed.state()).isEqualTo("draft");
    assertThatInvoice(billed.act("send", "{}").expect(202)).isIn("sending");
    Laptop.settle();
    JsonNode invoice = billed.invoice();
    assertThatInvoice(invoice).isIn("sent");
    assertThat(invoice.path("number").asText()).endsWith("0001");
    assertThat(invoice.path("payUrl").asText()).contains("/pay/");
    assertThat(invoice.path("delivery").toString())
        .isEqualTo("{\"status\":\"none\",\"at\":null,\"recipients\":[]}");
    assertThat(invoice.path("paper").toString()).isEqualTo("{\"handedOverAt\":null}");
    assertThat(invoice.path("customer").path("email").isNull()).isTrue();
    assertThat(history(billed))
        .contains(
            "Sent on paper: Hofladen Eck has no email address",
            "Ready to be printed and handed over");
    byte[] pdf = firm.owner().bytes("/invoices/" + billed.invoiceId() + "/pdf");
    firm.owner().patch("/firm", "{\"address\":\"Somewhere else\"}").expect(200);
    assertThat(firm.owner().bytes("/invoices/" + billed.invoiceId() + "/pdf"))
        .as("kept as it was sent")
        .isEqualTo(pdf);
    assertThat(counted()).isEqualTo(1);
    assertThat(firm.owner().get("/invoices?state=toHandOver").expect(200).path("invoices"))
        .hasSize(1);
    JsonNode marked = billed.act("handed-over", "{}").expect(200);
    String when = marked.path("paper").path("handedOverAt").asText();
    assertThat(when).isNotEmpty();
    Laptop.advance("PT1H");
    assertThat(billed.act("handed-over", "{}").expect(200).path("version"))
        .isEqualTo(marked.path("version"));
    assertThat(billed.invoice().path("paper").path("handedOverAt").asText()).isEqualTo(when);
    assertThat(history(billed)).filteredOn("Handed over on paper"::equals).hasSize(1);
    assertThat(counted()).isZero();
    assertThat(firm.mails("invoice")).isEmpty();
    billed.pay(BilledCustomer.TOTAL);
    assertThat(billed.state()).isEqualTo("paid");
    assertThat(firm.mails("receipt")).isEmpty();
    assertThat(history(billed))
        .contains("No receipt was emailed: Hofladen Eck has no email address for it");
  }

  @Test
  void whereReminderIsDueTheOwnerIsToldOnceForEach() {
    BilledCustomer billed = sent();
    assertThat(billed.act("remind", "{}").word()).isEqualTo("no-mail-address");
    Laptop.skip(Duration.ofDays(4));
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    JsonNode notice = firm.mails("ownerNotice").getFirst();
    assertThat(notice.path("subject").asText()).contains("Remind Hofladen Eck of invoice ");
    assertThat(notice.path("text").asText()).contains("It was due 3 days ago, on ");
    Laptop.skip(Duration.ofDays(1));
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    Laptop.skip(Duration.ofDays(4));
    assertThat(firm.mails("ownerNotice")).hasSize(2);
    assertThat(firm.mails("paymentReminder")).isEmpty();
  }

  @Test
  void anAddressOfLaterIsUsedFromThenOn() {
    BilledCustomer billed = sent();
    assertThat(billed.act("resend", "{}").word()).isEqualTo("no-mail-address");
    assertThat(billed.act("resend", "{}").expect(409).path("detail").asText()).contains("print");
    String later = "later@" + firm.firmId() + ".example";
    address(billed, later);
    Laptop.skip(Duration.ofDays(4));
    assertThat(firm.mails("paymentReminder").getFirst().path("to").path(0).asText())
        .isEqualTo(later);
    billed.act("resend", "{}").expect(202);
    Laptop.settle();
    assertThat(billed.mailsTo(later)).isEqualTo(1);
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(billed.invoice().path("paper").isNull()).isTrue();
    assertThat(billed.act("handed-over", "{}").word()).isEqualTo("invoice-mailed");
    billed.pay(BilledCustomer.TOTAL);
    assertThat(firm.mails("receipt").getFirst().path("to").path(0).asText()).isEqualTo(later);
  }

  @Test
  void whoeverIsNamedByHandGetsItByMail() {
    BilledCustomer billed = draft();
    String copy = "tax@" + firm.firmId() + ".example";
    billed.act("send", Api.json("cc", List.of(copy))).expect(202);
    Laptop.settle();
    assertThat(billed.mailsTo(copy)).isEqualTo(1);
    assertThat(billed.invoice().path("paper").isNull()).isTrue();
  }

  @Test
  void whatIsSentAutomaticallyWaitsForSomebodyToPrintIt() {
    firm.owner().patch("/firm", "{\"invoicing\":{\"sendAutomatically\":true}}").expect(200);
    BilledCustomer billed = draft();
    assertThat(billed.state()).isEqualTo("draft");
    assertThat(firm.mails("ownerNotice").getFirst().path("text").asText())
        .contains("no email address, so this invoice goes on paper");
    billed.act("send", "{}").expect(202);
    Laptop.settle();
    assertThat(billed.state()).isEqualTo("sent");
  }

  @Test
  void staffWhoMayNotSendMayNotHandOver() {
    BilledCustomer billed = sent();
    firm.owner().patch("/firm", "{\"permissions\":{\"staffSend\":false}}").expect(200);
    String path = "/invoices/" + billed.invoiceId() + "/handed-over";
    assertThat(firm.staff().post(path, "{}").word()).isEqualTo("owner-only");
    firm.owner().patch("/firm", "{\"permissions\":{\"staffSend\":true}}").expect(200);
    firm.staff().post(path, "{}").expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SendInvoice dynamodb TransactWriteItems",
        "NumberInvoice dynamodb TransactWriteItems",
        "MailInvoice dynamodb PutItem",
        "MailInvoice dynamodb TransactWriteItems"
      })
  void failure9_whateverCallFailsItGoesOnPaperOnce(String call) {
    String[] parts = call.split(" ");
    for (String when : List.of("before", "after")) {
      BilledCustomer billed = draft();
      Laptop.fault(parts[0], parts[1], parts[2], when, 1);
      if (billed.act("send", "{}").status() != 202) {
        billed.act("send", "{}").expect(202);
      }
      Laptop.advance("PT20M");
      Laptop.fault(parts[0], parts[1], parts[2], when, 0);
      assertThat(billed.state()).as(when).isEqualTo("sent");
      assertThat(history(billed))
          .as(when)
          .containsOnlyOnce("Ready to be printed and handed over")
          .filteredOn(what -> what.startsWith("Numbered "))
          .hasSize(1);
    }
    assertThat(firm.mails("invoice")).isEmpty();
  }
}
