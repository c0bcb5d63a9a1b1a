package dev.clockbill.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.InvoiceAssert;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * An invoice of $250.00 that its customer has paid at the processor, for tests of what becomes of
 * the money.
 *
 * @param paymentId the processor's id of the payment
 * @param account the firm's at the processor
 */
record PaidInvoice(TestFirm firm, String invoiceId, String paymentId, String account) {
  static final long TOTAL = 25_000;

  /** Makes a firm, sends an invoice and pays it. */
  static PaidInvoice make() {
    return make("paid");
  }

  /** The same where the payer does something else; the payment may be under way. */
  static PaidInvoice make(String outcome) {
    DueInvoice due = DueInvoice.make();
    return pay(due.firm(), due.invoiceId(), outcome);
  }

  /** Pays what is due of an invoice. */
  static PaidInvoice pay(TestFirm firm, String invoiceId, String outcome) {
    JsonNode done =
        Laptop.api().post(checkout(firm, invoiceId), Api.json("outcome", outcome)).expect(200);
    Laptop.settle();
    return new PaidInvoice(
        firm, invoiceId, done.path("paymentId").asText(), done.path("account").asText());
  }

  /** Opens a checkout of an invoice and gives its address. */
  static String checkout(TestFirm firm, String invoiceId) {
    Answer pressed =
        Laptop.api().post(firm.invoice(invoiceId).path("payUrl").asText() + "/checkout");
    return pressed.header("location").orElseThrow(() -> new AssertionError(pressed.toString()));
  }

  /** Ends our access to an account without an event, or gives it back. */
  static void connect(String account, boolean connected) {
    Laptop.api()
        .post("/_processor/accounts/" + account + "/connection", Api.json("connected", connected))
        .expect(200);
  }

  JsonNode invoice() {
    return firm.invoice(invoiceId);
  }

  /** The row of the invoice's table with an id. */
  JsonNode row(String rowId) {
    return rows().stream()
        .filter(row -> row.path("paymentId").asText().equals(rowId))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row " + rowId + " in " + rows()));
  }

  List<JsonNode> rows() {
    return list(invoice().path("payments"));
  }

  /** The rows as kind, status and amount, in no particular order. */
  List<String> ledger() {
    return InvoiceAssert.ledger(invoice());
  }

  List<String> flags() {
    return list(invoice().path("flags")).stream().map(JsonNode::asText).toList();
  }

  List<String> history() {
    return list(invoice().path("history")).stream().map(e -> e.path("what").asText()).toList();
  }

  /** Refunds some of it on the processor's own pages; gives the refund's id. */
  String refundThere(long amount) {
    JsonNode made = at("/refund", Api.json("amount", amount)).expect(200);
    Laptop.settle();
    return made.path("refundId").asText();
  }

  /** The refunds of it that the processor has. */
  List<JsonNode> refundsThere() {
    return list(DueInvoice.allSessions()).stream()
        .filter(session -> session.path("paymentId").asText().equals(paymentId))
        .flatMap(session -> list(session.path("refunds")).stream())
        .toList();
  }

  /** What happens to it at the processor. */
  Answer at(String path, String body) {
    return Laptop.api().post("/_processor/payments/" + paymentId + path, body);
  }

  /** Ends a refund at the processor. */
  void settleRefund(String refundId, String outcome) {
    Laptop.api()
        .post("/_processor/refunds/" + refundId + "/settle", Api.json("outcome", outcome))
        .expect(200);
    Laptop.settle();
  }

  /** Asks for a refund as the owner does. */
  Answer refund(String body) {
    return refund(firm.owner(), body);
  }

  Answer refund(Api as, String body) {
    Answer answer = as.post("/invoices/" + invoiceId + "/payments/" + paymentId + "/refund", body);
    Laptop.settle();
    return answer;
  }

  /** Refunds all that is left and gives the id of the row. */
  String refunded(String body) {
    return refund(body).expect(202).path("paymentId").asText();
  }

  /** The mails about a refund that the customer got, newest first. */
  List<JsonNode> refundMails() {
    return firm.mails("receipt").stream()
        .filter(mail -> mail.path("subject").asText().startsWith("Refund"))
        .toList();
  }

  /** The subjects of the notices that the owner got, newest first. */
  List<String> notices() {
    return firm.mails("ownerNotice").stream().map(mail -> mail.path("subject").asText()).toList();
  }

  /** Tells an event of a tester's making and gives the webhook's answer. */
  int tell(String type, String account, ObjectNode object) {
    ObjectNode event = object.objectNode().put("type", type).put("account", account);
    event.set("data", object);
    return Laptop.api()
        .post("/_processor/events", event.toString())
        .expect(200)
        .path("webhookStatus")
        .asInt();
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
