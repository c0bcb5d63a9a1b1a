package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money that goes back, is disputed, or fits nothing, as owners and staff see it. */
@InBrowser
class MoneyBackTest {
  private static final Api API = Laptop.api();

  private TestFirm firm;
  private String invoiceId;
  private String checkoutUrl;

  @BeforeEach
  void aSentInvoice() {
    firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    invoiceId = firm.time(firm.customer("Ada Lovelace"), service, 60).path("invoiceId").asText();
    String payUrl = firm.send(invoiceId).path("payUrl").asText();
    checkoutUrl = API.post(payUrl + "/checkout").header("location").orElseThrow();
  }

  /** Pays at the processor, and gives where its controls for that payment are. */
  private String pay(String outcome) {
    JsonNode paid = API.post(checkoutUrl, outcome).expect(200);
    Laptop.settle();
    return "/_processor/payments/" + paid.path("paymentId").asText();
  }

  private String pay() {
    return pay(Api.json("outcome", "paid"));
  }

  private static JsonNode at(String control, String body) {
    JsonNode answer = API.post(control, body).expect(200);
    Laptop.settle();
    return answer;
  }

  private Visitor onInvoice(Visitors visitors) {
    return visitors.at(firm.owner()).go("/invoices/" + invoiceId);
  }

  private static Locator refunds(Visitor visitor) {
    return visitor.buttons("Refund $250.00 of ");
  }

  @Test
  void failure19_anOwnerGivesAPaymentBackInPartsAndNeverMoreThanIsLeft(Visitors visitors) {
    visitors.expect("409");
    pay();
    Visitor owner = onInvoice(visitors);
    refunds(owner).click();
    Locator dialog = owner.dialog("Refund the payment of $250.00?");
    assertThat(dialog).containsText("A refund cannot be taken back.");
    assertThat(dialog).containsText("At most $250.00. What is given back is due again");
    Accessible.expectNothingInLightAndDark(owner.page(), "Refund");
    for (String noAmount : new String[] {" ", "all"}) {
      dialog.getByLabel("Amount").fill(noAmount);
      Visitor.button(dialog, "Refund").click();
      assertThat(dialog).containsText("This is not an amount. Write it like 220.00.");
      dialog.getByLabel("Amount").fill("0");
    }
    dialog.getByLabel("Amount").fill("300.00");
    Visitor.button(dialog, "Refund").click();
    assertThat(dialog).containsText("At most $250.00 of this payment can still be");
    assertThat(firm.invoice(invoiceId).path("payments")).hasSize(1);
    dialog.getByLabel("Amount").fill("100.00");
    refundOnceHoweverOftenItIsLeft(owner, dialog);
    assertThat(owner.region("Message")).containsText("The refund is under way");
    assertThat(owner.region("Payments")).containsText("Refund $100.00");
    assertThat(owner.region("Payments")).containsText("given back");
    assertThat(owner.page().locator("main .sub")).containsText("Partly paid");
    assertThat(owner.buttons("Refund ")).hasCount(1);
    Accessible.expectNothingInLightAndDark(owner.page(), "a refund");

    refunds(owner).click();
    assertThat(dialog.getByLabel("Amount")).hasValue("150.00");
    Visitor.button(dialog, "Refund").click();
    assertThat(owner.region("Payments")).containsText("Refund $150.00");
    assertThat(owner.buttons("Refund ")).hasCount(0);
    assertThat(owner.page().locator("main")).isFocused();
  }

  /** Presses Refund, and while that takes its time, whatever else leads out of the dialog. */
  private void refundOnceHoweverOftenItIsLeft(Visitor owner, Locator dialog) {
    Deque<Route> asked = owner.hold("**/refund");
    Visitor.button(dialog, "Refund").click();
    owner.page().waitForCondition(() -> !asked.isEmpty());
    assertThat(Visitor.button(dialog, "Cancel")).isDisabled();
    owner.page().keyboard().press("Escape");
    assertThat(dialog).isVisible();
    for (int presses = 0; presses < 3; presses++) {
      owner.page().keyboard().press("Escape"); // browsers let whoever insists out
    }
    if (dialog.isHidden()) {
      refunds(owner).click();
    }
    assertThat(dialog).isVisible();
    assertThat(dialog.getByLabel("Amount")).hasValue("100.00");
    assertThat(Visitor.button(dialog, "Refund")).isDisabled();
    asked.getFirst().resume();
    assertThat(dialog).isHidden();
    assertThat(asked).hasSize(1);
    owner.page().unroute("**/refund");
  }

