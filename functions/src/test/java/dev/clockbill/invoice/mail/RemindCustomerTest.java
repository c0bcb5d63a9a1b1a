package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reminders of unpaid invoices, against the stack. */
@StoppedClock
class RemindCustomerTest {
  private static final Api API = Laptop.api();

  /** Mornings of no other test, so that what fails on purpose fails for these invoices only. */
  private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

  private static final int TOO_OFTEN = 4;

  private TestFirm firm;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
  }

  private void remindAfter(Integer... overdueDays) {
    firm.owner()
        .patch(
            "/firm",
            Api.json(
                "timeZone",
                ZONE.getId(),
                "invoicing",
                Map.of("termsDays", 0),
                "reminders",
                Map.of("overdueDays", List.of(overdueDays))))
        .expect(200);
  }

  /** Sends an invoice of 250.00 to a customer of that name. */
  private JsonNode sent(String customer) {
    String line = "{\"kind\":\"fixed\",\"description\":\"Fee\",\"amount\":25000}";
    String draft =
        firm.owner()
            .post(
                "/invoices",
                "{\"customerId\":\"" + firm.customer(customer) + "\",\"lines\":[" + line + "]}")
            .expect(201)
            .path("invoiceId")
            .asText();
    return firm.send(draft);
  }

  private static LocalDate issuedOn(JsonNode invoice) {
    return LocalDate.parse(invoice.path("issuedOn").asText());
  }

  private static void advanceTo(LocalDate day, String time) {
    Laptop.skipTo(day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant());
  }

  private void pay(JsonNode invoice, String outcome) {
    String checkout =
        API.post(invoice.path("payUrl").asText() + "/checkout").header("location").orElseThrow();
    API.post(checkout, Api.json("outcome", outcome)).expect(200);
    Laptop.settle();
  }

  private void report(String kind, JsonNode invoice, String what) {
    String mail = mails(kind, invoice).getFirst().path("id").asText();
    API.post("/_local/mails/" + mail + "/" + what, "{}").expect(200);
    Laptop.settle();
  }

  private List<JsonNode> mails(String kind, JsonNode invoice) {
    String invoiceId = invoice.path("invoiceId").asText();
    return firm.mails(kind).stream()
        .filter(mail -> mail.path("tags").path("invoiceId").asText().equals(invoiceId))
        .toList();
  }

  private List<JsonNode> reminders(JsonNode invoice) {
    return mails("paymentReminder", invoice);
  }

  @Test
  void failure17_onlyWhoOwesIsRemindedEachDayOnceAndNobodyOnTheDayAfterSending() {
    remindAfter(1, 3, 5);
    JsonNode owes = sent("Lindqvist Joinery");
    JsonNode paid = sent("Okafor Bakery");
    JsonNode paidLater = sent("Ada Lovelace");
    JsonNode paying = sent("Grace Hopper");
    JsonNode bounced = sent("Mary Somerville");
    JsonNode complained = sent("Emmy Noether");
    JsonNode bouncedLater = sent("Sofia Kovalevskaya");
    JsonNode voided = sent("Hedy Lamarr");
    JsonNode voidedLater = sent("Lise Meitner");
    pay(paid, "paid");
    pay(paying, "processing");
    report("invoice", bounced, "bounce");
    report("invoice", complained, "complain");
    giveUp(voided);
    LocalDate day = issuedOn(owes);
    String payUrl = owes.path("payUrl").asText();
    assertThat(API.get(payUrl).body()).doesNotContain("Overdue");

    advanceTo(day.plusDays(3), "08:59");
    assertThat(API.get(payUrl).body()).contains("Overdue: was due by");
    assertThat(firm.mails("paymentReminder")).isEmpty();
    advanceTo(day.plusDays(3), "09:01");
    assertThat(firm.mails("paymentReminder")).hasSize(4);
    pay(paidLater, "paid");
    report("paymentReminder", bouncedLater, "bounce");
    giveUp(voidedLater);
    Laptop.abort(execution(owes));
    assertThat(reminders(owes)).hasSize(1);

    advanceTo(day.plusDays(6), "12:00");
    assertThat(reminders(owes)).hasSize(2);
    assertThat(reminders(paidLater)).hasSize(1);
    assertThat(reminders(bouncedLater)).hasSize(1);
    assertThat(reminders(voidedLater)).hasSize(1);
    assertThat(firm.mails("paymentReminder")).hasSize(5);
    assertThat(delivery(bouncedLater)).isEqualTo("bounced");
  }

  @Test
  void failure17_nobodyIsRemindedOnTheDayAfterTheInvoiceWasMailedAgain() {
    remindAfter(3, 5);
    JsonNode invoice = sent("Lindqvist Joinery");
    LocalDate day = issuedOn(invoice);
    advanceTo(day.plusDays(2), "12:00");
    firm.owner().post(path(invoice) + "/resend", "{}").expect(202);
    advanceTo(day.plusDays(4), "12:00");
    assertThat(reminders(invoice)).isEmpty();
    advanceTo(day.plusDays(5), "12:00");
    assertThat(reminders(invoice)).hasSize(1);
  }

  private void giveUp(JsonNode invoice) {
    firm.owner().post(path(invoice) + "/void", "{}").expect(200);
    Laptop.settle();
  }

  private static String path(JsonNode invoice) {
    return "/invoices/" + invoice.path("invoiceId").asText();
  }

  @Test
  void beforeTheDueDateItSaysSo() {
    firm.owner()
        .patch(
            "/firm",
            Api.json(
                "timeZone",
                ZONE.getId(),
                "invoicing",
                Map.of("termsDays", 5),
                "reminders",
                Map.of("beforeDueDays", List.of(2, 1), "overdueDays", List.of())))
        .expect(200);
    JsonNode invoice = sent("Lindqvist Joinery");
    advanceTo(issuedOn(invoice).plusDays(3), "09:01");
    assertThat(reminders(invoice)).hasSize(1);
    assertThat(reminders(invoice).getFirst().path("subject").asText()).contains("is due on");
    assertThat(reminders(invoice).getFirst().path("text").asText()).contains("is due in 2 days");
    // Past the first day after the due date that firms begin with: this one wants none.
    advanceTo(issuedOn(invoice).plusDays(8), "12:00");
    assertThat(reminders(invoice)).hasSize(2);
    assertThat(reminders(invoice).getFirst().path("text").asText()).contains("is due tomorrow");
  }

  @Test
  void itGoesWhereTheInvoiceWasMailedAtLast() {
    remindAfter(3);
    JsonNode invoice = sent("Lindqvist Joinery");
    report("invoice", invoice, "bounce");
    String right = "right@" + firm.firmId() + ".example";
    firm.owner().post(path(invoice) + "/resend", Api.json("email", right)).expect(202);
    advanceTo(issuedOn(invoice).plusDays(3), "09:01");
    assertThat(reminders(invoice).getFirst().path("to").get(0).asText()).isEqualTo(right);
  }

  @Test
  void aLateBounceFromAnAddressThatWasReplacedSaysNothingOfTheNewOne() {
    remindAfter(3);
    JsonNode invoice = sent("Lindqvist Joinery");
    advanceTo(issuedOn(invoice).plusDays(3), "09:01");
    String right = "right@" + firm.firmId() + ".example";
    firm.owner().post(path(invoice) + "/resend", Api.json("email", right)).expect(202);
    Laptop.settle();
    report("paymentReminder", invoice, "bounce");
    assertThat(delivery(invoice)).isEqualTo("delivered");
    assertThat(firm.mails("ownerNotice")).isEmpty();
  }

  @Test
  void aLateBounceOfAReminderSaysNothingOfAMailThatWaits() {
    remindAfter(3);
    JsonNode invoice = sent("Lindqvist Joinery");
    advanceTo(issuedOn(invoice).plusDays(3), "09:01");
    account("paused");
    resend(invoice);
    report("paymentReminder", invoice, "bounce");
    assertThat(delivery(invoice)).isEqualTo("queued");
    resend(invoice);
    account("ok");
    Laptop.advance("PT1H10M");
    assertThat(mails("invoice", invoice)).hasSize(2);
    assertThat(delivery(invoice)).isEqualTo("delivered");
    assertThat(firm.mails("ownerNotice")).isEmpty();
  }

  @Test
  void failure17_nobodyIsRemindedWhileAMailOfTheInvoiceWaits() {
    remindAfter(3);
    JsonNode invoice = sent("Lindqvist Joinery");
    advanceTo(issuedOn(invoice).plusDays(3), "08:50");
    account("paused");
    resend(invoice);
    advanceTo(issuedOn(invoice).plusDays(3), "09:01");
    assertThat(delivery(invoice)).isEqualTo("queued");
    account("ok");
    Laptop.advance("PT1H30M");
    assertThat(delivery(invoice)).isEqualTo("delivered");
    assertThat(mails("invoice", invoice)).hasSize(2);
    assertThat(reminders(invoice)).isEmpty();
  }

  @AfterEach
  void endTheTrouble() {
    account("ok");
  }

  private static void account(String state) {
    API.post("/_local/mail-account", Api.json("state", state)).expect(200);
  }

  private void resend(JsonNode invoice) {
    firm.owner().post(path(invoice) + "/resend", "{}").expect(202);
    Laptop.settle();
  }

  private String delivery(JsonNode invoice) {
    String invoiceId = invoice.path("invoiceId").asText();
    return firm.invoice(invoiceId).path("delivery").path("status").asText();
  }

  private static String execution(JsonNode invoice) {
    return "invoice-" + invoice.path("invoiceId").asText() + "-r1";
  }

  @Test
  void theMailAsksForWhatIsDueNow() {
    remindAfter(3);
    JsonNode invoice = sent("Lindqvist Joinery");
    advanceTo(issuedOn(invoice).plusDays(3), "09:01");
    JsonNode mail = reminders(invoice).getFirst();
    assertThat(mail.path("to").get(0)).isEqualTo(invoice.path("customer").path("email"));
    assertThat(mail.path("replyTo").get(0))
        .isEqualTo(firm.owner().get("/firm").expect(200).path("email"));
    assertThat(mail.path("subject").asText()).contains("0001", "overdue");
    for (String body : List.of("text", "html")) {
      assertThat(mail.path(body).asText().replace('\u00a0', ' '))
          .contains("Lindqvist Joinery", "0001", "$250.00", "was due 3 days ago")
          .contains(invoice.path("payUrl").asText());
    }
    JsonNode reminded = firm.invoice(invoice.path("invoiceId").asText());
    assertThat(reminded.path("history").findValuesAsText("what"))
        .contains("Reminder emailed to " + invoice.path("customer").path("email").asText());
  }

  private record Call(String service, String operation, String when, int times) {}

  @Test
  void whateverCallFailsTheReminderComesOnce() {
    remindAfter(2, 3, 4, 5, 6, 7, 8, 9, 10);
    JsonNode invoice = sent("Lindqvist Joinery");
    LocalDate day = issuedOn(invoice).plusDays(1);
    int mails = 0;
    for (Call call :
        List.of(
            new Call("dynamodb", "Query", "before", TOO_OFTEN),
            new Call("dynamodb", "GetItem", "before", TOO_OFTEN),
            new Call("dynamodb", "TransactWriteItems", "before", TOO_OFTEN),
            new Call("dynamodb", "TransactWriteItems", "after", TOO_OFTEN),
            new Call("dynamodb", "TransactWriteItems", "after", 2 * TOO_OFTEN),
            new Call("ses", "SendEmail", "before", 1),
            new Call("ses", "SendEmail", "after", 1))) {
      day = day.plusDays(1);
      advanceTo(day, "08:59");
      Laptop.fault("RemindCustomer", call.service, call.operation, call.when, call.times);
      advanceTo(day, "09:30");
      Laptop.fault("RemindCustomer", call.service, call.operation, call.when, 0);
      mails++;
      assertThat(reminders(invoice)).as(call.toString()).hasSize(mails);
    }
    day = day.plusDays(1);
    refuseMails(day, invoice, 2, "Throttling");
    assertThat(reminders(invoice)).hasSize(mails + 1);
    day = day.plusDays(1);
    refuseMails(day, invoice, 1, "MessageRejected");
    assertThat(reminders(invoice)).hasSize(mails + 1);
    JsonNode refused = firm.invoice(invoice.path("invoiceId").asText());
    assertThat(refused.path("delivery").path("status").asText()).isEqualTo("failed");
    assertThat(firm.mails("ownerNotice")).hasSize(1);
    assertThat(firm.mails("ownerNotice").getFirst().path("subject").asText())
        .contains("reminder of invoice " + refused.path("number").asText());
    JsonNode history = refused.path("history");
    assertThat(history.findValuesAsText("what"))
        .filteredOn(what -> what.startsWith("Reminder emailed"))
        .hasSize(mails + 1);
    assertThat(history.findValuesAsText("what"))
        .filteredOn(what -> what.startsWith("Reminder to"))
        .hasSize(1);
  }

  private static void refuseMails(LocalDate day, JsonNode invoice, int times, String with) {
    advanceTo(day, "08:59");
    String to = invoice.path("customer").path("email").asText();
    API.post("/_local/mails/refuse", Api.json("to", to, "times", times, "with", with)).expect(200);
    advanceTo(day, "09:30");
  }
}
