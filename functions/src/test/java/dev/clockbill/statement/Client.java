package dev.clockbill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A customer with two open invoices and the client page, for tests of what comes of them. */
record Client(TestFirm firm, String customerId, String first, String second, String url) {
  static final long FIRST = 25_000;
  static final long SECOND = 10_050;
  private static final String FORM = "application/x-www-form-urlencoded";

  static Client make() {
    return make("Ada Lovelace");
  }

  static Client make(String name) {
    TestFirm firm = Laptop.firm();
    String customer = firm.customer(name, email(firm));
    String first = sent(firm, customer, FIRST);
    String second = sent(firm, customer, SECOND);
    return new Client(firm, customer, first, second, link(firm, customer));
  }

  static String email(TestFirm firm) {
    return "ada@" + firm.firmId() + ".example";
  }

  static String sent(TestFirm firm, String customer, long amount) {
    String draft = firm.draft(customer, amount);
    firm.send(draft);
    return draft;
  }

  private static String link(TestFirm firm, String customer) {
    return firm.owner().post("/customers/" + customer + "/client-link").json().path("url").asText();
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
    return statement("?limit=40");
  }

  JsonNode statement(String query) {
    return firm.owner().get("/customers/" + customerId + "/statement" + query).expect(200);
  }

  /** Has the payer do something in a checkout, and gives the processor's id of the payment. */
  static String outcome(String checkout, String body) {
    String paymentId = Laptop.api().post(checkout, body).expect(200).path("paymentId").asText();
    Laptop.settle();
    return paymentId;
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