  /** Money that takes days on both ways: a payment, and then its refund. */
  @Test
  void failure19_whatIsUnderWayIsAwaitedAndOnlyTheSurplusIsSuggested(Visitors visitors) {
    String payment = pay(Api.json("outcome", "processing"));
    Visitor owner = onInvoice(visitors);
    assertThat(owner.region("Payments")).containsText("under way");
    assertThat(owner.buttons("Refund ")).hasCount(0);

    at(payment + "/settle", Api.json("outcome", "paid"));
    String day = Laptop.now().toString().substring(0, 10);
    String byHand =
        Api.json("amount", 1_000, "method", "Cash", "receivedOn", day, "overpaid", true);
    firm.owner().post("/invoices/" + invoiceId + "/payments", byHand).expect(201);
    String refund = at(payment + "/refund", Api.json("amount", 25_000)).path("refundId").asText();
    owner.page().reload();
    assertThat(owner.region("Payments")).containsText("Refund $250.00");
    assertThat(owner.buttons("Refund ")).hasCount(0);
    at("/_processor/refunds/" + refund + "/settle", Api.json("outcome", "failed"));
    assertThat(owner.region("Payments")).containsText("failed: the money stays with you");

    refunds(owner).click();
    Locator dialog = owner.dialog("Refund the payment of $250.00?");
    assertThat(dialog.getByLabel("Amount")).hasValue("10.00");
    assertThat(dialog)
        .containsText("At most $250.00. $10.00 more than the total was paid: what is given back");
  }

  @Test
  void failure19_staffSeeWhatWasGivenBackOrWonButGiveNothingBack(Visitors visitors) {
    String payment = pay();
    at(payment + "/refund", Api.json("amount", 5_000));
    at(payment + "/dispute", Api.json("outcome", "won"));
    Visitor staff = visitors.at(firm.staff()).go("/invoices/" + invoiceId);
    assertThat(staff.region("Payments")).containsText("Refund $50.00");
    assertThat(staff.region("Payments")).containsText("won: the money stays with you");
    assertThat(staff.region("Payments").locator("p")).hasCount(0);
    assertThat(staff.page().locator("main .sub")).not().containsText("Disputed");
    assertThat(staff.buttons("Refund ")).hasCount(0);
  }

  @Test
  void failure19_aDisputeSaysWhatItIsAndWhatToDo(Visitors visitors) {
    String payment = pay();
    at(payment + "/dispute", "{}");
    Visitor owner = onInvoice(visitors);
    Locator payments = owner.region("Payments");
    assertThat(owner.page().locator("main .sub")).containsText("Disputed");
    assertThat(payments).containsText("a dispute that nobody answers is lost");
    assertThat(payments).containsText("open: answer it on the processor’s pages");
    assertThat(owner.buttons("Refund ")).hasCount(0);
    Accessible.expectNothingInLightAndDark(owner.page(), "a dispute");

    at(payment + "/dispute", Api.json("outcome", "lost"));
    owner.page().reload();
    assertThat(payments).containsText("lost: the bank took the money back");
    assertThat(payments)
        .containsText("A dispute was lost: that money went back to the customer and is due again.");
    assertThat(payments).not().containsText("a dispute that nobody answers");
  }

  @Test
  void failure37_moneyThatFitsNoInvoiceIsFoundFromWhereOneLooks(Visitors visitors) {
    visitors.expect("503");
    Visitor owner = visitors.at(firm.owner()).go("/invoices");
    Locator hint = owner.page().getByText("Money came in that fits no invoice.");
    Locator listed = owner.region("Money that fits no invoice");
    assertThat(hint).hasCount(0);
    owner.link("Settings").click();
    owner.link("Payments").click();
    assertThat(listed).containsText("Nothing: all money");
    Accessible.expectNothingInLightAndDark(owner.page(), "no unmatched money");

    tellMoneyOfAnotherAmount();
    owner.route("**/payments/unmatched?*", LostAnswerTest::unavailable);
    owner.follow("/invoices").expectHeading("Invoices");
    assertThat(owner.link("0001")).isVisible();
    owner.page().unroute("**/payments/unmatched?*");
    owner.tab("Sent").click();
    owner.tab("All").click();
    assertThat(hint).isVisible();
    owner.tab("Sent").click();
    assertThat(hint).hasCount(0);
    owner.tab("All").click();
    owner.link("See what it is").click();
    assertThat(listed).containsText("$12.34");
    assertThat(listed).containsText("The amount is not the one that was asked for.");
    assertThat(listed.locator("li")).containsText(Laptop.now().toString().substring(0, 4));
    assertThat(listed).containsText("pi_other");
    Accessible.expectNothingInLightAndDark(owner.page(), "unmatched money");
    owner.expectNothingWiderThanAPhone();
    owner.link("The invoice that it names").click();
    owner.expectHeading("Invoice 0001");
    assertThat(owner.page().locator("main .sub")).containsText("Money to check");
    assertThat(owner.region("Payments")).containsText("does not fit it, so it is not booked");
    Accessible.expectNothingInLightAndDark(owner.page(), "an invoice with unmatched money");

    giveItUpAndPayAllTheSame();
    owner.link("see what it is").click();
    owner.link("The invoice that it names").click();
    refunds(owner).click();
    Locator dialog = owner.dialog("Refund the payment of $250.00?");
    assertThat(dialog.getByLabel("Amount")).hasValue("250.00");
    assertThat(dialog).containsText("At most $250.00");
    assertThat(dialog).not().containsText("due again");
    Visitor.button(dialog, "Cancel").click();
    owner.expectNothingWiderThanAPhone();
  }

  private void giveItUpAndPayAllTheSame() {
    firm.owner().post("/invoices/" + invoiceId + "/void", "{}").expect(200);
    Laptop.settle();
    pay(Api.json("outcome", "paid", "force", true));
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

  private void tellMoneyOfAnotherAmount() {
    JsonNode checkout = API.with("accept", "application/json").get(checkoutUrl).expect(200);
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
