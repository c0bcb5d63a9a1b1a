package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
    owner
        .page()
        .route(
            "**/invoices/" + sent,
            route ->
                (first.isEmpty() ? (Consumer<Route>) Route::resume : first.pop()).accept(route));
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
    owner.page().route("**/invoices/" + sent, this::lost);
    Visitor.button(dialog, "Record payment").click();
    assertThat(owner.region("Message")).containsText("There is no connection right now");
    assertThat(dialog).isHidden();
    owner.expectHeading("Invoice 0001");
  }

  @Test
  void reportsAreShownThoughTheServerDoesNotTellItsTime(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.page().route("**/timers/running", this::lost);
    owner.go("/reports");
    // Of which days only the device knows, and the stack's clock may be ahead of it: perhaps of
    // none.
    owner.expectHeading("Reports");
  }
}
