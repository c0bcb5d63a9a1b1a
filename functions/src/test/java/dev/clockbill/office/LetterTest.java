package dev.clockbill.office;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.invoice.BilledCustomer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever sends an invoice says with one mail of it, and who else gets that mail. */
@StoppedClock
class LetterTest {
  private final String copy = "books@" + System.nanoTime() + ".example";
  private TestFirm firm;

  @BeforeEach
  void makeAFirm() {
    firm = Laptop.firm();
    firm.owner().patch("/firm", "{\"invoicing\":{\"numberPrefix\":\"HR-\"}}").expect(200);
  }

  private String letter() {
    return Api.json(
        "subject",
        "{number}: {total}, {nothing",
        "message",
        "Good morning {customer}.\n\n<b>{firm}</b> asks for {total} by {due}.\nThanks",
        "cc",
        List.of(copy, copy.replace("books", "BOOKS")),
        "copyToMe",
        true);
  }

  private JsonNode mail() {
    return firm.mails("invoice").getFirst();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private String me() {
    return firm.owner().get("/me").expect(200).path("email").asText();
  }

  private static String plain(JsonNode text) {
    return text.asText().replace('\u00a0', ' ');
  }

  @Test
  void itIsFilledInWhenTheMailGoesAndTheSendersCopyIsSeenByNobody() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    billed.act("send", letter()).expect(202);
    Laptop.settle();
    JsonNode invoice = billed.invoice();
    String name = invoice.path("customer").path("name").asText();
    assertThat(plain(mail().path("subject"))).isEqualTo("HR-0001: $250.00, {nothing");
    assertThat(plain(mail().path("text")))
        .contains("Good morning " + name + ".\n\n<b>")
        .contains("</b> asks for $250.00 by ")
        .contains("\nThanks\n");
    assertThat(mail().path("html").asText()).contains("&lt;b&gt;").doesNotContain("<b>");
    assertThat(texts(mail().path("to"))).containsExactly(billed.email());
    assertThat(texts(mail().path("cc"))).containsExactly(copy);
    assertThat(mail().path("text").asText() + mail().path("html").asText()).doesNotContain(me());
    assertThat(texts(mail().path("recipients"))).containsExactly(billed.email(), copy, me());
    assertThat(invoice.path("delivery").path("recipients").findValuesAsText("email"))
        .containsExactly(billed.email(), copy, me());
    assertThat(billed.delivery()).isEqualTo("delivered");
  }

