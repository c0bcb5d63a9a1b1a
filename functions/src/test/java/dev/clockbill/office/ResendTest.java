package dev.clockbill.office;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.BilledCustomer;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailing an invoice once more. */
@StoppedClock
class ResendTest {
  private TestFirm firm;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
  }

  private static void resend(BilledCustomer billed, String body) {
    billed.act("resend", body).expect(202);
    Laptop.settle();
  }

  @Test
  void aSentInvoiceIsMailedOnceMoreAndStaysAsItIs() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    JsonNode before = billed.invoice();
    JsonNode queued = billed.act("resend", "{}").expect(202);
    assertThatInvoice(queued).isIn("sent");
    Laptop.settle();
    assertThat(billed.mailsTo(billed.email())).isEqualTo(2);
    JsonNode after = billed.invoice();
    assertThat(after.path("number")).isEqualTo(before.path("number"));
    assertThat(after.path("payUrl")).isEqualTo(before.path("payUrl"));
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(Laptop.execution("invoice-" + billed.invoiceId() + "-r1").path("status").asText())
        .isEqualTo("SUCCEEDED");
    assertThat(Laptop.execution("timer-" + billed.timeEntryId()).path("status").asText())
        .isEqualTo("RUNNING");
  }

  @Test
  void itGoesToTheCustomersPresentAddressOrWhereItIsAskedFor() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String present = "new." + billed.email();
    firm.owner().patch("/customers/" + billed.customerId(), Api.json("email", present)).expect(200);
    resend(billed, "{}");
    assertThat(billed.mailsTo(present)).isEqualTo(1);
    String other = "books." + billed.email();
    resend(billed, Api.json("email", other));
    assertThat(billed.mailsTo(other)).isEqualTo(1);
    assertThat(billed.invoice().path("customer").path("email").asText()).isEqualTo(billed.email());
    assertThat(billed.act("resend", "{\"email\":\"nobody\"}").status()).isEqualTo(400);
    billed.pay(BilledCustomer.TOTAL);
    assertThat(firm.mails("receipt").getFirst().path("to").get(0).asText()).isEqualTo(other);
  }

  @Test
  void theMailOfAPartlyPaidInvoiceSaysWhatIsPaidAndWhatIsLeft() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    billed.pay(10_000);
    resend(billed, "{}");
    JsonNode mail = firm.mails("invoice").getFirst();
    assertThat(mail.path("text").asText().replace('\u00a0', ' '))
        .contains("We have received $100.00", "the remaining $150.00 is due on")
        .contains("Total: $250.00\nPaid: $100.00\nAmount due: $150.00\n");
    assertThat(mail.path("html").asText().replaceAll("(<[^>]*>|[\\s\u00a0])+", " "))
        .contains("Total $250.00 Paid $100.00 Amount due $150.00");
    assertThat(firm.mails("invoice").getLast().path("text").asText())
        .doesNotContain("Paid:", "Amount due:");
  }

  @Test
  void failure9_whileOneIsQueuedNothingIsMailedTwice() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    billed.refuseMails(2, "Throttling");
    resend(billed, "{}");
    assertThat(billed.delivery()).isEqualTo("queued");
    resend(billed, "{}");
    Laptop.advance("PT10M");
    assertThat(billed.mailsTo(billed.email())).isEqualTo(2);
  }

  @Test
  void failure9_anAddressIsTakenOffTheListHoweverBusyTheListIs() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    String mail = firm.mails("invoice").getFirst().path("id").asText();
    Laptop.api().post("/_local/mails/" + mail + "/bounce", "{}").expect(200);
    Laptop.settle();
    String list = "DeleteSuppressedDestination";
    Laptop.fault("MailInvoice", "ses", list, "before", "throttle", 3);
    resend(billed, "{}");
    assertThat(billed.delivery()).isEqualTo("queued");
    Laptop.advance("PT5M");
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(billed.mailsTo(billed.email())).isEqualTo(2);
  }

  @Test
  void failure9_anUndeliverableInvoiceIsSentWithItsNumberWhenAMailGoes() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    billed.refuseMails(2, "MessageRejected");
    JsonNode refused = firm.send(billed.invoiceId());
    assertThatInvoice(refused).isIn("undeliverable");
    resend(billed, "{}");
    assertThat(billed.state()).isEqualTo("undeliverable");
    assertThat(billed.delivery()).isEqualTo("failed");
    resend(billed, "{}");
    assertThat(billed.state()).isEqualTo("sent");
    assertThat(billed.delivery()).isEqualTo("delivered");
    assertThat(billed.invoice().path("number")).isEqualTo(refused.path("number"));
    assertThat(billed.mailsTo(billed.email())).isEqualTo(1);
    billed.pay(BilledCustomer.TOTAL);
    assertThat(firm.mails("receipt")).hasSize(1);
  }

  @Test
  void aMailThatIsRefusedLeavesASentInvoiceSent() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    billed.refuseMails(1, "MessageRejected");
    resend(billed, "{}");
    assertThat(billed.state()).isEqualTo("sent");
    assertThat(billed.delivery()).isEqualTo("failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invoices dynamodb TransactWriteItems",
        "Invoices states StartExecution",
        "MailInvoice dynamodb BatchGetItem",
        "MailInvoice dynamodb TransactWriteItems",
        "MailInvoice ses SendEmail"
      })
  void aCallThatFailsLosesAndDoublesNoMail(String call) {
    String[] parts = call.split(" ");
    int times = parts[1].equals("ses") ? 1 : 4;
    for (String when : new String[] {"before", "after"}) {
      BilledCustomer billed = BilledCustomer.sent(firm);
      Laptop.fault(parts[0], parts[1], parts[2], when, times);
      if (billed.act("resend", "{}").status() != 202) {
        resend(billed, "{}");
      }
      Laptop.advance("PT30M");
      Laptop.fault(parts[0], parts[1], parts[2], when, 0);
      assertThat(billed.delivery()).as(when).isEqualTo("delivered");
      assertThat(billed.mailsTo(billed.email())).as(when).isEqualTo(2);
    }
  }

  @Test
  void anExecutionThatEndsBeforeItMailedIsReplaced() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    billed.refuseMails(2, "Throttling");
    billed.act("resend", "{}").expect(202);
    Laptop.abort("invoice-" + billed.invoiceId() + "-r1");
    Laptop.advance("PT20M");
    assertThat(billed.mailsTo(billed.email())).isEqualTo(2);
    assertThat(billed.delivery()).isEqualTo("delivered");
  }

  @Test
  void anExecutionThatCouldNotBeCountedKeepsNoMailBack() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    // Nothing else continues the work: only Send can start another, and only the next push can
    // count it.
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 100);
    Laptop.abort("timer-" + billed.timeEntryId());
    Laptop.fault("SendInvoice", "dynamodb", "UpdateItem", "before", 4);
    firm.send(billed.invoiceId());
    Laptop.fault("SendInvoice", "dynamodb", "UpdateItem", "before", 0);
    Laptop.fault("ResumeWorkflow", "states", "StartExecution", "before", 0);
    Laptop.advance("PT10M");
    assertThat(billed.state()).isEqualTo("sent");
    resend(billed, "{}");
    assertThat(billed.mailsTo(billed.email())).isEqualTo(2);
    assertThat(billed.delivery()).isEqualTo("delivered");
  }

  @Test
  void aMailIsNotQueuedForAnExecutionThatWasStartedMeanwhile() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    Environment environment = new Environment(Laptop.stack().environment("Invoices"));
    Table table = new Table(environment);
    Invoice before = new InvoiceStore(table).find(firm.firmId(), billed.invoiceId()).orElseThrow();
    Laptop.abort("timer-" + billed.timeEntryId());
    Mail.Id id = new Mail.Id(firm.firmId(), MailKind.INVOICE, billed.invoiceId(), 2);
    UnitOfWork work = table.begin(firm.firmId());
    new QueuedMails(table, environment).add(InvoiceChange.of(work, before), id, Map.of());
    assertThatThrownBy(work::commit).isInstanceOf(ConditionFailed.class);
  }

  @Test
  void whatIsQueuedWhenTheInvoiceBecomesVoidIsNotMailed() {
    BilledCustomer billed = BilledCustomer.sent(firm);
    billed.refuseMails(3, "Throttling");
    resend(billed, "{}");
    billed.act("void", "{}").expect(200);
    Laptop.advance("PT30M");
    assertThat(billed.mailsTo(billed.email())).isEqualTo(1);
  }
}
