package dev.clockbill.statement;

import static dev.clockbill.InvoiceAssert.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import dev.clockbill.shared.Ids;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** All invoices of a customer behind one link, and what becomes of one payment for several. */
@OnStack
class ClientPageTest {
  private static final long FIRST = 25_000;
  private static final long SECOND = 10_050;
  private static final String FORM = "application/x-www-form-urlencoded";

  /** A customer with two open invoices. */
  private record Client(TestFirm firm, String customerId, String first, String second, String url) {
    static Client make() {
      return make("Ada Lovelace");
    }

    static Client make(String name) {
      TestFirm firm = Laptop.firm();
      String customer = firm.customer(name, "ada@example.com");
      String first = sent(firm, customer, FIRST);
      String second = sent(firm, customer, SECOND);
      return new Client(firm, customer, first, second, link(firm, customer));
    }

    private static String sent(TestFirm firm, String customer, long amount) {
      String draft = firm.draft(customer, amount);
      firm.send(draft);
      return draft;
    }

    private static String link(TestFirm firm, String customer) {
      return firm.owner()
          .post("/customers/" + customer + "/client-link")
          .json()
          .path("url")
          .asText();
    }

    String page() {
      Answer page = Laptop.api().get(url);
      assertThat(page.status()).as(page.toString()).isEqualTo(200);
      return page.body();
    }

    Answer press(String... invoices) {
      String body = Stream.of(invoices).map(id -> "invoice=" + id).collect(Collectors.joining("&"));
      return Laptop.api().post(url + "/checkout", FORM, body);
    }

    String checkout(String... invoices) {
      Answer pressed = press(invoices);
      assertThat(pressed.status()).as(pressed.toString()).isEqualTo(303);
      return pressed.header("location").orElseThrow();
    }

    /** Pays both in one checkout and gives the processor's id of the payment. */
    String pay(String outcome) {
      return outcome(checkout(first, second), Api.json("outcome", outcome));
    }

    JsonNode one() {
      return firm.invoice(first);
    }

    JsonNode two() {
      return firm.invoice(second);
    }

    JsonNode statement() {
      return firm.owner().get("/customers/" + customerId + "/statement?limit=40").expect(200);
    }
  }

  private static String outcome(String checkout, String body) {
    String paymentId = Laptop.api().post(checkout, body).expect(200).path("paymentId").asText();
    Laptop.settle();
    return paymentId;
  }

  private static void atProcessor(String paymentId, String what, String body) {
    Laptop.api().post("/_processor/payments/" + paymentId + what, body).expect(200);
    Laptop.settle();
  }

