package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money received elsewhere, recorded by a person and taken back. */
@StoppedClock
class PaymentsByHandTest {
  private static final long TOTAL = 25_000;

  private TestFirm firm;
  private String invoiceId;
  private String path;

  @BeforeEach
  void sendAnInvoice() {
    firm = Laptop.firm();
    JsonNode time =
        firm.time(firm.customer("Ada Lovelace"), firm.service("Tax Resolution", TOTAL), 60);
    invoiceId = time.path("invoiceId").asText();
    firm.send(invoiceId);
    path = "/invoices/" + invoiceId;
  }

  private static LocalDate today() {
    return LocalDate.ofInstant(Laptop.stack().clock().instant(), ZoneOffset.UTC);
  }

  private static String body(long amount, LocalDate receivedOn, Object... more) {
    List<Object> fields =
        new ArrayList<>(
            List.of(
                "amount",
                amount,
                "method",
                "Cheque",
                "receivedOn",
                receivedOn.toString(),
                "reference",
                "No. 7"));
    fields.addAll(List.of(more));
    return Api.json(fields.toArray());
  }

  private JsonNode record(long amount, Object... more) {
    JsonNode payment =
        firm.owner().post(path + "/payments", body(amount, today(), more)).expect(201);
    Laptop.settle();
    return payment;
  }

  private Answer takeBack(JsonNode payment) {
    Answer answer = firm.owner().delete(path + "/payments/" + payment.path("paymentId").asText());
    Laptop.settle();
    return answer;
  }

  private JsonNode invoice() {
    return firm.owner().get(path).expect(200);
  }

  private void assertTheNextOneIsThankedForToo() {
    assertStands("sent", 0);
    record(TOTAL);
    assertStands("paid", TOTAL);
    assertThat(firm.mails("receipt")).hasSize(2);
  }

  private void assertStands(String state, long amountPaid) {
    assertThatInvoice(invoice())
        .isIn(state)
        .hasAmountPaid(amountPaid)
        .hasAmountDue(Math.max(0, TOTAL - amountPaid));
  }

  @Test
  void aPartIsKeptAsPartlyPaidAndTheRestPaysAndIsThankedFor() {
    JsonNode payment = record(10_000);
    assertThat(payment.path("byHand").asBoolean()).isTrue();
    assertStands("partlyPaid", 10_000);
    assertThat(firm.mails("receipt")).isEmpty();
    record(15_000);
    assertStands("paid", TOTAL);
    JsonNode row = invoice().path("payments").get(0);
    assertThat(row.path("method").asText()).isEqualTo("Cheque");
    assertThat(row.path("reference").asText()).isEqualTo("No. 7");
    assertThat(row.path("status").asText()).isEqualTo("settled");
    assertThat(firm.mails("receipt")).hasSize(1);
    assertThat(invoice().path("history").findValuesAsText("what"))
        .anyMatch(what -> what.startsWith("Payment of $100.00 recorded"));
  }

  @Test
  void theHistoryHasAmountsAsTheFirmWritesThem() {
    String berlin =
        """
        {"postal": {"street": "Am Ufer 1", "city": "Berlin", "postalCode": "10115", "country": "DE"}}
        """;
    firm.owner().patch("/firm", berlin).expect(200);
    record(10_000);
    assertThat(invoice().path("history").findValuesAsText("what"))
        .anyMatch(what -> what.startsWith("Payment of 100,00\u00a0US$ recorded"));
  }

