package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Api;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can still be done to an invoice once it was sent, and what no longer can. */
@InBrowser
class SentInvoicePageTest {
  private TestFirm firm;
  private String customer;
  private String sent;

  @BeforeEach
  void aSentInvoice() {
    firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
    sent = firm.time(customer, service, 60).path("invoiceId").asText();
    firm.send(sent);
  }

  private Visitor onInvoice(Visitors visitors) {
    return visitors.at(firm.owner()).go("/invoices/" + sent);
  }

  private String state() {
    return firm.invoice(sent).path("state").asText();
  }

  @Test
  void failure8_aSentInvoiceOffersNothingToEdit(Visitors visitors) {
    Visitor owner = onInvoice(visitors);
    assertThat(owner.region("Invoice").locator("input, textarea, select")).hasCount(0);
    owner.menu().click();
    assertThat(owner.button("Revise")).isVisible();
    for (String edit : new String[] {"Edit", "Save", "Send", "Delete draft"}) {
      assertThat(owner.button(edit)).hasCount(0);
    }
    owner.button("Record a payment").click();
    Visitor.button(owner.dialog("Record a payment"), "Record payment").click();
    assertThat(owner.page().getByText("Paid").first()).isVisible();
    Eventually.get("the payment", this::state, "paid"::equals);
  }