  @Test
  void aResendHasWordsOfItsOwnAndTheNextOneTheUsual() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    billed.act("send", letter()).expect(202);
    Laptop.settle();
    billed.act("resend", Api.json("subject", "Once more", "cc", List.of())).expect(202);
    Laptop.settle();
    assertThat(mail().path("subject").asText()).isEqualTo("Once more");
    assertThat(plain(mail().path("text"))).contains("Please find attached our invoice HR-0001");
    assertThat(mail().path("cc")).isEmpty();
    billed.act("resend", "{}").expect(202);
    Laptop.settle();
    assertThat(mail().path("subject").asText()).startsWith("Invoice HR-0001 from ");
    assertThat(firm.mails("invoice")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"bounce, bounced", "complain, complained"})
  void whatHappensToACopyIsNotTheCustomers(String what, String status) {
    BilledCustomer billed = BilledCustomer.draft(firm);
    billed.act("send", letter()).expect(202);
    Laptop.settle();
    for (String address : List.of(copy, me())) {
      Laptop.api()
          .post("/_local/mails/" + mail().path("id").asText() + "/" + what, Api.json("to", address))
          .expect(200);
      Laptop.settle();
    }
    JsonNode delivery = billed.invoice().path("delivery");
    assertThat(delivery.path("status").asText()).isEqualTo("delivered");
    assertThat(delivery.path("recipients").findValuesAsText("status"))
        .containsExactly("delivered", status, status);
    assertThat(firm.mails("ownerNotice"))
        .as("what is said of a copy is not that the customer got nothing")
        .allSatisfy(
            notice ->
                assertThat(notice.path("text").asText())
                    .contains("reminders to your customer go on")
                    .doesNotContain("no reminders"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SendInvoice dynamodb TransactWriteItems",
        "SendInvoice states SendTaskSuccess",
        "NumberInvoice dynamodb TransactWriteItems",
        "MailInvoice dynamodb TransactWriteItems",
        "MailInvoice ses SendEmail"
      })
  void failure9_whateverCallFailsTheWordsStayAndOneMailGoes(String call) {
    String[] parts = call.split(" ");
    for (String when : List.of("before", "after")) {
      BilledCustomer billed = BilledCustomer.draft(firm);
      Laptop.fault(parts[0], parts[1], parts[2], when, 1);
      Api.Answer pressed = billed.act("send", letter());
      if (pressed.status() != 202) {
        billed.act("send", letter()).expect(202);
      }
      Laptop.advance("PT20M");
      assertThat(billed.mailsTo(billed.email())).as(when).isEqualTo(1);
      assertThat(texts(mail().path("cc"))).as(when).containsExactly(copy);
      assertThat(mail().path("subject").asText()).as(when).startsWith("HR-00").contains("{nothing");
      assertThat(billed.delivery()).isEqualTo("delivered");
    }
  }

  @Test
  void whatIsWrongIsSaidAtItsFieldAndNothingIsSent() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    JsonNode before = billed.invoice();
    for (String action : List.of("send", "resend", "test-mail", "mail")) {
      assertThat(field(billed.act(action, "{\"subject\":\"a\\r\\nBcc: all@example.com\"}")))
          .isEqualTo("subject");
      assertThat(field(billed.act(action, "{\"subject\":\"" + "x".repeat(201) + "\"}")))
          .isEqualTo("subject");
      assertThat(field(billed.act(action, "{\"message\":\"" + "x".repeat(2_001) + "\"}")))
          .isEqualTo("message");
      for (String each : List.of("subject", "message")) {
        Api.Answer unknown = billed.act(action, Api.json(each, "For {number}: {name}"));
        assertThat(field(unknown)).isEqualTo(each);
        assertThat(unknown.json().at("/errors/0/message").asText())
            .startsWith("There is no {name}. Use {number}, ");
      }
    }
    assertThat(field(billed.act("send", "{\"cc\":[\"a@b.example\",\"nobody\"]}")))
        .isEqualTo("cc[1]");
    List<String> many = java.util.Collections.nCopies(11, copy);
    assertThat(field(billed.act("send", Api.json("cc", many)))).isEqualTo("cc");
    assertThat(field(billed.act("test-mail", "{\"cc\":[]}"))).isEqualTo("cc");
    assertThat(billed.invoice()).isEqualTo(before);
    assertThat(firm.mails("invoice")).isEmpty();
  }

  private static String field(Api.Answer refused) {
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    return refused.json().at("/errors/0/field").asText();
  }

  @Test
  void failure27_aSubjectThatNamesMakeLongIsCutBetweenCharacters() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    String name = "\ud83e\udd55".repeat(200);
    firm.owner().patch("/customers/" + billed.customerId(), Api.json("name", name)).expect(200);
    billed.act("send", Api.json("subject", "{customer} {customer}")).expect(202);
    Laptop.settle();
    String subject = mail().path("subject").asText();
    assertThat(subject.codePointCount(0, subject.length())).isEqualTo(250);
    assertThat(subject).startsWith(name + " \ud83e\udd55").endsWith("\ud83e\udd55…");
  }

  @Test
  void aTestGoesToWhoeverAsksAloneAndChangesNothing() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    JsonNode before = billed.invoice();
    billed.act("test-mail", Api.json("subject", "For {customer}: {number}")).expect(202);
    Laptop.settle();
    JsonNode test = firm.mails("testMail").getFirst();
    String name = before.path("customer").path("name").asText();
    assertThat(test.path("subject").asText()).isEqualTo("[Test] For " + name + ": HR-0001");
    assertThat(texts(test.path("recipients"))).containsExactly(me());
    assertThat(test.path("text").asText()).contains("This is a test.", name + " did not");
    assertThat(test.path("attachments").findValuesAsText("name"))
        .containsExactly("invoice-HR-0001.pdf");
    String link = test.path("text").asText().replaceAll("(?s).*?(http\\S*/pay/\\S*).*", "$1");
    assertThat(Laptop.api().get(link).status()).as(link).isEqualTo(404);
    assertThat(billed.invoice()).isEqualTo(before);
    firm.owner()
        .ifMatch(before.path("version").asLong())
        .post("/invoices/" + billed.invoiceId() + "/send", "{}")
        .expect(202);
    Laptop.settle();
    assertThat(firm.mails("invoice")).hasSize(1);
    assertThat(mail().path("text").asText()).doesNotContain("This is a test");
    firm.staff().post("/invoices/" + billed.invoiceId() + "/test-mail", "{}").expect(202);
    Laptop.settle();
    assertThat(firm.mails("testMail")).hasSize(2);
    assertThat(firm.mails("testMail").getFirst().path("to")).isNotEqualTo(test.path("to"));
  }

  @Test
  void whoeverAskedForATestThatDoesNotArriveReadsSoInTheHistory() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    String me = me();
    refuse(me, 1);
    billed.act("test-mail", "{}").expect(202);
    Laptop.settle();
    assertThat(firm.mails("testMail")).isEmpty();
    assertThat(history(billed))
        .containsOnlyOnce("Test email to " + me + " was refused by the email service");
    billed.act("test-mail", "{}").expect(202);
    Laptop.settle();
    String mail = firm.mails("testMail").getFirst().path("id").asText();
    for (int time = 0; time < 2; time++) {
      Laptop.api().post("/_local/mails/" + mail + "/bounce", "{}").expect(200);
      Laptop.settle();
    }
    assertThat(history(billed)).containsOnlyOnce("Test: Email to " + me + " bounced");
    assertThat(billed.invoice().path("version").asLong()).isEqualTo(1);
  }

  @Test
  void aTestOfADraftThatIsDeletedMeanwhileLeavesNothingBehind() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    billed.act("test-mail", "{}").expect(202);
    Laptop.settle();
    String mail = firm.mails("testMail").getFirst().path("id").asText();
    String path = "/invoices/" + billed.invoiceId();
    firm.owner().delete(path).expect(204);
    Laptop.api().post("/_local/mails/" + mail + "/bounce", "{}").expect(200);
    Laptop.settle();
    assertThat(firm.owner().get(path).word()).isEqualTo("invoice-not-found");
  }

  private static List<String> history(BilledCustomer billed) {
    return billed.invoice().path("history").findValuesAsText("what");
  }

  private static void refuse(String to, int times) {
    Laptop.api().post("/_local/mails/refuse", Api.json("to", to, "times", times)).expect(200);
  }

  @Test
  void theMailCanBeSeenWithOtherWordsBeforeItGoes() {
    BilledCustomer billed = BilledCustomer.draft(firm);
    JsonNode seen = billed.act("mail", letter().replaceAll(",\"cc\".*", "}")).expect(200);
    billed.act("send", letter()).expect(202);
    Laptop.settle();
    assertThat(mail().path("subject")).isEqualTo(seen.path("subject"));
    assertThat(mail().path("text").asText().replaceAll("/pay/\\S+", ""))
        .isEqualTo(seen.path("text").asText().replaceAll("/pay/\\S+", ""));
  }
}
