package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money that goes back, is disputed, or fits nothing, as owners and staff see it. */
@InBrowser
class MoneyBackTest {
  private static final Api API = Laptop.api();

  private TestFirm firm;
  private String invoiceId;
  private String paymentId;
  private JsonNode checkout;

  @BeforeEach
  void aPaidInvoice() {
    firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    invoiceId = firm.time(firm.customer("Ada Lovelace"), service, 60).path("invoiceId").asText();
    String payUrl = firm.send(invoiceId).path("payUrl").asText();
    String address = API.post(payUrl + "/checkout").header("location").orElseThrow();
    checkout = API.with("accept", "application/json").get(address).expect(200);
    JsonNode paid = API.post(address, "{\"outcome\":\"paid\"}").expect(200);
    paymentId = paid.path("paymentId").asText();
    Laptop.settle();
  }

  private Visitor onInvoice(Visitors visitors) {
    return visitors.at(firm.owner()).go("/invoices/" + invoiceId);
  }

  @Test
  void failure19_anOwnerGivesAPaymentBackInPartsAndNeverMoreThanIsLeft(Visitors visitors) {
    visitors.expect("409");
    Visitor owner = onInvoice(visitors);
    owner.button("Refund $250.00").click();
    Locator dialog = owner.dialog("Refund the payment of $250.00?");
    assertThat(dialog).containsText("A refund cannot be taken back.");
    Accessible.expectNothingInLightAndDark(owner.page(), "Refund");
    dialog.getByLabel("Amount").fill("all");
    Visitor.button(dialog, "Refund").click();
    assertThat(dialog).containsText("Write an amount, such as 220.00.");
    dialog.getByLabel("Amount").fill("300.00");
    Visitor.button(dialog, "Refund").click();
    assertThat(dialog).containsText("At most USD\u00a0250.00 of this payment can still be");
    assertThat(firm.invoice(invoiceId).path("payments")).hasSize(1);
    dialog.getByLabel("Amount").fill("100.00");
    Visitor.button(dialog, "Refund").click();
    assertThat(dialog).isHidden();
    assertThat(owner.region("Message")).containsText("The refund is under way");
    assertThat(owner.region("Payments")).containsText("Refund $100.00");
    assertThat(owner.region("Payments")).containsText("given back");
    assertThat(owner.page().locator("main .sub")).containsText("Partly paid");
    Accessible.expectNothingInLightAndDark(owner.page(), "a refund");

    owner.button("Refund $250.00").click();
    assertThat(dialog.getByLabel("Amount")).hasValue("150.00");
    Visitor.button(dialog, "Refund").click();
    assertThat(owner.region("Payments")).containsText("Refund $150.00");
    assertThat(owner.button("Refund $250.00")).hasCount(0);
  }

  @Test
  void staffSeeWhatWasGivenBackButGiveNothingBack(Visitors visitors) {
    API.post("/_processor/payments/" + paymentId + "/refund", "{\"amount\":5000}").expect(200);
    Laptop.settle();
    Visitor staff = visitors.at(firm.staff()).go("/invoices/" + invoiceId);
    assertThat(staff.region("Payments")).containsText("Refund $50.00");
    assertThat(staff.button("Refund $250.00")).hasCount(0);
  }

  @Test
  void failure19_aDisputeSaysWhatItIsAndWhatToDo(Visitors visitors) {
    API.post("/_processor/payments/" + paymentId + "/dispute", "{}").expect(200);
    Laptop.settle();
    Visitor owner = onInvoice(visitors);
    assertThat(owner.page().locator("main .sub")).containsText("Disputed");
    assertThat(owner.region("Payments")).containsText("a dispute that nobody answers is lost");
    assertThat(owner.region("Payments")).containsText("open: answer it on the processor’s pages");
    assertThat(owner.button("Refund $250.00")).hasCount(0);
    Accessible.expectNothingInLightAndDark(owner.page(), "a dispute");
    API.post("/_processor/payments/" + paymentId + "/dispute", "{\"outcome\":\"lost\"}");
    Laptop.settle();
    owner.page().reload();
    assertThat(owner.region("Payments")).containsText("lost: the bank took the money back");
  }