  @Test
  void aFixedPriceIsPutOnADraftAndStandsWithItsServiceOnceItIsSent(Visitors visitors) {
    firm.fixedPriced("Tax return", 45_000);
    String service = firm.service("Bookkeeping", 10_000);
    String draft = firm.time(customer, service, 60).path("invoiceId").asText();
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + draft);
    owner.button("Add a fixed price").click();
    Locator dialog = owner.dialog("Add a fixed-price service");
    assertThat(dialog).containsText("$450.00");
    Visitor.button(dialog, "Add to the invoice").click();
    assertThat(dialog).isHidden();
    Locator invoice = owner.region("Invoice");
    invoice.getByLabel("Quantity of line 2").fill("1.5");
    assertThat(invoice).containsText("$675.00");
    invoice.getByLabel("Price of line 2").fill("300.01");
    assertThat(invoice).containsText("$450.02");
    invoice.getByLabel("Quantity of line 2").fill("1,5");
    assertThat(invoice).not().containsText("$450.02");
    invoice.getByLabel("Quantity of line 2").fill("2.500");
    invoice.getByLabel("Lines on paper").selectOption("service");
    owner.button("Save").click();
    assertThat(owner.page().getByText("Not saved yet")).isHidden();
    JsonNode line = firm.invoice(draft).path("lines").path(1);
    assertThat(line.path("quantity").asText()).isEqualTo("2.5");
    assertThat(line.path("amount").asLong()).isEqualTo(75_003);
    firm.send(draft);
    owner.go("/invoices/" + sent).go("/invoices/" + draft);
    assertThat(invoice).containsText("Subtotal Tax return");
    assertThat(invoice).containsText("Subtotal Bookkeeping");
  }

  @Test
  void aPaymentByHandIsRecordedAndTakenBackBeforeAnotherIs(Visitors visitors) {
    visitors.expect("503");
    Visitor owner = onInvoice(visitors);
    owner.button("Record a payment").click();
    Locator dialog = owner.dialog("Record a payment");
    dialog.getByLabel("Amount").fill("1x");
    Visitor.button(dialog, "Record payment").click();
    assertThat(dialog.getByText("This is not an amount. Write it like 220.00.").first())
        .isVisible();
    dialog.getByLabel("Amount").fill("100.00");
    dialog.getByLabel("Reference").fill("Cheque 17");
    Visitor.button(dialog, "Record payment").click();
    assertThat(dialog).isHidden();
    assertThat(owner.page().getByText("Partly paid")).isVisible();
    assertThat(owner.region("Payments")).containsText("Cheque 17");

    Locator takeBack = owner.buttons("Take back $100.00 of ");
    takeBack.click();
    owner.holdMessage();
    assertThat(owner.region("Payments")).isHidden();
    owner.button("Undo").click();
    assertThat(owner.region("Payments")).containsText("$100.00");
    assertThat(state()).isEqualTo("partlyPaid");

    owner.route("**/payments/*", LostAnswerTest::unavailable);
    takeBack.click();
    owner.button("Dismiss").click();
    assertThat(owner.region("Message")).containsText("The processor is away.");
    assertThat(owner.region("Payments")).containsText("$100.00");
    owner.page().unroute("**/payments/*");

    takeBack.click();
    owner.button("Record a payment").click();
    assertThat(dialog.getByLabel("Amount")).hasValue("250.00");
    assertThat(state()).isEqualTo("sent");
  }

  @Test
  void failure31_moreThanIsDueIsRecordedOnlyWhenThePersonSaysSoAndAReceiptOnlyWhereItIsWanted(
      Visitors visitors) {
    visitors.expect("409");
    Visitor owner = onInvoice(visitors);
    owner.button("Record a payment").click();
    Locator dialog = owner.dialog("Record a payment");
    Locator overpaid = dialog.getByLabel("The customer paid more than is due");
    assertThat(overpaid).hasCount(0);
    dialog.getByLabel("Amount").fill("25000.00");
    dialog.getByLabel("Email a receipt to").uncheck();
    Visitor.button(dialog, "Record payment").click();
    assertThat(dialog).containsText("Only $250.00 is due.");
    assertThat(firm.invoice(sent).path("payments")).isEmpty();
    dialog.getByLabel("Amount").fill("260.00");
    assertThat(overpaid).hasAccessibleDescription("Otherwise, correct the amount");
    overpaid.check();
    Visitor.button(dialog, "Record payment").click();
    assertThat(dialog).isHidden();
    assertThat(owner.page().locator("main .sub")).containsText("Overpaid");
    assertThat(owner.region("Payments")).containsText("More was paid than is due.");
    Laptop.settle();
    assertThat(firm.mails("receipt")).isEmpty();
    owner.button("Record a payment").click();
    assertThat(overpaid).hasCount(0);
  }

  @Test
  void takingAPaymentBackSaysWhatTheCustomerWasTold(Visitors visitors) {
    Visitor owner = onInvoice(visitors);
    owner.button("Record a payment").click();
    Locator dialog = owner.dialog("Record a payment");
    assertThat(dialog.getByLabel("Email a receipt to")).isChecked();
    Visitor.button(dialog, "Record payment").click();
    assertThat(dialog).isHidden();
    Laptop.settle();
    assertThat(firm.mails("receipt")).hasSize(1);
    owner.page().reload();
    owner.buttons("Take back $250.00 of ").click();
    Locator ask = owner.dialog("Take back the payment of $250.00?");
    assertThat(ask).containsText("got a receipt by email on ");
    assertThat(ask).containsText("Then $250.00 is due again.");
    Visitor.button(ask, "Cancel").click();
    assertThat(state()).isEqualTo("paid");
    owner.buttons("Take back $250.00 of ").click();
    Visitor.button(ask, "Take back").click();
    assertThat(ask).isHidden();
    assertThat(state()).isEqualTo("sent");
  }

  @Test
  void aVoidedInvoiceKeepsItsNumberAndSaysWhy(Visitors visitors) {
    Visitor owner = onInvoice(visitors);
    owner.more("Void");
    Locator dialog = owner.dialog("Void 0001?");
    dialog.getByLabel("Reason").fill("Billed to the wrong firm");
    Visitor.button(dialog, "Void it").click();
    assertThat(owner.menu()).hasCount(0);
    owner.expectHeading("Invoice 0001");
    assertThat(owner.region("What happened")).containsText("Billed to the wrong firm");
    assertThat(state()).isEqualTo("void");
  }

  @Test
  void aRevisedInvoiceLeadsToItsDraftAndBack(Visitors visitors) {
    Visitor owner = onInvoice(visitors);
    owner.more("Revise");
    Visitor.button(owner.dialog("Revise 0001?"), "Revise").click();
    owner.expectHeading("Draft invoice");
    owner.link("an earlier invoice").click();
    owner.expectHeading("Invoice 0001");
    owner.link("a revised invoice").click();
    owner.expectHeading("Draft invoice");
  }

  @Test
  void itIsMailedAgainWhereverOneWishes(Visitors visitors) {
    visitors.expect("500");
    String present = "countess@example.com";
    firm.owner().patch("/customers/" + customer, Api.json("email", present)).expect(200);
    Visitor owner = onInvoice(visitors);
    AtomicInteger asked = new AtomicInteger();
    owner.route(
        "**/resend",
        route -> {
          asked.incrementAndGet();
          LostAnswerTest.failAfterwards(route);
        });
    owner.more("Resend");
    Locator dialog = owner.dialog("Resend invoice");
    assertThat(Visitor.field(dialog, "To")).hasAttribute("placeholder", present);
    Visitor.field(dialog, "To").fill("desk@" + firm.firmId() + ".example");
    Visitor.button(dialog, "Resend").click();
    assertThat(dialog).containsText("Something failed on our side.");
    assertThat(asked).hasValue(1);
    Visitor.button(dialog, "Cancel").click();
    JsonNode again =
        Eventually.get("the mail", () -> firm.mails("invoice"), mails -> mails.size() == 2).get(0);
    assertThat(again.path("to").path(0).asText()).startsWith("desk@");
    assertThat(owner.region("Invoice")).containsText("desk@" + firm.firmId() + ".example: Email");
  }

  @Test
  void itsPdfIsSavedAsAFile(Visitors visitors) throws Exception {
    Visitor owner = onInvoice(visitors);
    Download pdf = owner.page().waitForDownload(() -> owner.button("PDF").click());
    assertThat(pdf.suggestedFilename()).isEqualTo("invoice-0001.pdf");
    assertThat(Files.readAllBytes(pdf.path()))
        .isEqualTo(firm.owner().bytes("/invoices/" + sent + "/pdf"));
  }

  @Test
  void aMailThatBouncedIsSaid(Visitors visitors) {
    String mail = firm.mails("invoice").getFirst().path("id").asText();
    Laptop.api().post("/_local/mails/" + mail + "/bounce", Api.json()).expect(200);
    Laptop.settle();
    Visitor owner = onInvoice(visitors);
    assertThat(owner.region("Invoice")).containsText("Email bounced");
    Locator hint = owner.page().getByRole(AriaRole.NOTE);
    assertThat(hint)
        .containsText("bounced, and no more reminders are sent there. Correct the address");
    assertThat(owner.button("Remind now")).hasCount(0);
    Accessible.expectNothingInLightAndDark(owner.page(), "a bounced email");
    owner.follow("/invoices");
    Locator row =
        owner.page().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("0001"));
    assertThat(row).containsText("Sent");
    assertThat(row).containsText("Email bounced");
    billLate();
    owner.follow("/invoices?state=overdue");
    assertThat(row).containsText("Overdue");
    assertThat(row).containsText("Partly paid");
    assertThat(row).containsText("Email bounced");
  }

  /** The due date passes, and some of it is paid. */
  private void billLate() {
    Laptop.skip(Duration.ofDays(20));
    firm.owner()
        .post(
            "/invoices/" + sent + "/payments",
            Api.json(
                "amount",
                100,
                "method",
                "Cash",
                "receivedOn",
                firm.invoice(sent).path("issuedOn").asText()))
        .expect(201);
    Laptop.settle();
  }

  @Test
  void anOpenInvoiceHearsOfItsPaymentByItself(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.page().clock().install();
    owner.go("/invoices/" + sent);
    assertThat(owner.page().locator("main .sub")).containsText("Sent");
    firm.owner()
        .post(
            "/invoices/" + sent + "/payments",
            Api.json(
                "amount",
                25_000,
                "method",
                "Cash",
                "receivedOn",
                firm.invoice(sent).path("issuedOn").asText()))
        .expect(201);
    Laptop.settle();
    owner.page().clock().fastForward(60_000);
    assertThat(owner.page().locator("main .sub")).containsText("Paid");
  }

  @Test
  void aReminderIsSentOnAskingOnceADay(Visitors visitors) {
    Visitor owner = onInvoice(visitors);
    owner.button("Remind now").click();
    Locator dialog = owner.dialog("Remind Ada Lovelace now?");
    assertThat(dialog).containsText("$250.00");
    Visitor.button(dialog, "Send reminder").click();
    assertThat(dialog).isHidden();
    assertThat(owner.button("Reminded today")).isDisabled();
    Eventually.get("the reminder", () -> firm.mails("paymentReminder"), mails -> mails.size() == 1);
  }
}
