package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Payment;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.print.Face;
import dev.clockbill.print.Templates;
import dev.clockbill.table.Item;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final Receipt RECEIPT =
      new Receipt(
          Face.PLAIN,
          "Park & Partners",
          "Ada <Lovelace>",
          "INV-2026-0042",
          "$1,234.50",
          "Dear Ada <Lovelace>,\n\nThank you.",
          facts(),
          "https://example.test/pay/abc",
          List.of("1 Main Street", "Springfield"));

  private static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Invoice", "INV-2026-0042");
    facts.put("Paid on", "November 25, 2026");
    facts.put("Total", "$1,234.50");
    return facts;
  }

  @Test
  void htmlEscapesWhatPeopleWrote() {
    assertThat(Templates.html("receipt", RECEIPT))
        .contains("Dear Ada &lt;Lovelace&gt;", "Park &amp; Partners")
        .doesNotContain("<Lovelace>");
  }

  @Test
  void plainTextSaysTheSameAndEscapesNothing() {
    assertThat(Templates.text("receipt", RECEIPT))
        .startsWith("Thank you for your payment\n\nDear Ada <Lovelace>,\n\nThank you.\n\nInvoice: ")
        .contains("Invoice: INV-2026-0042\nPaid on: November 25, 2026\n")
        .contains("View the invoice: https://example.test/pay/abc\n\n-- \nPark & Partners\n1 Main")
        .endsWith("Springfield\nQuestions? Simply reply to this email.\n");
  }

  @Test
  void itWasPaidWhenTheLastPaymentArrivedWhateverWasGivenBackSince() {
    Payment first = payment("pi_1", "2026-11-26T10:00:00Z", 100_000);
    Payment last = payment("pi_2", "2026-11-27T10:00:00Z", 33_450);
    Payment refund =
        Payment.givenBack(
            first,
            "re_1",
            Payment.Kind.REFUND,
            Payment.Status.SETTLED,
            10_000,
            Instant.parse("2026-11-29T10:00:00Z"));
    Invoice paid = Samples.invoice(InvoiceState.PAID, 123_450, 123_450);
    Receipt receipt =
        Receipt.of(Samples.firm(), paid, List.of(first, refund, last), "https://example.test");
    assertThat(receipt.facts()).containsEntry("Paid on", "November 27, 2026");
  }

  private static Payment payment(String id, String at, long amount) {
    return Payment.inCheckout(
        "cs_" + id, id, Payment.Status.SETTLED, amount, "card", Instant.parse(at));
  }

  @Test
  void aRefundOfAVoidInvoiceAsksForNothing() {
    assertThat(refund(InvoiceState.PARTLY_PAID).due()).isEqualTo("$123.45");
    assertThat(refund(InvoiceState.VOID).due()).isNull();
    assertThat(refund(InvoiceState.VOID).facts()).doesNotContainKey("Still to pay");
  }

  /** Versions run side by side during a rollout: each reads what the other has queued. */
  @Test
  void aRefundIsPrintedHoweverItWasQueued() {
    assertThat(queued(Map.of("amount", "$9.50")).amount()).isEqualTo("$9.50");
    Map<String, Object> facts = RefundMail.facts(12_345, "$123.45");
    assertThat(facts).containsEntry("amount", "$123.45");
    assertThat(queued(facts).amount()).isEqualTo("$123.45");
  }

  private static RefundMail queued(Map<String, Object> facts) {
    Mail.Id id = new Mail.Id(Samples.FIRM, MailKind.REFUND, "01KAP4T7E8R9S0T1V2W3X4Y5Z6", 1);
    Item item = new Item(Item.values(facts));
    return RefundMail.of(
        new QueuedMail(id, QueuedMail.State.QUEUED, null, null, true, null, 0, item),
        Samples.firm(),
        Samples.invoice(InvoiceState.PARTLY_PAID, 123_450, 111_105),
        "https://example.test");
  }

  private static RefundMail refund(InvoiceState state) {
    return RefundMail.of(
        12_345, Samples.firm(), Samples.invoice(state, 123_450, 111_105), "https://example.test");
  }
}
