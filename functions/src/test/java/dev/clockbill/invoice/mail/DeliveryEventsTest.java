package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.BilledCustomer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the mail service's events make of an invoice: each kind, late, twice and out of order. */
@StoppedClock
class DeliveryEventsTest {
  private TestFirm firm;
  private BilledCustomer billed;

  @BeforeEach
  void sendAnInvoice() {
    firm = Laptop.firm();
    billed = BilledCustomer.sent(firm);
  }

  private JsonNode latestMail() {
    return firm.mails("invoice").getFirst();
  }

  private void report(JsonNode mail, String what, String body) {
    Laptop.api().post("/_local/mails/" + mail.path("id").asText() + "/" + what, body).expect(200);
    Laptop.settle();
  }

  private void report(String what, String body) {
    report(latestMail(), what, body);
  }

  private JsonNode recipient() {
    return billed.invoice().path("delivery").path("recipients").path(0);
  }

  private List<String> history() {
    return billed.invoice().path("history").findValuesAsText("what");
  }

  private void resend() {
    billed.act("resend", "{}").expect(202);
    Laptop.settle();
  }

  @Test
  void failure33_anOutOfOfficeReplyIsANoteAndRemindersGoOn() {
    firm.owner()
        .patch("/firm", "{\"reminders\":{\"overdueDays\":[3]},\"invoicing\":{\"termsDays\":0}}")
        .expect(200);
    BilledCustomer away = BilledCustomer.sent(firm);
    report("bounce", "{\"type\":\"transient\"}");
    report("bounce", "{\"type\":\"transient\"}");
    billed = away;
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(recipient().path("status").asText()).isEqualTo("delivered");
    assertThat(recipient().path("note").asText()).isEqualTo("temporary");
    assertThat(history()).filteredOn(what -> what.contains("temporary problem")).hasSize(1);
    assertThat(firm.mails("ownerNotice")).isEmpty();
    Laptop.skip(Duration.ofDays(5));
    assertThat(firm.mails("paymentReminder"))
        .filteredOn(mail -> mail.path("to").path(0).asText().equals(away.email()))
        .hasSize(1);
  }

  @Test
  void failure33_aLaterDeliveryStandsAndAPermanentBounceAfterItToo() {
    event(
        "Bounce", "\"bounce\":{\"bounceType\":\"Transient\",\"bounceSubType\":\"MailboxFull\"", "");
    assertThat(billed.delivery()).isEqualTo("delivered");
    event("Bounce", "\"bounce\":{\"bounceType\":\"Undetermined\"", "");
    assertThat(billed.delivery()).isEqualTo("delivered");
    report("bounce", "{}");
    assertThat(billed.delivery()).isEqualTo("bounced");
    assertThat(recipient().path("note").isNull()).isTrue();
    report("bounce", "{\"type\":\"transient\"}");
    assertThat(billed.delivery()).isEqualTo("bounced");
    assertThat(recipient().path("note").isNull()).isTrue();
    assertThat(firm.mails("ownerNotice")).hasSize(1);
  }

  @Test
  void failure29_mailToADomainInItsOwnLettersArrives() {
    String domain = firm.firmId().toLowerCase(Locale.ROOT) + ".example";
    String customer = firm.customer("Müller", "anna@bücher." + domain);
    JsonNode time = firm.time(customer, firm.service("Advice", 10_000), 60);
    firm.send(time.path("invoiceId").asText());
    Laptop.settle();
    assertThat(latestMail().path("to").path(0).asText()).isEqualTo("anna@xn--bcher-kva." + domain);
    JsonNode recipient =
        firm.owner()
            .get("/invoices/" + time.path("invoiceId").asText())
            .expect(200)
            .at("/delivery/recipients/0");
    assertThat(recipient.path("email").asText()).isEqualTo("anna@bücher." + domain);
    assertThat(recipient.path("status").asText()).isEqualTo("delivered");
  }

