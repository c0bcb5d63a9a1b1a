package dev.clockbill.payment;

import static dev.clockbill.InvoiceAssert.assertThatInvoice;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api.Answer;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.List;

/**
 * An invoice of $250.00 that was sent and is to be paid, for tests of how that goes.
 *
 * @param payUrl where the customer sees it
 */
record DueInvoice(TestFirm firm, String invoiceId, String payUrl) {

  /** Makes a firm and sends an invoice. */
  static DueInvoice make() {
    TestFirm firm = Laptop.firm();
    JsonNode time =
        firm.time(firm.customer("Ada Lovelace"), firm.service("Tax Resolution", 25_000), 60);
    String invoiceId = time.path("invoiceId").asText();
    return new DueInvoice(firm, invoiceId, firm.send(invoiceId).path("payUrl").asText());
  }

  /** Presses Pay. */
  Answer press() {
    return Laptop.api().post(payUrl + "/checkout");
  }

  /** Presses Pay and gives the address of the checkout. */
  String checkout() {
    Answer pressed = press();
    assertThat(pressed.status()).as(pressed.toString()).isEqualTo(303);
    return pressed.header("location").orElseThrow();
  }

  JsonNode invoice() {
    return firm.invoice(invoiceId);
  }

  /** The sessions at the processor on behalf of the firm, and nobody else. */
  List<JsonNode> sessions() {
    String account = firm.owner().get("/payments/setup").expect(200).path("accountId").asText();
    return PaidInvoice.list(allSessions()).stream()
        .filter(session -> session.path("account").asText().equals(account))
        .toList();
  }

  /** The sessions at the processor on behalf of all firms. */
  static JsonNode allSessions() {
    return Laptop.api().get("/_processor/checkout").expect(200).path("sessions");
  }

  void assertPaidOnce() {
    assertThatInvoice(invoice()).isIn("paid").hasAmountPaid(25_000).hasPayments(1).hasNoFlags();
    assertThat(firm.mails("receipt")).hasSize(1);
  }
}
