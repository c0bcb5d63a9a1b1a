package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the portal asks for again by itself, and what it leaves to the person. */
@InBrowser
class RepeatedCallsTest {
  private TestFirm firm;
  private String customer;
  private String service;
  private final List<Route> asked = new ArrayList<>();

  @BeforeEach
  void aFirm(Visitors visitors) {
    visitors.expect("status of ");
    firm = Laptop.firm();
    service = firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
  }

  private String sent() {
    String sent = firm.time(customer, service, 60).path("invoiceId").asText();
    firm.send(sent);
    return sent;
  }

  private static Locator recordsAPayment(Visitor owner) {
    owner.expectHeading("Invoice 0001");
    owner.button("Record a payment").click();
    Locator dialog = owner.dialog("Record a payment");
    dialog.getByLabel("Amount").fill("100.00");
    Visitor.button(dialog, "Record payment").click();
    return dialog;
  }

  @Test
  void failure40_whatWasAskedForOnAPageThatIsLeftIsNotDoneBesideWhatIsAskedForAnew(
      Visitors visitors) {
    String sent = sent();
    Visitor owner = visitors.at(firm.owner());
    owner.context().clock().install();
    owner.go("/invoices/" + sent);
    each(owner, "**/payments", "POST", RepeatedCallsTest::gatewayFails);
    recordsAPayment(owner);
    assertThat(owner.page().getByText("Still trying")).isVisible();
    owner.follow("/customers");
    assertThat(owner.region("Message")).containsText("Clockbill cannot answer right now");
    assertThat(owner.page().getByText("Still trying")).isHidden();
    owner.page().unroute("**/payments");
    each(owner, "**/payments", "POST", Route::resume);
    owner.follow("/invoices/" + sent);
    assertThat(recordsAPayment(owner)).isHidden();

    owner.context().clock().runFor(80_000);
    owner.follow("/customers");
    owner.expectHeading("Customers");
    assertThat(asked).hasSize(4);
    assertThat(firm.invoice(sent).path("payments")).hasSize(1);
  }

  @Test
  void failure40_whatIsStillUnderWayIsNotDoneTwiceThoughThePageWasLeft(Visitors visitors) {
    String sent = sent();
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + sent);
    each(
        owner,
        "**/payments",
        "POST",
        route -> {
          if (asked.size() > 1) {
            route.resume();
          }
        });
    recordsAPayment(owner);
    owner.follow("/customers");
    owner.expectHeading("Customers");
    owner.follow("/invoices/" + sent);
    assertThat(recordsAPayment(owner)).isHidden();
    owner
        .page()
        .waitForResponse(
            answer -> answer.request().method().equals("POST"), () -> asked.getFirst().resume());
    assertThat(firm.invoice(sent).path("payments")).hasSize(1);
  }

  private static void gatewayFails(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(503)
            .setContentType("application/json")
            .setBody("{\"message\":\"Service Unavailable\"}"));
  }

  /** Answers the calls of one method, and notes them. */
  private void each(Visitor visitor, String address, String method, Consumer<Route> instead) {
    visitor
        .page()
        .route(
            address,
            route -> {
              if (route.request().method().equals(method)) {
                asked.add(route);
                instead.accept(route);
              } else {
                route.resume();
              }
            });
  }
}
