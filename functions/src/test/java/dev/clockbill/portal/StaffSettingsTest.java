package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The firm's staff in the settings: who is one of them, and what they may see and change. */
@InBrowser
class StaffSettingsTest {
  private static final Locator.GetByTextOptions EXACTLY =
      new Locator.GetByTextOptions().setExact(true);

  private TestFirm firm;

  @BeforeEach
  void aFirm() {
    firm = Laptop.firm();
  }

  @Test
  void staffAreInvitedChangedAndDeactivatedWithAnUndo(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/settings/staff");
    owner.button("Invite").click();
    Locator dialog = owner.dialog("Invite a member of staff");
    dialog.getByLabel("Name").fill("Sam Reed");
    dialog.getByLabel("Email").fill("sam@" + firm.firmId() + ".example");
    Visitor.button(dialog, "Invite").click();
    owner.button("Edit Sam Reed").click();
    Locator edit = owner.dialog("Edit Sam Reed");
    edit.getByLabel("Role").selectOption("owner");
    Visitor.button(edit, "Save").click();
    assertThat(edit).isHidden();
    assertThat(member("role").asText()).isEqualTo("owner");

    firm.owner().patch("/firm", Api.json("email", member("email").asText())).expect(200);
    String own = firm.owner().get("/me").expect(200).path("email").asText();
    owner.button("Deactivate Sam Reed").click();
    assertThat(owner.region("Message")).containsText("The firm's mail goes to " + own + " now.");
    assertThat(owner.region("Staff")).containsText("Deactivated");
    owner.holdMessage();
    owner.button("Undo").click();
    assertThat(owner.button("Deactivate Sam Reed")).isVisible();
    assertThat(member("active").asBoolean()).isTrue();
  }

  @Test
  void ratesOfPeopleAreSetByOwnersAndShownWhereTimeIsStarted(Visitors visitors) {
    String service = firm.service("Tax Resolution", 25_000);
    String payroll = firm.service("Payroll", 9_000);
    firm.owner().patch("/staff/" + staffId(), Api.json("name", "Sam Reed")).expect(200);
    Visitor owner = visitors.at(firm.owner()).go("/settings/staff");
    owner.button("Edit Sam Reed").click();
    Locator edit = owner.dialog("Edit Sam Reed");
    edit.getByLabel("Rate an hour, USD").fill("180");
    edit.getByText("Rates by service").click();
    edit.getByLabel("Payroll").fill("0");
    Visitor.button(edit, "Save").click();
    assertThat(edit).isHidden();
    assertThat(member("hourlyRate").asLong()).isEqualTo(18_000);
    assertThat(member("rates").path(payroll).asLong()).isZero();
    assertThat(member("rates").has(payroll)).isTrue();
    assertThat(member("rates").has(service)).isFalse();
    assertThat(owner.region("Staff")).containsText("$180.00");

    String customer = firm.customer("Ada Lovelace");
    Visitor sam = visitors.at(firm.staff()).startTracking(customer, "$180.00/h your rate");
    sam.tracker().locator("button.details").click();
    assertThat(sam.tracker()).containsText("$180.00 an hour, your rate");
    sam.tracker().getByLabel("Bill this time").uncheck();
    assertThat(sam.tracker()).containsText("Not billed");
    sam.button("Stop Tracking").click();
    assertThat(sam.region("Message")).containsText("Kept, not billed.");
    JsonNode entry = firm.owner().get("/time-entries").expect(200).at("/timeEntries/0");
    assertThat(entry.path("hourlyRate").asLong()).isEqualTo(18_000);
    assertThat(entry.path("billable").asBoolean()).isFalse();
  }

  private String staffId() {
    return firm.staff().get("/me").expect(200).path("staffId").asText();
  }

  private JsonNode member(String field) {
    for (JsonNode each : firm.owner().get("/staff").expect(200).path("staff")) {
      if (each.path("name").asText().equals("Sam Reed")) {
        return each.path(field);
      }
    }
    throw new AssertionError("nobody of that name");
  }

  @Test
  void failure38_anInvitationThatIsPendingIsSentAgain(Visitors visitors) {
    visitors.expect("409");
    visitors.expect("500");
    String email = ("sam@" + firm.firmId() + ".example").toLowerCase(Locale.ROOT);
    firm.owner()
        .post("/staff", Api.json("name", "Sam Reed", "email", email, "role", "staff"))
        .expect(201);
    Laptop.skip(Duration.ofDays(8));
    assertThat(token(email).status()).isEqualTo(403);
    Visitor staff = visitors.at(firm.staff()).go("/settings/staff");
    assertThat(staff.region("Staff")).containsText("Invited");
    assertThat(staff.button("Send the invitation again to Sam Reed")).hasCount(0);

    Visitor owner = visitors.at(firm.owner()).go("/settings/staff");
    Locator again = owner.button("Send the invitation again to Sam Reed");
    assertThat(owner.region("Staff")).containsText("Invited");
    owner.button("Deactivate Sam Reed").click();
    assertThat(owner.region("Staff")).not().containsText("Invited");
    assertThat(again).hasCount(0);
    owner.button("Activate Sam Reed").click();
    AtomicInteger asked = new AtomicInteger();
    owner.route(
        "**/invite",
        route -> {
          asked.incrementAndGet();
          LostAnswerTest.failAfterwards(route);
        });
    again.click();
    assertThat(owner.region("Message")).containsText("Something failed on our side.");
    assertThat(asked).hasValue(1);
    owner.page().unroute("**/invite");
    again.click();
    assertThat(owner.region("Message")).containsText("It is good for seven days.");
    assertThat(again).isEnabled();
    assertThat(again).isFocused();
    assertThat(token(email).status()).isEqualTo(200);
    again.click();
    assertThat(owner.region("Message"))
        .containsText("They have logged in already. Whoever has forgotten their password");
    assertThat(again).hasCount(0);
    assertThat(owner.region("Staff")).not().containsText("Invited");
    assertThat(owner.page().locator("main")).isFocused();
  }