  @Test
  void whatIsMoreThanDueIsKeptAndFlaggedWhereAPersonSaysSo() {
    record(TOTAL);
    Answer refused = firm.owner().post(path + "/payments", body(1, today()));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.word()).isEqualTo("more-than-due");
    assertThat(refused.json().path("detail").asText()).startsWith("Nothing is due any more.");
    record(1, "overpaid", true);
    assertStands("paid", TOTAL + 1);
    assertThat(invoice().path("flags").path(0).asText()).isEqualTo("overpaid");
    assertThat(firm.mails("receipt")).hasSize(1);
  }

  @Test
  void failure31_aHundredTimesWhatIsDueChangesNothingAndMailsNoReceipt() {
    record(5_000);
    JsonNode before = invoice();
    for (Object[] more : new Object[][] {{}, {"overpaid", false}, {"receipt", true}}) {
      Answer refused = firm.owner().post(path + "/payments", body(2_000_000, today(), more));
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.word()).isEqualTo("more-than-due");
      assertThat(refused.json().path("amountDue").asLong()).isEqualTo(20_000);
      assertThat(refused.json().path("detail").asText()).startsWith("Only $200.00 is due.");
    }
    Laptop.advance("PT10M");
    assertThat(invoice()).isEqualTo(before);
    assertThat(firm.mails("receipt")).isEmpty();
    record(20_000);
    assertStands("paid", TOTAL);
  }

  @Test
  void failure31_aPaymentOfAnotherDecadeIsRefused() {
    Answer refused =
        firm.owner().post(path + "/payments", body(1, today().minusYears(1).minusDays(1)));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("receivedOn");
    firm.owner().post(path + "/payments", body(1, today().minusYears(1))).expect(201);
  }

  @Test
  void noReceiptIsMailedWhereNoneIsWantedAndTheNextOneIsAgain() {
    record(5_000, "receipt", false);
    JsonNode paying = record(20_000, "receipt", false);
    assertStands("paid", TOTAL);
    Laptop.advance("PT10M");
    assertThat(firm.mails("receipt")).isEmpty();
    assertThat(invoice().path("history").findValuesAsText("what"))
        .contains("Payment of $200.00 recorded: Cheque, without a receipt");
    takeBack(paying);
    assertStands("partlyPaid", 5_000);
    record(20_000);
    assertStands("paid", TOTAL);
    assertThat(firm.mails("receipt")).hasSize(1);
  }

  @Test
  void aPaymentThatIsTakenBackIsDueAgainAndTheNextOnePays() {
    JsonNode wrong = record(TOTAL);
    assertThat(takeBack(wrong).status()).isEqualTo(204);
    assertStands("sent", 0);
    assertThat(invoice().path("payments")).isEmpty();
    assertThat(takeBack(wrong).status()).isEqualTo(404);
    Laptop.advance("PT10M");
    record(TOTAL);
    assertStands("paid", TOTAL);
    assertThat(firm.mails("receipt")).hasSize(2);
  }

  @Test
  void aPaymentThatIsTakenBackWhileItIsThankedForIsDueAgainAndTheNextOneIsThankedForToo() {
    Laptop.fault("MailReceipt", "dynamodb", "Query", "before", 100);
    JsonNode wrong = record(TOTAL);
    Map<String, String> environment = Laptop.stack().environment("MailReceipt");
    Table table = new Table(new Environment(environment));
    Laptop.fault("MailReceipt", "dynamodb", "Query", "before", 0);
    List<Item> asRead = new InvoiceStore(table).family(firm.firmId(), invoiceId);
    takeBack(wrong);
    new MailReceipt(environment).mailIfPaid(firm.firmId(), asRead);
    assertThat(firm.mails("receipt")).hasSize(1);
    Laptop.advance("PT10M");
    assertTheNextOneIsThankedForToo();
  }

  @Test
  void aReceiptThatCouldNotBeNotedDoesNotStandForTheNextOne() {
    Laptop.fault("MailReceipt", "dynamodb", "TransactWriteItems", "before", 4);
    JsonNode wrong = record(TOTAL);
    assertThat(firm.mails("receipt")).hasSize(1);
    takeBack(wrong);
    Laptop.fault("MailReceipt", "dynamodb", "TransactWriteItems", "before", 0);
    Laptop.advance("PT10M");
    assertTheNextOneIsThankedForToo();
  }

  @Test
  void whatWasThankedForIsPushedNoMore() {
    record(TOTAL);
    Table table = new Table(new Environment(Laptop.stack().environment("ResumeWorkflow")));
    Instant now = Laptop.stack().clock().instant();
    Write due = Write.update(firm.firmId(), InvoiceItem.key(invoiceId)).ifEquals("thanked", true);
    table.write(due.due(DueQueue.PUSHES, invoiceId, now));
    Laptop.advance("PT10M");
    assertThat(table.get(firm.firmId(), InvoiceItem.key(invoiceId)).filter(DueQueue::holds))
        .isEmpty();
    assertThat(firm.mails("receipt")).hasSize(1);
  }

  @Test
  void aPaymentThatTheProcessorToldIsNoPersonsToTakeBack() {
    Answer pressed = Laptop.api().post(invoice().path("payUrl").asText() + "/checkout");
    String checkout = pressed.header("location").orElseThrow();
    Laptop.api().post(checkout, "{\"outcome\":\"paid\"}").expect(200);
    Laptop.settle();
    JsonNode row = invoice().path("payments").get(0);
    assertThat(row.path("byHand").asBoolean()).isFalse();
    assertThat(takeBack(row).word()).isEqualTo("not-by-hand");
    assertStands("paid", TOTAL);
  }

  @Test
  void theDayItWasReceivedOnIsTheFirms() {
    LocalDate before = today().minusDays(3);
    JsonNode payment = firm.owner().post(path + "/payments", body(1, before)).expect(201);
    assertThat(payment.path("at").asText()).startsWith(before.toString());
    Answer future = firm.owner().post(path + "/payments", body(1, today().plusDays(2)));
    assertThat(future.status()).isEqualTo(400);
    assertThat(future.json().path("errors").path(0).path("field").asText()).isEqualTo("receivedOn");
  }

  @Test
  void oneKeyRecordsOnce() {
    Api keyed = firm.owner().with("idempotency-key", "cheque-7");
    JsonNode first = keyed.post(path + "/payments", body(100, today())).expect(201);
    assertThat(keyed.post(path + "/payments", body(100, today())).expect(201)).isEqualTo(first);
    assertThat(keyed.post(path + "/payments", body(200, today())).word())
        .isEqualTo("idempotency-key-reused");
    assertStands("partlyPaid", 100);
  }

  @Test
  void failure8_moneyIsRecordedWhileTheInvoiceIsBeingSent() {
    String customer = firm.customer("Okafor Bakery");
    String email = firm.owner().get("/customers/" + customer).json().path("email").asText();
    JsonNode time = firm.time(customer, firm.service("Payroll", TOTAL), 60);
    path = "/invoices/" + time.path("invoiceId").asText();
    Laptop.api()
        .post("/_local/mails/refuse", Api.json("to", email, "times", 2, "with", "Throttling"))
        .expect(200);
    firm.owner().post(path + "/send", "{}").expect(202);
    record(TOTAL);
    Laptop.stack().clock().advance(Duration.ofMinutes(10));
    Laptop.settle();
    assertStands("paid", TOTAL);
    assertThat(firm.mails("receipt")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whetherAReceiptIsWantedHoldsForMoneyRecordedWhileTheInvoiceIsBeingSent(boolean takenBack) {
    String customer = firm.customer("Okafor Bakery");
    String email = firm.owner().get("/customers/" + customer).json().path("email").asText();
    JsonNode time = firm.time(customer, firm.service("Payroll", TOTAL), 60);
    path = "/invoices/" + time.path("invoiceId").asText();
    Laptop.api()
        .post("/_local/mails/refuse", Api.json("to", email, "times", 2, "with", "Throttling"))
        .expect(200);
    firm.owner().post(path + "/send", "{}").expect(202);
    JsonNode payment = record(TOTAL, "receipt", false);
    assertThatInvoice(invoice()).isIn("sending");
    if (takenBack) {
      takeBack(payment);
      record(TOTAL);
    }
    Laptop.stack().clock().advance(Duration.ofMinutes(10));
    Laptop.settle();
    assertStands("paid", TOTAL);
    assertThat(firm.mails("receipt")).hasSize(takenBack ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamodb TransactWriteItems",
        "states SendTaskSuccess",
        "states DescribeExecution",
        "states StartExecution"
      })
  void aCallThatFailsLosesAndDoublesNothing(String call) {
    String[] parts = call.split(" ");
    for (String when : new String[] {"before", "after"}) {
      Laptop.fault("Invoices", parts[0], parts[1], when, 4);
      Api keyed = firm.owner().with("idempotency-key", call + when);
      String payment = body(TOTAL, today());
      if (keyed.post(path + "/payments", payment).status() != 201) {
        keyed.post(path + "/payments", payment).expect(201);
      }
      Laptop.fault("Invoices", parts[0], parts[1], when, 0);
      Laptop.advance("PT10M");
      assertStands("paid", TOTAL);
      takeBack(invoice().path("payments").get(0));
      Laptop.advance("PT10M");
      assertStands("sent", 0);
    }
    assertThat(firm.mails("receipt")).hasSize(2);
  }
}
