package dev.clockbill.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.LocalDate;

/**
 * A customer with an invoice of an hour, 250.00, and what tests do with it.
 *
 * @param invoiceId still a draft at first
 * @param timeEntryId the time on it
 */
public record BilledCustomer(
    TestFirm firm, String customerId, String email, String invoiceId, String timeEntryId) {
  public static final long TOTAL = 25_000;

  /** A draft of an hour for a customer of their own. */
  public static BilledCustomer draft(TestFirm firm) {
    String name = "Lindqvist Joinery " + System.nanoTime();
    String email = "lindqvist." + System.nanoTime() + "@" + firm.firmId() + ".example";
    String customer = firm.customer(name, email);
    JsonNode time = firm.time(customer, firm.service("Tax Resolution", TOTAL), 60);
    return new BilledCustomer(
        firm, customer, email, time.path("invoiceId").asText(), time.path("timeEntryId").asText());
  }

  /** The same, sent. */
  public static BilledCustomer sent(TestFirm firm) {
    BilledCustomer billed = draft(firm);
    firm.send(billed.invoiceId());
    return billed;
  }

  /** Has the next mails to the customer refused. */
  public void refuseMails(int times, String with) {
    Laptop.api()
        .post("/_local/mails/refuse", Api.json("to", email, "times", times, "with", with))
        .expect(200);
  }

  public JsonNode invoice() {
    return firm.invoice(invoiceId);
  }

  public String state() {
    return invoice().path("state").asText();
  }

  public String delivery() {
    return invoice().path("delivery").path("status").asText();
  }

  /** Posts to one of the invoice's actions. */
  public Answer act(String action, String body) {
    return firm.owner().post("/invoices/" + invoiceId + "/" + action, body);
  }

  /** Records money received elsewhere today, and waits for what follows. */
  public JsonNode pay(long amount) {
    JsonNode payment = act("payments", payment(amount)).expect(201);
    Laptop.settle();
    return payment;
  }

  /** What records a payment received today. */
  static String payment(long amount) {
    return Api.json(
        "amount", amount, "method", "Bank transfer", "receivedOn", today(), "reference", "R 1");
  }

  /** The same, and that it may be more than is due. */
  static String overpayment(long amount) {
    return Api.json(
        "amount", amount, "method", "Bank transfer", "receivedOn", today(), "overpaid", true);
  }

  static String today() {
    return LocalDate.ofInstant(Laptop.stack().clock().instant(), java.time.ZoneOffset.UTC)
        .toString();
  }

  /** Presses Pay. */
  Answer checkout() {
    return Laptop.api().post(invoice().path("payUrl").asText() + "/checkout");
  }

  /** Presses Pay and gives the address of the checkout. */
  public String openCheckout() {
    Answer pressed = checkout();
    pressed.expect(303);
    return pressed.header("location").orElseThrow();
  }

  /** Tells the processor's stand-in what becomes of a checkout. */
  public static Answer outcome(String checkout, String outcome, boolean force) {
    Answer told = Laptop.api().post(checkout, Api.json("outcome", outcome, "force", force));
    Laptop.settle();
    return told;
  }

  /** The mails of the invoice to an address. */
  public long mailsTo(String address) {
    return firm.mails("invoice").stream()
        .filter(mail -> mail.path("to").path(0).asText().equals(address))
        .count();
  }
}