  private static Api.Answer token(String user) {
    return Laptop.api().post("/_local/token", Api.json("user", user));
  }

  @Test
  void failure26_whoeverIsDeactivatedLeavesTheirTimerToTheOwners(Visitors visitors) {
    TestFirm three = Laptop.firm(Api.json("payments", "ready", "staff", 2));
    String work =
        Api.json(
            "customerId", three.customer("Ada Lovelace"),
            "serviceId", three.service("Tax Resolution", 25_000));
    three.staff().post("/timers", work).expect(201);
    Visitor owner = visitors.at(three.owner()).go("/settings/staff");
    assertThat(owner.region("Staff")).not().containsText("can no longer log in");
    owner.button("Deactivate Staff 1").click();
    assertThat(owner.region("Message"))
        .containsText("Their timer for Ada Lovelace still runs: see the hint.");
    String left =
        "Staff 1 can no longer log in, but their timer for Ada Lovelace has been running since";
    assertThat(owner.region("Staff")).containsText(left);
    Accessible.expectNothingInLightAndDark(owner.page(), "a timer that was left");
    Visitor other = visitors.at(three.users().get(2)).go("/settings/staff");
    assertThat(other.region("Staff")).containsText(left);
    assertThat(other.region("Staff")).containsText("An owner of the firm can stop it.");
    assertThat(other.link("Stop, correct or discard it")).hasCount(0);
    owner.link("Stop, correct or discard it").click();
    owner.button("Stop the timer of Staff 1").click();
    assertThat(owner.region("Running now")).containsText("No timer is running.");
  }

  @Test
  void whatStaffMayNotSeeIsNotInTheirMenuAndSaidWhereALinkLeadsThere(Visitors visitors) {
    visitors.expect("403");
    Visitor owner = visitors.at(firm.owner()).go("/settings/permissions");
    owner.page().getByLabel("See the reports").uncheck();
    owner.button("Save").click();
    assertThat(owner.region("Message")).containsText("Saved");
    Visitor staff = visitors.at(firm.staff()).go("/");
    assertThat(staff.link("Settings")).isVisible();
    assertThat(staff.link("Reports")).hasCount(0);
    assertThat(staff.page().getByText("Overdue")).hasCount(0);
    assertThat(staff.page().getByText("My time today")).isVisible();
    staff.go("/reports");
    staff.expectHeading("For owners only");
    assertThat(owner.link("Reports")).isVisible();
  }

  @Test
  void staffWhoMayNotSendCannotHaveACustomersInvoicesSentByThemselves(Visitors visitors) {
    firm.owner().patch("/firm", "{\"permissions\":{\"staffSend\":false}}").expect(200);
    String customer = firm.customer("Ada Lovelace");
    firm.owner().patch("/customers/" + customer, "{\"sendAutomatically\":true}").expect(200);
    Visitor staff = visitors.at(firm.staff()).go("/customers/" + customer);
    staff.button("Edit").click();
    Locator dialog = staff.dialog("Edit Ada Lovelace");
    Locator box = dialog.getByLabel("Send invoices as soon as they are drafted");
    assertThat(box).isChecked();
    assertThat(box).isDisabled();
    assertThat(dialog).containsText("Only the owners of your firm send invoices");
    dialog.getByLabel("Street and number").fill("1 Main Street");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    JsonNode saved = firm.owner().get("/customers/" + customer).expect(200);
    assertThat(saved.path("address").asText()).isEqualTo("1 Main Street");
    assertThat(saved.path("sendAutomatically").asBoolean()).isTrue();
  }

  @Test
  void staffSeeTheSettingsButCannotSaveThem(Visitors visitors) {
    visitors.expect("503");
    Visitor staff = visitors.at(firm.staff()).go("/settings/firm");
    Locator section = staff.page().locator("section.card");
    for (String each :
        List.of(
            "The firm",
            "Look",
            "Bank details",
            "Paid services",
            "Time and rounding",
            "Invoices",
            "Mail texts",
            "Reminders",
            "Permissions")) {
      section.page().locator("nav.side").getByText(each, EXACTLY).click();
      assertThat(section.locator("h2")).hasText(each);
      assertThat(section.getByText("Only an owner")).isVisible();
      assertThat(section.locator("input, textarea, select, button")).hasCount(0);
    }
    staff.link("Staff").click();
    assertThat(staff.button("Invite")).hasCount(0);
    staff.route("**/payments/setup", LostAnswerTest::unavailable);
    staff.link("Payments").click();
    assertThat(staff.region("Payments").getByRole(AriaRole.ALERT))
        .containsText("The processor is away.");
    assertThat(staff.region("Money that fits no invoice")).containsText("Nothing: all money");
    staff.page().unroute("**/payments/setup");
    staff.route("**/payments/unmatched?*", LostAnswerTest::unavailable);
    staff.link("Staff").click();
    staff.link("Payments").click();
    assertThat(staff.region("Money that fits no invoice")).containsText("The processor is away.");
    assertThat(staff.region("Payments")).containsText("Only an owner");
    assertThat(staff.button("Change the details at the processor")).hasCount(0);
  }
}
