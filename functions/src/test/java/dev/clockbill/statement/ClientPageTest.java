package dev.clockbill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.shared.Ids;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All invoices of a customer behind one link, and the statement that is mailed with it. */
@OnStack
class ClientPageTest {
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

  /**
   * The link of the older ones carries the last invoice that has a number, so that it outlives the
   * drafts around it and tells of none; more than a page of drafts are passed over at once.
   */
  @Test
  void olderInvoicesComeAfterOneThatHasANumber() {
    Client client = Client.make();
    client.firm().owner().post("/invoices/" + client.first() + "/void", "{}").expect(200);
    List<String> drafts = new ArrayList<>(drafts(client, 45));
    String third = Client.sent(client.firm(), client.customerId(), 700);
    client.firm().owner().post("/invoices/" + third + "/void", "{}").expect(200);
    drafts.addAll(drafts(client, 21));
    Laptop.settle();
    String newest = client.page();
    assertThat(newest)
        .contains(number(client, third))
        .doesNotContain(number(client, client.first()));
    assertThat(older(newest)).containsExactly(third);
    for (String draft : drafts.subList(0, 3)) {
      client.firm().owner().delete("/invoices/" + draft);
    }
    client.firm().owner().delete("/invoices/" + drafts.getLast());
    String last = Laptop.api().get(client.url() + "?older=" + third).body();
    assertThat(last)
        .contains("Void", number(client, client.first()), "Newest invoices")
        .doesNotContain(number(client, third));
    assertThat(older(last)).isEmpty();
    assertThat(List.of(newest, last))
        .noneMatch(page -> drafts.stream().anyMatch(page::contains))
        .noneMatch(page -> page.contains(client.firm().firmId()))
        .noneMatch(page -> page.contains(client.customerId()));
  }

  /** A page of invoices that are all open has a link as well: they stand above, and it gets on. */
  @Test
  void theLinkGetsOnThroughAPageOfOpenInvoicesAndDrafts() {
    Client client = Client.make();
    client.firm().owner().post("/invoices/" + client.first() + "/void", "{}").expect(200);
    String open = Client.sent(client.firm(), client.customerId(), 700);
    drafts(client, 18);
    String newestOpen = Client.sent(client.firm(), client.customerId(), 800);
    Laptop.settle();
    String newest = client.page();
    assertThat(older(newest)).containsExactly(open);
    assertThat(newest).contains("No paid invoices on this page", number(client, newestOpen));
    assertThat(Laptop.api().get(client.url() + "?older=" + open).body())
        .contains("Void", number(client, client.first()));
  }

  /** Whose invoice it is, whether it was deleted, and whether it is a draft: nobody is told. */
  @Test
  void whatNoPageComesAfterLeadsToTheNewestWhateverItIs() {
    Client client = Client.make();
    String cursor = client.statement("?limit=1").path("next").asText();
    String stranger = Client.sent(client.firm(), client.firm().customer("Bo"), 7_000);
    String gone = client.firm().draft(client.customerId(), 5_000);
    client.firm().owner().delete("/invoices/" + gone);
    String draft = client.firm().draft(client.customerId(), 5_000);
    String foreign = Client.make().first();
    Laptop.settle();
    for (String wrong :
        List.of(stranger, foreign, gone, draft, Ids.next(), client.customerId(), cursor, "x", "")) {
      Answer answer = Laptop.api().get(client.url() + "?older=" + wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(303);
      assertThat(answer.header("location"))
          .as(wrong)
          .contains(URI.create(client.url()).getRawPath());
      assertThat(answer.header("cache-control")).contains("no-store");
      assertThat(answer.body()).as(wrong).isEmpty();
    }
    String unknown = "/clients/AAAAAAAAAAAAAAAAAAAAAA";
    assertThat(Laptop.api().get(unknown + "?older=x").status()).isEqualTo(404);
    assertThat(Laptop.api().get(unknown + "?older=" + client.first()).body())
        .isEqualTo(Laptop.api().get(unknown).body());
  }

  private static List<String> drafts(Client client, int count) {
    return Stream.generate(() -> client.firm().draft(client.customerId(), 5_000))
        .limit(count)
        .toList();
  }

  private static String number(Client client, String invoice) {
    return ">" + client.firm().invoice(invoice).path("number").asText() + "<";
  }

  private static List<String> older(String page) {
    return Pattern.compile("[?]older=([^\"]*)")
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** What was sent is open until it is paid, and again when that is taken back. */
  @Test
  void whatIsToBePaidIsOpenWhateverItsState() {
    Client client = Client.make();
    String payments = "/invoices/" + client.first() + "/payments";
    String day = Laptop.now().toString().substring(0, 10);
    String cash = Api.json("amount", 5_000, "method", "Cash", "receivedOn", day);
    client.firm().owner().post(payments, cash).expect(201);
    assertThat(open(client)).containsExactly("partlyPaid 20000", "sent 10050");
    String rest = Api.json("amount", 20_000, "method", "Cash", "receivedOn", day);
    String paid = client.firm().owner().post(payments, rest).expect(201).path("paymentId").asText();
    assertThat(open(client)).containsExactly("sent 10050");
    client.firm().owner().delete(payments + "/" + paid);
    assertThat(open(client)).containsExactly("partlyPaid 20000", "sent 10050");
    client.firm().owner().post("/invoices/" + client.second() + "/void", "{}").expect(200);
    assertThat(open(client)).containsExactly("partlyPaid 20000");
    String refusal =
        Api.json("to", Client.email(client.firm()), "times", 1, "with", "MessageRejected");
    Laptop.api().post("/_local/mails/refuse", refusal).expect(200);
    Client.sent(client.firm(), client.customerId(), 700);
    assertThat(open(client)).containsExactly("partlyPaid 20000", "undeliverable 700");
  }

  private static List<String> open(Client client) {
    return Client.list(client.statement().path("open")).stream()
        .map(each -> each.path("state").asText() + " " + each.path("amountDue").asLong())
        .toList();
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
  void failure9_aStatementThatIsRefusedIsToldToTheOwner() {
    Client client = Client.make();
    Laptop.api()
        .post(
            "/_local/mails/refuse",
            Api.json("to", Client.email(client.firm()), "times", 1, "with", "MessageRejected"))
        .expect(200);
    client
        .firm()
        .owner()
        .post("/customers/" + client.customerId() + "/statement", "{}")
        .expect(202);
    Laptop.advance("PT10M");
    assertThat(client.firm().mails("statement")).isEmpty();
    assertThat(client.statement().path("latest").path("delivery").asText()).isEqualTo("failed");
    assertThat(client.firm().mails("ownerNotice"))
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.path("subject").asText()).contains("A statement did not arrive"));
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