  /** An event of SES about the invoice's mail, as the bus hands it to the function. */
  private void event(String type, String open, String address) {
    String to = address.isEmpty() ? billed.email() : address;
    JsonNode tags = latestMail().path("tags");
    Laptop.invoke(
        "RecordDelivery",
        "{\"detail\":{\"eventType\":\""
            + type
            + "\",\"mail\":{\"destination\":[\""
            + billed.email()
            + "\"],\"tags\":{\"firmId\":[\""
            + tags.path("firmId").asText()
            + "\"],\"mailId\":[\""
            + tags.path("mailId").asText()
            + "\"]}},"
            + open
            + ",\"bouncedRecipients\":[{\"emailAddress\":\""
            + to
            + "\"}]}}}");
    Laptop.settle();
  }

  @Test
  void aBounceNamesTheAddressToWhichTheMailWasForwarded() {
    event(
        "Bounce",
        "\"bounce\":{\"bounceType\":\"Permanent\",\"bounceSubType\":\"General\"",
        "forwarded@elsewhere.example");
    assertThat(billed.delivery()).isEqualTo("bounced");
    assertThat(recipient().path("email").asText()).isEqualTo(billed.email());
  }

  @Test
  void aDelayIsANoteUntilTheMailIsDelivered() {
    // The second mail is delivered at once; the delay is reported after it, as events do.
    report("delay", "{}");
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(recipient().path("note").isNull()).isTrue();
    assertThat(history()).noneMatch(what -> what.contains("delayed"));
  }

  @Test
  void aVirusMeansThatNothingWasSent() {
    report("reject", "{}");
    report("reject", "{}");
    assertThat(billed.state()).isEqualTo("undeliverable");
    assertThat(billed.delivery()).isEqualTo("failed");
    assertThat(recipient().path("note").asText()).isEqualTo("rejected");
    assertThat(history()).filteredOn(what -> what.contains("virus")).hasSize(1);
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    assertThat(firm.mails("ownerNotice").getFirst().path("text").asText()).contains("virus");
    resend();
    assertThat(billed.state()).isEqualTo("sent");
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(recipient().path("note").isNull()).isTrue();
    report("reject", "{}");
    assertThat(billed.state()).isEqualTo("undeliverable");
    assertThat(billed.delivery()).isEqualTo("failed");
  }

  @Test
  void aVirusThatIsReportedBeforeTheSenderHasRecordedTheMailMeansTheSame() {
    billed = BilledCustomer.draft(firm);
    virus(2);
    firm.send(billed.invoiceId());
    assertThat(billed.state()).isEqualTo("undeliverable");
    // The mail is claimed, sent and rejected before its sender can record it.
    Laptop.fault("MailInvoice", "dynamodb", "TransactWriteItems", "before", 4);
    resend();
    assertThat(billed.delivery()).isEqualTo("failed");
    Laptop.advance("PT5M");
    assertThat(billed.state()).isEqualTo("undeliverable");
    assertThat(billed.delivery()).isEqualTo("failed");
    assertThat(history()).filteredOn(what -> what.contains("virus")).hasSize(2);
    resend();
    assertThat(billed.state()).isEqualTo("sent");
    assertThat(billed.delivery()).isEqualTo("delivered");
    virus(1);
    resend();
    assertThat(billed.state()).isEqualTo("sent");
    assertThat(billed.delivery()).isEqualTo("failed");
  }

  /** Has the mail service find a virus in the next mails to the customer, once it took them. */
  private void virus(int times) {
    billed.refuseMails(times, "Virus");
  }

