package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that do not come: what a page shows stays there, and is asked for again. */
@InBrowser
class PagesStayTest {
  private TestFirm firm;
  private String sent;

  @BeforeEach
  void aSentInvoice() {
    firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    sent = firm.time(firm.customer("Ada Lovelace"), service, 60).path("invoiceId").asText();
    firm.send(sent);
  }

  @Test
  void anInvoiceOnItsWayIsFollowedThoughAnAnswerIsLost(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    Deque<Consumer<Route>> first = new ArrayDeque<>(List.of(this::sending, this::lost));
    owner.route(
        "**/invoices/" + sent,
        route -> (first.isEmpty() ? (Consumer<Route>) Route::resume : first.pop()).accept(route));
    owner.go("/invoices/" + sent);
    assertThat(owner.page().locator("main .sub")).containsText("Sending");
    assertThat(owner.page().locator("main .sub")).not().containsText("Sending");
    owner.expectHeading("Invoice 0001");
  }

  private void sending(Route route) {
    JsonNode invoice = firm.invoice(sent);
    ((ObjectNode) invoice).put("state", "sending");
    route.fulfill(
        new Route.FulfillOptions().setContentType("application/json").setBody(invoice.toString()));
  }

  private void lost(Route route) {
    route.abort("internetdisconnected");
  }

