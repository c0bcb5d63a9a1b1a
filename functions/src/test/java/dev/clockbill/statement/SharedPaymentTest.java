package dev.clockbill.statement;

import static dev.clockbill.InvoiceAssert.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What becomes of one payment for two invoices, told, disputed and given back. */
@OnStack
class SharedPaymentTest {
  private static void atProcessor(String paymentId, String what, String body) {
    Laptop.api().post("/_processor/payments/" + paymentId + what, body).expect(200);
    Laptop.settle();
  }

  private static JsonNode session(String checkout) {
    return Laptop.api().with("accept", "application/json").get(checkout).expect(200);
  }

  private static List<String> texts(JsonNode array) {
    return Client.list(array).stream().map(JsonNode::asText).toList();
  }

  private static List<String> history(JsonNode invoice) {
    return Client.list(invoice.path("history")).stream()
        .map(each -> each.path("what").asText())
        .toList();
  }

  @Test
  void failure10_onePaymentForTwoInvoicesIsSplitOnTheLedgerOnce() {
    Client client = Client.make();
    String page = client.page();
    assertThat(page)
        .contains("$350.50", "value=\"" + client.first() + "\"", "2 invoices selected")
        .doesNotContain("<script", " style=");
    String checkout = client.checkout(client.first(), client.second());
    assertThat(session(checkout).path("amount").asLong()).isEqualTo(Client.FIRST + Client.SECOND);
    String paymentId = Client.outcome(checkout, Api.json("outcome", "paid"));
    for (JsonNode event : Laptop.api().get("/_processor/events").expect(200).path("events")) {
      if (event.toString().contains(paymentId)) {
        Laptop.api()
            .post("/_processor/events/" + event.path("id").asText() + "/redeliver", "{}")
            .expect(200);
      }
    }
    Laptop.settle();
    assertThat(client.one().path("state").asText()).isEqualTo("paid");
    assertThat(client.two().path("state").asText()).isEqualTo("paid");
    assertThat(ledger(client.one())).containsExactly("payment settled 25000");
    assertThat(ledger(client.two())).containsExactly("payment settled 10050");
    assertThat(history(client.two()))
        .contains("Payment of $100.50 received, part of one payment for 2 invoices");
    assertThat(client.firm().mails("receipt")).hasSize(2);
    assertThat(client.page())
        .contains("There is nothing to pay", "$250.00 paid on")
        .doesNotContain("<form");
    assertThat(client.press(client.first()).status()).isEqualTo(409);
    JsonNode statement = client.statement();
    assertThat(statement.path("balances")).isEmpty();
    assertThat(Client.list(statement.path("closed"))).hasSize(2);
  }

  @Test
  void failure12_theClientPageAndTheInvoicesOwnPageExcludeEachOther() {
    Client client = Client.make();
    String payUrl = client.one().path("payUrl").asText();
    String alone = Laptop.api().post(payUrl + "/checkout").header("location").orElseThrow();
    String both = client.checkout(client.first(), client.second());
    assertThat(session(alone).path("status").asText()).isEqualTo("expired");
    assertThat(client.checkout(client.second(), client.first())).isEqualTo(both);
    String second = client.checkout(client.second());
    assertThat(session(both).path("status").asText()).isEqualTo("expired");
    String again = Laptop.api().post(payUrl + "/checkout").header("location").orElseThrow();
    assertThat(session(second).path("status").asText()).isEqualTo("open");
    Client.outcome(again, Api.json("outcome", "paid"));
    // What was shown as open is not any more.
    assertThat(client.press(client.first(), client.second()).body())
        .contains("cannot be paid now", "Nothing was charged");
    assertThat(client.two().path("state").asText()).isEqualTo("sent");
  }

  @Test
  void failure11_whatIsUnderWayCannotBePaidOnceMore() {
    Client client = Client.make();
    String paymentId = client.pay("processing");
    assertThat(client.page())
        .contains("Payment of $250.00 is under way")
        .doesNotContain("type=\"checkbox\"");
    assertThat(client.press(client.first()).status()).isEqualTo(409);
    assertThat(client.firm().mails("receipt")).isEmpty();
    atProcessor(paymentId, "/settle", Api.json("outcome", "failed"));
    assertThat(ledger(client.two())).containsExactly("payment failed 10050");
    String next = client.pay("processing");
    atProcessor(next, "/settle", Api.json("outcome", "paid"));
    assertThat(client.one().path("state").asText()).isEqualTo("paid");
    assertThat(client.two().path("amountPaid").asLong()).isEqualTo(Client.SECOND);
  }