  @Test
  void aReminderThatIsTakenForAVirusLeavesTheInvoiceSent() {
    firm.owner()
        .patch("/firm", "{\"reminders\":{\"overdueDays\":[3]},\"invoicing\":{\"termsDays\":0}}")
        .expect(200);
    billed = BilledCustomer.sent(firm);
    Laptop.skip(Duration.ofDays(5));
    report(firm.mails("paymentReminder").getFirst(), "reject", "{}");
    assertThat(billed.state()).isEqualTo("sent");
    assertThat(billed.delivery()).isEqualTo("failed");
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    assertThat(firm.mails("ownerNotice").getFirst().path("subject").asText())
        .startsWith("A reminder of invoice");
    assertThat(firm.mails("ownerNotice").getFirst().path("text").asText())
        .contains("virus", "no more reminders");
  }

  @Test
  void aSuppressedAddressIsToldAndResendingClearsIt() {
    report("bounce", "{}");
    String customer = billed.customerId();
    String line = "{\"kind\":\"fixed\",\"description\":\"Fee\",\"amount\":25000}";
    String next =
        firm.owner()
            .post("/invoices", "{\"customerId\":\"" + customer + "\",\"lines\":[" + line + "]}")
            .expect(201)
            .path("invoiceId")
            .asText();
    JsonNode invoice = firm.send(next);
    assertThat(invoice.path("state").asText()).isEqualTo("sent");
    JsonNode delivery = firm.invoice(next).path("delivery");
    assertThat(delivery.path("status").asText()).isEqualTo("bounced");
    assertThat(delivery.path("recipients").path(0).path("note").asText()).isEqualTo("suppressed");
    assertThat(firm.invoice(next).path("history").findValuesAsText("what"))
        .anyMatch(what -> what.contains("held back: an earlier email to this address bounced"));
    JsonNode notice = firm.mails("ownerNotice").getFirst();
    assertThat(notice.path("subject").asText()).contains("held back");
    assertThat(notice.path("text").asText()).contains("did not try to deliver", "resend");

    firm.owner().post("/invoices/" + next + "/resend", "{}").expect(202);
    Laptop.settle();
    assertThat(firm.invoice(next).path("delivery").path("status").asText()).isEqualTo("delivered");
    assertThat(latestMail().has("suppressed")).isFalse();
  }

  @Test
  void anUnwantedMailIsHeldBackNextTimeUntilAPersonMailsItAgain() {
    report("complain", "{}");
    resend();
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(billed.mailsTo(billed.email())).isEqualTo(2);
  }

  @Test
  void failure27_aFirmWhoseNameIsLongWhenItIsEncodedSendsItsMails() {
    firm.owner().patch("/firm", Api.json("name", "Ж".repeat(110))).expect(200);
    billed = BilledCustomer.sent(firm);
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(latestMail().path("from").asText()).matches("Ж{80,}… <billing@.*>");
    assertThat(latestMail().path("subject").asText()).contains("Ж".repeat(110));
  }

  @Test
  void failure9_aReceiptThatComesBackIsNotedOnceAndLeavesTheInvoiceAlone() {
    billed.pay(BilledCustomer.TOTAL);
    JsonNode receipt = firm.mails("receipt").getFirst();
    report(receipt, "bounce", "{}");
    report(receipt, "bounce", "{}");
    assertThat(history()).filteredOn(what -> what.startsWith("Receipt: Email to")).hasSize(1);
    assertThat(billed.delivery()).isEqualTo("delivered");
  }

  @Test
  void recipientsAreThereFromSendOnAndFollowTheLatestMail() {
    BilledCustomer draft = BilledCustomer.draft(firm);
    assertThat(draft.invoice().path("delivery").path("recipients")).isEmpty();
    String other = "books." + billed.email();
    billed.act("resend", Api.json("email", other)).expect(202);
    Laptop.settle();
    JsonNode recipients = billed.invoice().path("delivery").path("recipients");
    assertThat(recipients).hasSize(1);
    assertThat(recipients.path(0).path("email").asText()).isEqualTo(other);
    assertThat(recipients.path(0).path("status").asText()).isEqualTo("delivered");
    assertThat(recipients.path(0).path("at").asText()).isNotEmpty();
  }
}
