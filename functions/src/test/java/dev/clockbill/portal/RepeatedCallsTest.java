package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import dev.clockbill.Api;
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
    owner.page().onceDialog(Dialog::accept);
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
  void failure22_theDialogOfAPageThatIsLeftIsGoneThoughTheNextPageIsNotThereYet(Visitors visitors) {
    String sent = sent();
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + sent);
    each(owner, "**/payments", "POST", RepeatedCallsTest::gatewayFails);
    Locator dialog = recordsAPayment(owner);
    assertThat(owner.page().getByText("Still trying")).isVisible();
    owner.hold("**/pages/customers.js");
    owner.page().onceDialog(Dialog::accept);
    owner.follow("/customers");
    assertThat(owner.region("Message")).containsText("Clockbill cannot answer right now");
    assertThat(dialog).isHidden();
    owner.page().unroute("**/payments");
    owner.follow("/invoices/" + sent);
    assertThat(recordsAPayment(owner)).isHidden();
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
    owner.page().onceDialog(Dialog::accept);
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

  @Test
  void aChangeOfWhatHasNoVersionIsNotRepeatedForLong(Visitors visitors) {
    firm.service("Payroll", 12_000);
    Visitor owner = visitors.at(firm.owner());
    owner.startTracking(customer, "Tax Resolution");
    each(owner, "**/timers/*", "PATCH", RepeatedCallsTest::gatewayFails);
    owner.button("Note and start time").click();
    owner.tracker().getByLabel("Service").selectOption("Payroll");
    assertThat(owner.tracker()).containsText("Clockbill cannot answer right now");
    assertThat(asked).hasSize(3);
  }

  @Test
  void aChangeThatIsRepeatedOverwritesNothing(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.context().clock().install();
    owner.go("/customers/" + customer);
    each(
        owner,
        "**/customers/*",
        "PATCH",
        route -> {
          if (asked.size() < 4) {
            gatewayFails(route);
          } else {
            route.resume();
          }
        });
    owner.button("Edit").click();
    Locator dialog = owner.dialog("Edit Ada Lovelace");
    dialog.getByLabel("Name").fill("Ada King");
    Visitor.button(dialog, "Save").click();
    assertThat(owner.page().getByText("Still trying")).isVisible();
    String path = "/customers/" + customer;
    firm.owner().patch(path, Api.json("name", "Ada Byron")).expect(200);
    owner.context().clock().runFor(5000);
    assertThat(owner.page().getByText("Somebody else changed this meanwhile")).isVisible();
    assertThat(firm.owner().get(path).expect(200).path("name").asText()).isEqualTo("Ada Byron");
    Visitor.button(dialog, "Save").click();
    owner.expectHeading("Ada King");
  }

  @Test
  void whoChangesAMemberOfStaffIsToldThatSomebodyElseDid(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/settings/staff");
    owner.button("Edit Staff 1").click();
    Locator dialog = owner.dialog("Edit Staff 1");
    rename("Sam Reed");
    dialog.getByLabel("Role").selectOption("owner");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).containsText("Somebody else changed this meanwhile");
    owner.button("Cancel").click();

    owner.go("/settings/staff");
    assertThat(owner.button("Deactivate Sam Reed")).isVisible();
    rename("Sam Reeve");
    owner.button("Deactivate Sam Reed").click();
    assertThat(owner.region("Message")).containsText("This has changed since you read it.");
    owner.button("Deactivate Sam Reeve").click();
    assertThat(owner.button("Activate Sam Reeve")).isVisible();
  }

  private void rename(String name) {
    String staffId = firm.staff().get("/me").expect(200).path("staffId").asText();
    firm.owner().patch("/staff/" + staffId, Api.json("name", name)).expect(200);
  }

  @Test
  void failure40_whatIsGoneWhenItsDeletionIsRepeatedIsDeleted(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.startTracking(customer, "Tax Resolution");
    each(
        owner,
        "**/timers/*",
        "DELETE",
        route -> {
          if (asked.size() == 1) {
            LostAnswerTest.failAfterwards(route);
          } else {
            route.resume();
          }
        });
    owner.button("Note and start time").click();
    owner.button("Discard").click();
    Response gone =
        owner
            .page()
            .waitForResponse(answer -> answer.status() == 404, owner.button("Dismiss")::click);
    assertThat(gone.request().method()).isEqualTo("DELETE");
    assertThat(owner.page().locator("html")).not().hasAttribute("data-busy", "");
    assertThat(owner.region("Message")).isHidden();
    assertThat(owner.tracker()).isHidden();
    assertThat(asked).hasSize(2);
  }

  @Test
  void aReportThatTimedOutIsNotReadAgainByItself(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.context().clock().install();
    owner.go("/customers");
    each(
        owner,
        "**/reports/realisation*",
        "GET",
        route -> {
          if (asked.size() == 2) {
            gatewayFails(route);
          } else if (asked.size() > 2) {
            route.resume();
          }
        });
    owner.follow("/reports");
    owner.page().waitForCondition(() -> !asked.isEmpty());
    owner.context().clock().runFor(20_000);
    gatewayFails(asked.getFirst());
    owner.expectHeading("That did not work");
    assertThat(asked).hasSize(1);

    owner.button("Try again").click(); // what fails at once is perhaps only asleep
    owner.expectHeading("Reports");
    assertThat(asked).hasSize(3);
  }

  @Test
  void whatHasNoKeyIsAskedForOnceAndThePersonIsToldToLook(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/settings/staff");
    each(
        owner,
        "**/staff",
        "POST",
        route -> {
          route.fetch();
          gatewayFails(route);
        });
    owner.button("Invite").click();
    Locator dialog = owner.dialog("Invite a member of staff");
    dialog.getByLabel("Name").fill("Sam Reed");
    dialog.getByLabel("Email").fill("sam@" + firm.firmId() + ".example");
    Visitor.button(dialog, "Invite").click();
    assertThat(dialog)
        .containsText(
            "Clockbill cannot answer right now. It may have been done all the same: look first");
    assertThat(asked).hasSize(1);
    Visitor.button(dialog, "Cancel").click();
    assertThat(owner.region("Staff")).containsText("Sam Reed");

    owner.go("/settings/import");
    each(owner, "**/imports/customers", "POST", LostAnswerTest::failAfterwards);
    byte[] file = "name,email\nGrace Hopper,grace@hopper.example\n".getBytes(UTF_8);
    owner.field("File").setInputFiles(new FilePayload("new.csv", "text/csv", file));
    owner.button("Import 1 customer").click();
    assertThat(owner.region("Message"))
        .containsText("Something failed on our side. It may have been done all the same");
    assertThat(asked).hasSize(2);
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
    visitor.route(
        address,
        method,
        route -> {
          asked.add(route);
          instead.accept(route);
        });
  }
}