  @Test
  void failure37_moneyThatFitsNoInvoiceIsFoundFromWhereOneLooks(Visitors visitors) {
    Visitor before = visitors.at(firm.owner()).go("/invoices");
    assertThat(before.page().getByText("Money came in that fits no invoice.")).hasCount(0);
    before.go("/settings/payments");
    assertThat(before.region("Money that fits no invoice")).containsText("Nothing: all money");
    Accessible.expectNothingInLightAndDark(before.page(), "no unmatched money");

    tellMoneyOfAnotherAmount();
    Visitor owner = visitors.at(firm.owner()).go("/invoices");
    owner.link("See what it is").click();
    Locator listed = owner.region("Money that fits no invoice");
    assertThat(listed).containsText("$12.34");
    assertThat(listed).containsText("The amount is not the one that was asked for.");
    Accessible.expectNothingInLightAndDark(owner.page(), "unmatched money");
    owner.link("The invoice that it names").click();
    owner.expectHeading("Invoice 0001");
    assertThat(owner.page().locator("main .sub")).containsText("Money to check");
    assertThat(owner.region("Payments")).containsText("counts nowhere yet");
    Accessible.expectNothingInLightAndDark(owner.page(), "an invoice with unmatched money");
  }

  @Test
  void failure37_anOwnerSaysThatMoneyIsSettled(Visitors visitors) {
    tellMoneyOfAnotherAmount();
    Visitor staff = visitors.at(firm.staff()).go("/settings/payments");
    assertThat(staff.region("Money that fits no invoice")).containsText("$12.34");
    assertThat(staff.button("Settled: $12.34")).hasCount(0);
    Visitor owner = visitors.at(firm.owner()).go("/settings/payments");
    owner.button("Settled: $12.34").click();
    Locator dialog = owner.dialog("Is the payment of $12.34 settled?");
    assertThat(dialog).containsText("No money moves by this");
    Accessible.expectNothingInLightAndDark(owner.page(), "settled money");
    Visitor.button(dialog, "Cancel").click();
    assertThat(owner.region("Money that fits no invoice")).containsText("$12.34");
    owner.button("Settled: $12.34").click();
    Visitor.button(dialog, "It is settled").click();
    assertThat(dialog).isHidden();
    assertThat(owner.region("Money that fits no invoice")).containsText("Nothing: all money");
    assertThat(firm.invoice(invoiceId).path("flags")).isEmpty();
  }

  @Test
  void noneOfItIsWiderThanAPhone(Visitors visitors) {
    API.post("/_processor/payments/" + paymentId + "/refund", "{\"amount\":5000}").expect(200);
    tellMoneyOfAnotherAmount();
    Visitor owner =
        visitors.at(firm.owner(), options -> options.setViewportSize(360, 740)).go("/invoices");
    for (String place : new String[] {"/invoices/" + invoiceId, "/settings/payments"}) {
      owner.go(place);
      assertThat(owner.page().evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
          .as(place)
          .isEqualTo(true);
    }
  }

  private void tellMoneyOfAnotherAmount() {
    String event =
        """
        {"type": "checkout.session.completed", "account": "%s", "data": {
          "id": "%s", "object": "checkout.session", "amount_total": 1234, "currency": "usd",
          "payment_status": "paid", "payment_intent": "pi_other",
          "metadata": {"firmId": "%s", "invoiceId": "%s"}}}
        """
            .formatted(
                checkout.path("account").asText(),
                checkout.path("sessionId").asText(),
                firm.firmId(),
                invoiceId);
    API.post("/_processor/events", event).expect(200);
    Laptop.settle();
  }
}