  @Test
  void failure12_whatIsVoidMeanwhileIsFlaggedAndTheOtherIsPaid() {
    Client client = Client.make();
    String checkout = client.checkout(client.first(), client.second());
    client.firm().owner().post("/invoices/" + client.first() + "/void", "{}").expect(200);
    Laptop.settle();
    assertThat(session(checkout).path("status").asText()).isEqualTo("expired");
    Laptop.api().post(checkout, "{\"outcome\": \"paid\", \"force\": true}").expect(200);
    Laptop.settle();
    assertThat(texts(client.one().path("flags"))).containsExactly("paidAfterVoid");
    assertThat(client.two().path("state").asText()).isEqualTo("paid");
    assertThat(client.page()).contains("Void", "$250.00 paid on");
  }

  @Test
  void failure19_refundsOfAPaymentForTwoInvoicesAddUp() {
    Client client = Client.make();
    String paymentId = client.pay("paid");
    String refund = "/invoices/" + client.second() + "/payments/" + paymentId + "/refund";
    assertThat(client.firm().owner().post(refund, Api.json("amount", Client.SECOND + 1)).word())
        .isEqualTo("more-than-paid");
    client.firm().owner().post(refund, Api.json("amount", 50)).expect(202);
    Laptop.settle();
    assertThat(ledger(client.two())).containsExactly("payment settled 10050", "refund settled 50");
    // On the processor's own pages, which name no invoice: the first gives what it has.
    atProcessor(paymentId, "/refund", Api.json("amount", Client.FIRST + 1_000));
    assertThat(ledger(client.one()))
        .containsExactly("payment settled 25000", "refund settled 25000");
    assertThat(ledger(client.two()))
        .containsExactly("payment settled 10050", "refund settled 1000", "refund settled 50");
    assertThat(client.one().path("state").asText()).isEqualTo("sent");
    assertThat(client.two().path("amountPaid").asLong()).isEqualTo(9_000);
    assertThat(client.firm().owner().post(refund, Api.json("amount", 9_001)).word())
        .isEqualTo("more-than-paid");
    assertThat(client.page()).contains("$10.00 refunded on", "$260.50");
  }

  /** What the second refund took of the second invoice comes off the first, which has it again. */
  @Test
  void failure19_aShareOfARefundThatMovesIsNotToldAgain() {
    Client client = Client.make();
    String paymentId = client.pay("paid");
    String refund = "/refund";
    String first =
        Laptop.api()
            .post(
                "/_processor/payments/" + paymentId + refund,
                Api.json("amount", Client.FIRST + 1_000))
            .expect(200)
            .path("refundId")
            .asText();
    Laptop.settle();
    atProcessor(paymentId, refund, Api.json("amount", 5_000));
    String one = client.one().path("number").asText();
    String two = client.two().path("number").asText();
    assertThat(refundMails(client))
        .containsExactly(one + " $250.00", two + " $10.00", two + " $50.00");
    Laptop.api()
        .post("/_processor/refunds/" + first + "/settle", Api.json("outcome", "failed"))
        .expect(200);
    Laptop.settle();
    assertThat(ledger(client.one()))
        .containsExactly("payment settled 25000", "refund failed 25000", "refund settled 5000");
    assertThat(ledger(client.two())).containsExactly("payment settled 10050", "refund failed 1000");
    assertThat(history(client.one()))
        .contains("$50.00 of a refund moved here from another invoice of the same payment")
        .doesNotContain("$50.00 refunded");
    assertThat(history(client.two()))
        .contains("$50.00 of a refund moved to another invoice of the same payment");
    assertThat(refundMails(client)).hasSize(3);
    assertThat(client.firm().mails("ownerNotice")).hasSize(2);
  }

  /** Of each mail about a refund the invoice's number and what it says was given back. */
  private static List<String> refundMails(Client client) {
    Pattern refunded = Pattern.compile("Invoice: (.*)[\\s\\S]*Refunded: (.*)");
    return client.firm().mails("receipt").stream()
        .filter(mail -> mail.path("subject").asText().startsWith("Refund"))
        .flatMap(mail -> refunded.matcher(mail.path("text").asText()).results())
        .map(found -> found.group(1) + " " + found.group(2))
        .sorted()
        .toList();
  }

  @Test
  void failure19_aDisputeCountsOnAllInvoicesOfThePayment() {
    Client client = Client.make();
    String paymentId = client.pay("paid");
    atProcessor(paymentId, "/dispute", Api.json("outcome", "lost"));
    for (JsonNode invoice : List.of(client.one(), client.two())) {
      assertThat(invoice.path("state").asText()).isEqualTo("sent");
      assertThat(texts(invoice.path("flags"))).containsExactly("disputed");
    }
    assertThat(client.statement().path("balances").path(0).path("due").asLong())
        .isEqualTo(Client.FIRST + Client.SECOND);
  }
}