  private static JsonNode session(String checkout) {
    return Laptop.api().with("accept", "application/json").get(checkout).expect(200);
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static List<String> texts(JsonNode array) {
    return list(array).stream().map(JsonNode::asText).toList();
  }

  private static List<String> history(JsonNode invoice) {
    return list(invoice.path("history")).stream().map(each -> each.path("what").asText()).toList();
  }

  @Test
  void failure10_onePaymentForTwoInvoicesIsSplitOnTheLedgerOnce() {
    Client client = Client.make();
    String page = client.page();
    assertThat(page)
        .contains("$350.50", "value=\"" + client.first() + "\"", "2 invoices selected")
        .doesNotContain("<script", " style=");
    String checkout = client.checkout(client.first(), client.second());
    assertThat(session(checkout).path("amount").asLong()).isEqualTo(FIRST + SECOND);
    String paymentId = outcome(checkout, Api.json("outcome", "paid"));
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
    assertThat(list(statement.path("closed"))).hasSize(2);
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
    outcome(again, Api.json("outcome", "paid"));
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
    assertThat(client.two().path("amountPaid").asLong()).isEqualTo(SECOND);
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
    assertThat(client.firm().owner().post(refund, Api.json("amount", SECOND + 1)).word())
        .isEqualTo("more-than-paid");
    client.firm().owner().post(refund, Api.json("amount", 50)).expect(202);
    Laptop.settle();
    assertThat(ledger(client.two())).containsExactly("payment settled 10050", "refund settled 50");
    // On the processor's own pages, which name no invoice: the first gives what it has.
    atProcessor(paymentId, "/refund", Api.json("amount", FIRST + 1_000));
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
        .isEqualTo(FIRST + SECOND);
  }

  @Test
  void failure18_lookingChangesNothingAndARevokedLinkTellsNothing() {
    Client client = Client.make();
    JsonNode before = client.one();
    for (String path : List.of("", "?invoice=" + client.second(), "?returned=cs_x")) {
      Answer page = Laptop.api().get(client.url() + path);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("referrer-policy")).contains("no-referrer");
      assertThat(page.header("cache-control")).contains("no-store");
    }
    assertThat(Laptop.api().get(client.url() + "?invoice=" + client.second()).body())
        .contains("1 invoice selected", "<strong>$100.50</strong>");
    assertThat(client.one()).isEqualTo(before);
    String link = "/customers/" + client.customerId() + "/client-link";
    assertThat(client.firm().owner().post(link).status()).isEqualTo(200);
    client.firm().owner().delete(link);
    Answer gone = Laptop.api().get(client.url());
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.body()).doesNotContain("Ada", "$");
    assertThat(client.press(client.first()).status()).isEqualTo(404);
    assertThat(client.firm().owner().delete(link).status()).isEqualTo(204);
    assertThat(client.firm().owner().post(link).expect(201).path("url").asText())
        .isNotEqualTo(client.url());
    assertThat(Laptop.api().get("/clients/AAAAAAAAAAAAAAAAAAAAAA").body()).isEqualTo(gone.body());
  }

  @Test
  void onlyOpenInvoicesOfTheCustomerCanBeChosen() {
    Client client = Client.make("Ada <img src=x onerror=alert(1)> & Søns");
    Client other = Client.make();
    String draft = client.firm().draft(client.customerId(), 5_000);
    assertThat(client.page())
        .contains("Ada &lt;img src=x onerror=alert(1)&gt; &amp; Søns")
        .doesNotContain("<img src=x", draft);
    String strangers = client.firm().customer("Bo");
    String foreign = Client.sent(client.firm(), strangers, 7_000);
    for (String chosen : List.of(other.first(), draft, foreign, Ids.next(), "x")) {
      assertThat(client.press(chosen).body()).contains("No invoice is selected");
      assertThat(client.press(client.first(), chosen).status())
          .isEqualTo(chosen.length() < 26 ? 303 : 409);
    }
    String[] many = Stream.generate(Ids::next).limit(9).toArray(String[]::new);
    assertThat(client.press(many).body()).contains("Select up to 8 invoices");
  }

  @Test
  void failure9_aStatementIsMailedOnceAndItsBounceIsTold() {
    Client client = Client.make();
    Api owner = client.firm().owner();
    String statement = "/customers/" + client.customerId() + "/statement";
    Api keyed = owner.with("idempotency-key", Ids.next());
    String body = Api.json("subject", "What is open", "message", "Dear Ada,\n\nplease look.");
    keyed.post(statement, body).expect(202);
    assertThat(keyed.post(statement, body).expect(202).path("clientUrl").asText())
        .isEqualTo(client.url());
    Laptop.settle();
    List<JsonNode> mails = client.firm().mails("statement");
    assertThat(mails).hasSize(1);
    JsonNode mail = mails.getFirst();
    assertThat(mail.path("subject").asText()).isEqualTo("What is open");
    assertThat(mail.path("text").asText())
        .contains("$350.50", "please look.", "$100.50", client.url());
    assertThat(client.statement().path("latest").path("delivery").asText()).isEqualTo("delivered");
    Laptop.api()
        .post(
            "/_local/mails/" + mail.path("id").asText() + "/bounce", Api.json("type", "permanent"))
        .expect(200);
    Laptop.settle();
    assertThat(client.statement().path("latest").path("delivery").asText()).isEqualTo("bounced");
    Laptop.advance("PT10M");
    assertThat(client.firm().mails("ownerNotice"))
        .anySatisfy(
            notice ->
                assertThat(notice.path("subject").asText()).contains("A statement did not arrive"));
    assertThat(owner.post(statement, Api.json("subject", "two\nlines")).status()).isEqualTo(400);
  }

  @Test
  void staffWhoMayNotSendMailNoStatements() {
    Client client = Client.make();
    client.firm().owner().patch("/firm", "{\"permissions\": {\"staffSend\": false}}").expect(200);
    Api staff = client.firm().staff();
    String customer = "/customers/" + client.customerId();
    assertThat(staff.post(customer + "/statement", "{}").status()).isEqualTo(403);
    assertThat(staff.post(customer + "/client-link").status()).isEqualTo(403);
    assertThat(staff.delete(customer + "/client-link").status()).isEqualTo(403);
    assertThat(staff.get(customer + "/statement").status()).isEqualTo(200);
  }
}