  @Test
  void aPageStaysWhenItCannotBeReadAgainAfterSomethingWasSaved(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + sent);
    owner.button("Record a payment").click();
    Locator dialog = owner.dialog("Record a payment");
    owner.route("**/invoices/" + sent, this::lost);
    Visitor.button(dialog, "Record payment").click();
    assertThat(owner.region("Message")).containsText("There is no connection right now");
    assertThat(dialog).isHidden();
    owner.expectHeading("Invoice 0001");
  }

  @Test
  void failure22_theLastOfTwoQuickClicksWins(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers");
    Deque<Route> slow = owner.hold("**/pages/invoices.js");
    owner.link("Invoices").click();
    owner.page().waitForCondition(() -> !slow.isEmpty());
    owner.link("Time").click();
    owner.expectHeading("Time");
    slow.pop().resume();
    // Nothing may come any more: so this waits until what was held has been taken in.
    owner
        .page()
        .evaluate(
            "() => import(document.querySelector('script[src]').src.replace('app.js',"
                + " 'pages/invoices.js'))");
    owner.expectHeading("Time");
    assertThat(owner.page()).hasTitle("Time · Clockbill");
    assertThat(owner.page()).hasURL(owner.base() + "/#/time");
  }

  @Test
  void failure22_aClickWhileThePortalOpensWins(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    Deque<Route> slow = owner.hold("**/me");
    owner.follow("/customers");
    owner.page().waitForCondition(() -> !slow.isEmpty());
    owner.link("Time").click();
    slow.pop().resume();
    owner.expectHeading("Time");
    assertThat(owner.page()).hasURL(owner.base() + "/#/time");
  }

  @Test
  void failure22_theDialogOfTheLastClickOpens(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    String customer = firm.invoice(sent).at("/customer/customerId").asText();
    owner.go("/customers/" + customer);
    Deque<Route> slow = owner.hold("**/parts/customer-dialog.js");
    owner.button("Edit").first().click();
    owner.page().waitForCondition(() -> !slow.isEmpty());
    owner.button("Add time by hand").click();
    owner.dialog("Add time by hand").waitFor();
    slow.pop().resume();
    owner.page().waitForFunction("() => customElements.get('customer-dialog')");
    assertThat(owner.page().locator("dialog[open]")).hasCount(1);
    assertThat(owner.dialog("Add time by hand")).isVisible();
  }

  @Test
  void failure22_whoHasLeftIsNotLedBackByWhatIsSavedMeanwhile(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers");
    owner.button("Add customer").click();
    owner.dialog("Add a customer").waitFor();
    owner.field("Name").fill("Grace Hopper");
    owner.field("Email").fill("grace@example.com");
    Deque<Route> slow = owner.hold("**/customers", "POST");
    owner.page().keyboard().press("Enter");
    owner.page().waitForCondition(() -> !slow.isEmpty());
    owner.page().onceDialog(Dialog::accept);
    owner.follow("/time");
    owner.expectHeading("Time");
    slow.pop().resume();
    assertThat(owner.region("Message")).containsText("Done");
    owner.expectHeading("Time");
    assertThat(owner.page()).hasURL(owner.base() + "/#/time");
  }

  @Test
  void failure22_aPageThatDidNotLoadOfflineOpensWhenTheNetworkIsBack(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers");
    owner.context().setOffline(true);
    owner.link("Reports").click();
    assertThat(owner.region("Message")).containsText("There is no connection right now");
    owner.expectHeading("Customers");
    owner.context().setOffline(false);
    owner.link("Reports").click();
    owner.expectHeading("Reports");

    owner.context().setOffline(true);
    owner.link("Time").click();
    assertThat(owner.region("Message")).containsText("There is no connection right now");
    owner.context().setOffline(false);
    owner.expectHeading("Time");
  }

  @Test
  void nothingTypedIsLostWithoutAQuestion(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/settings/firm");
    List<String> asked = new ArrayList<>();
    AtomicBoolean leave = new AtomicBoolean();
    owner
        .page()
        .onDialog(
            dialog -> {
              asked.add(dialog.message());
              if (leave.get()) {
                dialog.accept();
              } else {
                dialog.dismiss();
              }
            });
    owner.link("Paid services").click();
    assertThat(owner.page().locator("#section")).hasText("Paid services");
    owner.link("The firm").click();
    owner.field("Name").fill("Hollis & Daughters");
    owner.link("Time").click();
    owner.page().waitForCondition(() -> !asked.isEmpty());
    assertThat(owner.page()).hasURL(owner.base() + "/#/settings/firm");
    assertThat(owner.field("Name")).hasValue("Hollis & Daughters");
    owner.button("Save").click();
    assertThat(owner.region("Message")).containsText("Saved");
    owner.link("Customers").click();
    owner.expectHeading("Customers");

    owner.button("Add customer").click();
    owner.dialog("Add a customer").waitFor();
    owner.page().keyboard().press("Escape");
    assertThat(owner.dialog("Add a customer")).isHidden();
    org.assertj.core.api.Assertions.assertThat(asked).as("nothing was typed").hasSize(1);
    owner.button("Add customer").click();
    owner.field("Name").fill("Grace Hopper");
    owner.page().keyboard().press("Escape");
    owner.page().waitForCondition(() -> asked.size() == 2);
    assertThat(owner.field("Name")).hasValue("Grace Hopper");
    leave.set(true);
    owner.button("Cancel").click();
    assertThat(owner.dialog("Add a customer")).isHidden();
    org.assertj.core.api.Assertions.assertThat(asked).hasSize(3);
  }

  @Test
  void whoGetsACopyIsNotForgottenWithoutAQuestion(Visitors visitors) {
    String service = firm.service("Payroll", 10_000);
    String draft = firm.time(firm.customer("Grace Hopper"), service, 60).path("invoiceId").asText();
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + draft);
    owner.button("Send").click();
    Locator dialog = owner.dialog("Send to Grace Hopper");
    dialog.getByLabel("Copy to").fill("books@example.com");
    dialog.getByLabel("Copy to").press("Enter");
    List<String> asked = new ArrayList<>();
    owner
        .page()
        .onceDialog(
            question -> {
              asked.add(question.message());
              question.dismiss();
            });
    Locator elsewhere = dialog.locator(".warnings a").first();
    elsewhere.click();
    org.assertj.core.api.Assertions.assertThat(asked).hasSize(1);
    assertThat(dialog).containsText("books@example.com");
    assertThat(owner.page()).hasURL(owner.base() + "/#/invoices/" + draft);
    owner.page().onceDialog(Dialog::accept);
    elsewhere.click();
    assertThat(dialog).isHidden();
    assertThat(owner.page()).not().hasURL(owner.base() + "/#/invoices/" + draft);
  }

  @Test
  void failure22_saveThatIsPressedTwiceSavesOnceAndWhatIsTypedMeanwhileIsNotLost(
      Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/settings/billing");
    Deque<Route> held = owner.hold("**/firm", "PATCH");
    Locator minimum = owner.field("Minimum, minutes");
    minimum.fill("6");
    owner.button("Save").dblclick();
    owner.page().waitForCondition(() -> !held.isEmpty());
    owner.page().keyboard().type("7");
    assertThat(minimum).hasValue("6");
    owner.page().unroute("**/firm");
    held.forEach(Route::resume);
    assertThat(owner.region("Message")).containsText("Saved");
    assertThat(owner.page().getByRole(AriaRole.ALERT)).hasCount(0);
    assertThat(owner.button("Save")).isFocused();
    org.assertj.core.api.Assertions.assertThat(held).hasSize(1);
    org.assertj.core.api.Assertions.assertThat(
            firm.owner().get("/firm").expect(200).at("/billing/minimumMinutes").asInt())
        .isEqualTo(6);
  }

  @Test
  void aSecondClickOnSaveAndSendWaitForTheFirst(Visitors visitors) {
    String draft = firm.draft(firm.customer("Grace Hopper"), 100);
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + draft);
    owner.field("Description of line 1").fill("Answer to a notice");
    owner.button("Save").dblclick();
    owner.button("Send").click();
    owner.dialog("Send to Grace Hopper").waitFor();
    assertThat(owner.button("Save")).hasCount(0);
    org.assertj.core.api.Assertions.assertThat(
            firm.invoice(draft).at("/lines/0/description").asText())
        .isEqualTo("Answer to a notice");
  }

  @Test
  void failure22_aDraftThatIsDeletedByTwoClicksComesBackByUndo(Visitors visitors) {
    String draft = firm.draft(firm.customer("Grace Hopper"), 100);
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + draft);
    owner.menu().click();
    owner.button("Delete draft").dblclick();
    owner.expectHeading("Invoices");
    owner.button("Undo").click();
    owner.expectHeading("Draft invoice");
    org.assertj.core.api.Assertions.assertThat(firm.invoice(draft).path("state").asText())
        .isEqualTo("draft");
  }

  @Test
  void failure40_thePortalOpensThoughTheFunctionThatServesItIsAsleep(Visitors visitors)
      throws IOException {
    visitors.expect("503");
    try (RenewedPortal portal = new RenewedPortal(firm.owner().base())) {
      Visitor owner = visitors.withServiceWorker(firm.owner(), portal.base()).go("/customers");
      portal.fallAsleep();
      owner.page().reload();
      owner.expectHeading("Customers");
    }
  }

  @Test
  void aPageThatHasBegunToComeIsNotCutOff(Visitors visitors) throws IOException {
    try (RenewedPortal portal = new RenewedPortal(firm.owner().base())) {
      Visitor owner = visitors.withServiceWorker(firm.owner(), portal.base()).go("/customers");
      portal.slowDown();
      owner.page().reload();
      owner.expectHeading("Customers");
    }
  }

  @Test
  void aFileIsHadThoughThereIsNoRoomToKeepIt(Visitors visitors) {
    Visitor owner = visitors.withServiceWorker(firm.owner());
    JsonObject none = new JsonObject();
    none.addProperty("origin", owner.base());
    none.addProperty("quotaSize", 1);
    owner.context().newCDPSession(owner.page()).send("Storage.overrideQuotaForOrigin", none);
    Object had =
        owner
            .page()
            .evaluate(
                """
                () => fetch(document.querySelector('script[src]').src.replace('app.js', 'vendor/inter-ext.woff2'))
                  .then((response) => response.arrayBuffer())
                  .then((letters) => letters.byteLength > 0)
                """);
    org.assertj.core.api.Assertions.assertThat(had).isEqualTo(true);
  }

  @Test
  void pagesOfErrorsHaveATitleOfTheirOwn(Visitors visitors) {
    visitors.expect("404");
    Visitor owner = visitors.at(firm.owner()).go("/nowhere");
    assertThat(owner.page()).hasTitle("Not found · Clockbill");
    owner.link("Time").click();
    assertThat(owner.page()).hasTitle("Time · Clockbill");
    owner.follow("/invoices/01ARZ3NDEKTSV4RRFFQ69G5FAV");
    assertThat(owner.page()).hasTitle("Not found · Clockbill");
  }

  @Test
  void reportsAreShownThoughTheServerDoesNotTellItsTime(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.route("**/timers/running", this::lost);
    owner.go("/reports");
    // Of which days only the device knows, and the stack's clock may be ahead of it: perhaps of
    // none.
    owner.expectHeading("Reports");
  }
}
