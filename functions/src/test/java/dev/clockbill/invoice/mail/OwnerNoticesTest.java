package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.BilledCustomer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the firm's owner is notified of about an invoice, and how often. */
@StoppedClock
class OwnerNoticesTest {
  private TestFirm firm;
  private String email;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
    email = "office@" + firm.firmId() + ".example";
    firm.owner().patch("/firm", Api.json("email", email)).expect(200);
  }

  private List<JsonNode> notices() {
    return firm.mails("ownerNotice");
  }

  private void report(BilledCustomer billed, String what) {
    JsonNode mail =
        firm.mails("invoice").stream()
            .filter(sent -> sent.path("tags").path("invoiceId").asText().equals(billed.invoiceId()))
            .findFirst()
            .orElseThrow();
    Laptop.api().post("/_local/mails/" + mail.path("id").asText() + "/" + what, "{}").expect(200);
    Laptop.settle();
  }

  private void assertTold(BilledCustomer billed, String... words) {
    assertThat(notices()).hasSize(1);
    JsonNode notice = notices().getFirst();
    assertThat(notice.path("to").path(0).asText()).isEqualTo(email);
    assertThat(notice.path("tags").path("invoiceId").asText()).isEqualTo(billed.invoiceId());
    for (String body : List.of("text", "html")) {
      assertThat(notice.path(body).asText().replace('\u00a0', ' '))
          .contains(words)
          .contains("Lindqvist Joinery", "Tax Resolution", "0001", "$250.00")
          .contains("/#/invoices/" + billed.invoiceId());
    }
  }

  @Test
  void failure9_theOwnerIsToldOfAMailThatIsRefused() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    billed.refuseMails(1, "MessageRejected");
    firm.send(billed.invoiceId());
    assertThat(billed.state()).isEqualTo("undeliverable");
    assertThat(billed.delivery()).isEqualTo("failed");
    assertThat(billed.invoice().path("history").findValuesAsText("what"))
        .contains("Email to " + billed.email() + " was refused");
    assertTold(billed, "could not be emailed", billed.email());
  }

  @Test
  void failure9_theOwnerIsToldOnceOfAMailThatComesBackAndOneMailGoesAgain() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    report(billed, "bounce");
    report(billed, "bounce");
    assertThat(billed.state()).isEqualTo("sent");
    assertThat(billed.delivery()).isEqualTo("bounced");
    assertTold(billed, "bounced", billed.email());

    String present = "new." + billed.email();
    firm.owner().patch("/customers/" + billed.customerId(), Api.json("email", present)).expect(200);
    billed.act("resend", "{}").expect(202);
    Laptop.settle();
    assertThat(billed.mailsTo(present)).isEqualTo(1);
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(notices()).hasSize(1);
  }

  @Test
  void failure9_theOwnerIsToldThatAMailIsUnwanted() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    report(billed, "complain");
    assertThat(billed.delivery()).isEqualTo("complained");
    assertTold(billed, "as spam", billed.email());
  }

  @Test
  void failure11_theOwnerIsToldOfADelayedPaymentThatFails() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String checkout = billed.openCheckout();
    String payment =
        BilledCustomer.outcome(checkout, "processing", false)
            .expect(200)
            .path("paymentId")
            .asText();
    assertThat(notices()).isEmpty();
    Laptop.api()
        .post("/_processor/payments/" + payment + "/settle", "{\"outcome\":\"failed\"}")
        .expect(200);
    Laptop.settle();
    assertThat(billed.state()).isEqualTo("sent");
    assertTold(billed, "failed", "is due again");
    assertThat(firm.mails("receipt")).isEmpty();
  }

  @Test
  void failure12_theOwnerIsToldOfMoneyThatNobodyAskedFor() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String checkout = billed.openCheckout();
    billed.act("void", "{}").expect(200);
    Laptop.settle();
    BilledCustomer.outcome(checkout, "paid", true).expect(200);
    assertTold(billed, "which is void");

    BilledCustomer twice = BilledCustomer.sent(firm);
    String other = twice.openCheckout();
    twice.pay(BilledCustomer.TOTAL);
    BilledCustomer.outcome(other, "paid", true).expect(200);
    assertThat(twice.invoice().path("flags").path(0).asText()).isEqualTo("overpaid");
    assertThat(notices()).hasSize(2);
    assertThat(notices().getFirst().path("subject").asText()).contains("paid more than was due");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RecordDelivery dynamodb TransactWriteItems",
        "RecordDelivery states StartExecution",
        "MailOwnerNotice dynamodb BatchGetItem",
        "MailOwnerNotice dynamodb UpdateItem",
        "MailOwnerNotice ses SendEmail"
      })
  void aCallThatFailsLosesAndDoublesNoNotice(String call) {
    String[] parts = call.split(" ");
    int times = parts[1].equals("ses") ? 1 : 4;
    BilledCustomer before = BilledCustomer.sent(firm);
    BilledCustomer after = BilledCustomer.sent(firm);
    Laptop.fault(parts[0], parts[1], parts[2], "before", times);
    report(before, "bounce");
    Laptop.advance("PT30M");
    Laptop.fault(parts[0], parts[1], parts[2], "before", 0);
    Laptop.fault(parts[0], parts[1], parts[2], "after", times);
    report(after, "bounce");
    Laptop.advance("PT30M");
    Laptop.fault(parts[0], parts[1], parts[2], "after", 0);
    for (BilledCustomer billed : List.of(before, after)) {
      assertThat(billed.delivery()).isEqualTo("bounced");
      assertThat(notices())
          .filteredOn(
              mail -> mail.path("tags").path("invoiceId").asText().equals(billed.invoiceId()))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dynamodb TransactWriteItems", "states StartExecution"})
  void aCallThatFailsLosesAndDoublesNoNoticeOfARefusedMail(String call) {
    String[] parts = call.split(" ");
    for (String when : new String[] {"before", "after"}) {
      int told = notices().size();
      BilledCustomer billed = BilledCustomer.draft(firm);
      billed.refuseMails(1, "MessageRejected");
      Laptop.fault("MarkUndeliverable", parts[0], parts[1], when, 4);
      firm.send(billed.invoiceId());
      Laptop.advance("PT30M");
      Laptop.fault("MarkUndeliverable", parts[0], parts[1], when, 0);
      assertThat(billed.state()).as(when).isEqualTo("undeliverable");
      assertThat(notices()).as(when).hasSize(told + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void aNoticeOfAPaymentThatCouldNotBeBegunIsMailedLater(String when) {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String checkout = billed.openCheckout();
    billed.act("void", "{}").expect(200);
    Laptop.settle();
    Laptop.fault("PaymentWebhook", "states", "StartExecution", when, 4);
    BilledCustomer.outcome(checkout, "paid", true).expect(200);
    Laptop.advance("PT10M");
    Laptop.fault("PaymentWebhook", "states", "StartExecution", when, 0);
    assertTold(billed, "which is void");
  }

  @Test
  void aNoticeThatIsRefusedIsGivenUp() {
    Laptop.api()
        .post("/_local/mails/refuse", Api.json("to", email, "times", 1, "with", "MessageRejected"))
        .expect(200);
    BilledCustomer billed = BilledCustomer.sent(firm);
    report(billed, "bounce");
    Laptop.advance("PT2H");
    assertThat(notices()).isEmpty();
    assertThat(Laptop.execution("invoice-" + billed.invoiceId() + "-r1").path("status").asText())
        .isEqualTo("SUCCEEDED");
  }
}
