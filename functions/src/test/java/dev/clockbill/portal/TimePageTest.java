package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Api;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time: entered by hand, corrected, put on invoices, stopped for somebody else. */
@InBrowser
class TimePageTest {
  private TestFirm firm;
  private String service;
  private String customer;

  @BeforeEach
  void aFirm() {
    firm = Laptop.firm();
    service = firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
  }

  /** Time that is on no invoice, since its draft was deleted. */
  private void unbilled(String customerId, long minutes) {
    String draft = firm.time(customerId, service, minutes).path("invoiceId").asText();
    firm.owner().delete("/invoices/" + draft).expect(204);
  }

  @Test
  void unbilledTimeOfOneCustomerIsPutOnOneInvoice(Visitors visitors) {
    unbilled(customer, 60);
    unbilled(customer, 30);
    unbilled(firm.customer("Grace Hopper"), 15);
    Visitor owner = visitors.at(firm.owner()).go("/time?state=unbilled");
    Locator boxes = owner.page().getByRole(AriaRole.CHECKBOX);
    assertThat(boxes).hasCount(3);
    for (Locator box : boxes.all()) {
      box.check();
    }
    assertThat(owner.button("Put 3 on an invoice")).isDisabled();
    assertThat(owner.page().getByText("An invoice is for one customer")).isVisible();
    owner
        .page()
        .getByRole(AriaRole.ROW)
        .filter(new Locator.FilterOptions().setHasText("Grace Hopper"))
        .getByRole(AriaRole.CHECKBOX)
        .uncheck();
    owner.button("Put 2 on an invoice").click();
    owner.expectHeading("Draft invoice");
    assertThat(owner.region("Invoice").locator(".grand")).containsText("$375.00");
  }

  @Test
  void timeThatIsNotBilledIsToldApartAndBilledLater(Visitors visitors) {
    firm.time(customer, service, 60);
    Visitor owner = visitors.at(firm.owner()).go("/time");
    owner.buttons("Edit Tax Resolution").click();
    Locator dialog = owner.dialog("Edit tracked time");
    assertThat(dialog).containsText("This is the service’s rate.");
    dialog.getByLabel("Bill this time").uncheck();
    assertThat(dialog).containsText("It is kept, and leaves its draft.");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    owner.go("/time?state=nonBillable");
    Locator row = owner.page().locator("main tbody tr");
    assertThat(row).containsText("Not billed");
    assertThat(row.getByRole(AriaRole.CHECKBOX)).hasCount(0);
    owner.buttons("Edit Tax Resolution").click();
    dialog.getByLabel("Bill this time").check();
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    owner.go("/time?state=unbilled");
    assertThat(row).containsText("$250.00");
    assertThat(row.getByRole(AriaRole.CHECKBOX)).hasCount(1);
  }

  @Test
  void deletedTimeLeavesItsListsAtOnceAndComesBackByUndo(Visitors visitors) {
    unbilled(customer, 60);
    Visitor owner = visitors.at(firm.owner()).go("/time?state=unbilled");
    Locator rows = owner.page().locator("main tbody tr");
    assertThat(rows).hasCount(1);
    owner.buttons("Edit Tax Resolution").click();
    owner.button("Delete this time").click();
    owner.holdMessage();
    assertThat(rows).hasCount(0);
    owner.button("Undo").click();
    assertThat(rows).hasCount(1);
    assertThat(owner.dialog("Edit tracked time")).isHidden();
    owner.buttons("Edit Tax Resolution").click();
    owner.button("Delete this time").click();
    owner.button("Dismiss").click();
    assertThat(rows).hasCount(0);
    Eventually.get(
        "the deletion",
        () -> firm.owner().get("/time-entries").expect(200).path("timeEntries"),
        JsonNode::isEmpty);
  }

  @Test
  void allUnbilledTimeOfACustomerIsInvoicedAtOnceAndMoreIsAddedLater(Visitors visitors) {
    unbilled(customer, 60);
    unbilled(customer, 30);
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    assertThat(owner.region("Unbilled time")).containsText("$375.00");
    owner.button("Put it on an invoice").click();
    owner.expectHeading("Draft invoice");
    assertThat(owner.field("Description of line 2")).isVisible();

    unbilled(customer, 15);
    owner.button("Add unbilled time").click();
    Locator dialog = owner.dialog("Add unbilled time");
    dialog.getByRole(AriaRole.CHECKBOX).check();
    Visitor.button(dialog, "Add to the invoice").click();
    assertThat(owner.field("Billed minutes of line 3")).hasValue("15");
    assertThat(owner.region("Invoice").locator(".grand")).containsText("$437.50");
  }

  @Test
  void whatIsAskedAboutACellOfTheWeekStaysWhenTheNextIsTyped(Visitors visitors) {
    firm.entered(customer, service, "workedOn", "2026-10-05", "minutes", 60);
    Visitor owner = visitors.at(firm.owner()).go("/time?view=week&on=2026-10-05");
    Locator asked = owner.region("Week").getByRole(AriaRole.ALERT);
    for (String day : new String[] {"2026-10-06", "2026-10-07"}) {
      owner.page().locator("[data-day='" + day + "']").fill("soon");
      owner.page().locator("[data-day='" + day + "']").press("Tab");
    }
    assertThat(asked).hasCount(2);
    assertThat(asked.first()).containsText("Tuesday, October 6: Write a duration");
    owner.page().locator("[data-day='2026-10-06']").fill("1:30");
    owner.page().locator("[data-day='2026-10-06']").press("Tab");
    assertThat(asked).hasCount(1);
    assertThat(owner.page().locator("[data-day='2026-10-07']")).hasValue("soon");
  }

  @Test
  void timeOfADayIsGivenItsHoursUntilItIsBilled(Visitors visitors) {
    JsonNode made = firm.entered(customer, service, "workedOn", "2026-10-05", "minutes", 90);
    Laptop.settle();
    Visitor owner = visitors.at(firm.owner()).go("/time?view=day&on=2026-10-05");
    owner.buttons("Edit Tax Resolution").click();
    Locator dialog = owner.dialog("Edit tracked time");
    Visitor.button(dialog, "Add start and end times").click();
    assertThat(Visitor.field(dialog, "From")).hasValue("");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("Write a time");
    Visitor.field(dialog, "To").fill("11:15");
    Visitor.field(dialog, "To").press("Tab");
    assertThat(Visitor.field(dialog, "From")).hasValue("9:45 AM");
    assertThat(dialog.getByRole(AriaRole.ALERT)).hasCount(0);
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    assertThat(owner.region("Day")).containsText("9:45 AM \u2013 11:15 AM");
    String path = "/time-entries/" + made.path("timeEntryId").asText();
    JsonNode entry = firm.owner().get(path).expect(200);
    assertThat(entry.path("byDay").asBoolean()).isFalse();
    assertThat(entry.path("startedAt").asText()).isEqualTo("2026-10-05T09:45:00Z");
    assertThat(entry.path("measuredSeconds").asLong()).isEqualTo(90 * 60);

    firm.send(entry.path("invoiceId").asText());
    owner.go("/time?view=day&on=2026-10-05");
    assertThat(owner.region("Day").getByRole(AriaRole.ROW).last()).containsText("Billed");
    assertThat(owner.buttons("Continue Tax Resolution")).isVisible();
    assertThat(owner.buttons("Edit Tax Resolution")).hasCount(0);
  }

  @Test
  void timeIsEnteredByHandForACustomerThatIsSearched(Visitors visitors) {
    firm.customer("Grace Hopper");
    Visitor owner = visitors.at(firm.owner()).go("/time");
    owner.button("Add time by hand").click();
    Locator dialog = owner.dialog("Add time by hand");
    Locator picker = dialog.getByLabel("Customer");
    picker.fill("hopp");
    Locator offered = owner.page().locator("#customers-found option");
    assertThat(offered).hasCount(1);
    picker.fill(offered.getAttribute("value"));
    dialog.getByLabel("Note").fill("Letter to the office");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    assertThat(owner.region("Time")).containsText("Letter to the office");
    JsonNode entry = firm.owner().get("/time-entries").expect(200).at("/timeEntries/0");
    assertThat(entry.path("customerName").asText()).isEqualTo("Grace Hopper");
  }

  @Test
  void whatWasTypedStaysWhenTheServerRefuses(Visitors visitors) {
    visitors.expect("400");
    firm.customer("Grace Hopper");
    Visitor owner = visitors.at(firm.owner()).go("/time");
    owner.button("Add time by hand").click();
    Locator dialog = owner.dialog("Add time by hand");
    Locator picker = dialog.getByLabel("Customer");
    Locator offered = owner.page().locator("#customers-found option");
    picker.fill("hopp");
    assertThat(offered).hasCount(1);
    picker.fill(offered.getAttribute("value"));
    typed(dialog, "Date").fill("1/31/2020");
    typed(dialog, "From").fill("10:00 am");
    dialog.getByLabel("Note").fill("\u0007"); // which the server refuses
    Visitor.button(dialog, "Save").click();
    assertThat(dialog.locator(".problem").first()).isVisible();
    assertThat(typed(dialog, "Date")).hasValue("Jan 31, 2020");
    assertThat(typed(dialog, "From")).hasValue("10:00 AM");
    assertThat(typed(dialog, "To")).hasValue("11:00 AM");
    assertThat(picker).hasValue(Pattern.compile("^Grace Hopper"));
  }

  @Test
  void timeIsMovedToAnotherCustomerAndDeletedWithAnUndo(Visitors visitors) {
    firm.customer("Grace Hopper");
    unbilled(customer, 60);
    Visitor owner = visitors.at(firm.owner()).go("/time");
    edit(owner).click();
    Locator dialog = owner.dialog("Edit tracked time");
    Locator picker = dialog.getByLabel("Customer");
    assertThat(picker).hasValue("Ada Lovelace");
    picker.fill("hopp");
    Locator offered = owner.page().locator("#customers-found option");
    assertThat(offered).hasCount(1);
    picker.fill(offered.getAttribute("value"));
    Locator duration = typed(dialog, "Duration");
    String measured = duration.inputValue();
    duration.fill("an hour or so");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog.locator(".problem").first()).isVisible();
    assertThat(picker).hasValue(Pattern.compile("^Grace Hopper"));
    duration.fill(measured);
    Visitor.button(dialog, "Save").click();
    assertThat(owner.region("Time")).containsText("Grace Hopper");

    edit(owner).click();
    owner.button("Delete this time").click();
    assertThat(edit(owner)).hasCount(0);
    owner.button("Undo").click();
    assertThat(edit(owner)).isVisible();
  }

  @Test
  void anOwnerStopsTheTimerThatSomebodyForgot(Visitors visitors) {
    staffTracks();
    Visitor owner = visitors.at(firm.owner()).go("/time");
    Locator running = owner.region("Running now");
    assertThat(running).containsText("Ada Lovelace");
    running.getByRole(AriaRole.BUTTON).filter(saying("Stop")).click();
    assertThat(running).containsText("No timer is running.");
    assertThat(owner.region("Time")).containsText("Ada Lovelace");

    firm.start(customer, service);
    Visitor staff = visitors.at(firm.staff()).go("/time");
    assertThat(staff.region("Running now")).containsText("Ada Lovelace");
    assertThat(staff.region("Running now").getByRole(AriaRole.BUTTON)).hasCount(0);
  }

  @Test
  void anOwnerDiscardsTheTimerOfSomebodyElseWithAnUndo(Visitors visitors) {
    staffTracks();
    Visitor owner = visitors.at(firm.owner()).go("/time");
    Locator running = owner.region("Running now");
    Locator discard = running.getByRole(AriaRole.BUTTON).filter(saying("Discard"));
    discard.click();
    owner.holdMessage();
    assertThat(running).containsText("No timer is running.");
    owner.button("Undo").click();
    assertThat(running).containsText("Ada Lovelace");
    assertThat(runningOfStaff().isObject()).isTrue();

    discard.click();
    owner.button("Dismiss").click();
    Eventually.get("the end of the timer", this::runningOfStaff, JsonNode::isNull);
    assertThat(running).containsText("No timer is running.");
    assertThat(firm.owner().get("/time-entries").expect(200).path("timeEntries")).isEmpty();
  }

  @Test
  void anOwnerCorrectsTheTimerOfSomebodyElseAndStopsItWhenTheWorkEnded(Visitors visitors) {
    staffTracks();
    Visitor owner = visitors.at(firm.owner()).go("/time");
    Locator tool = owner.region("Running now").getByRole(AriaRole.BUTTON).filter(saying("Edit"));
    tool.click();
    Locator dialog = owner.page().getByRole(AriaRole.DIALOG);
    typed(dialog, "Date").fill("yesterday");
    dialog.getByLabel("Note").fill("Left on over lunch");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    assertThat(owner.region("Running now")).containsText("24 h");
    assertThat(runningOfStaff().path("note").asText()).isEqualTo("Left on over lunch");

    tool.click();
    typed(dialog, "Duration").fill("1h");
    Visitor.button(dialog, "Save").click();
    assertThat(owner.region("Running now")).containsText("No timer is running.");
    assertThat(owner.region("Time")).containsText("1:00:00");
    JsonNode entry = firm.owner().get("/time-entries").expect(200).at("/timeEntries/0");
    assertThat(entry.path("measuredSeconds").asLong()).isEqualTo(3600);
  }

  @Test
  void overlappingTimeIsPointedOutBeforeSend(Visitors visitors) {
    String draft = firm.time(customer, service, 60).path("invoiceId").asText();
    firm.time(firm.customer("Grace Hopper"), service, 30);
    Visitor owner = visitors.at(firm.owner()).go("/invoices/" + draft);
    owner.button("Send").click();
    Locator dialog = owner.dialog("Send to Ada Lovelace");
    assertThat(dialog).containsText("other time at the same hours: Grace Hopper");
    assertThat(dialog.frameLocator("iframe").locator("body")).containsText("Ada Lovelace");
  }

  @Test
  void aRateOfItsOwnIsTakenBackByLeavingItEmpty(Visitors visitors) {
    JsonNode entry = firm.time(customer, service, 60);
    firm.owner()
        .patch(
            "/time-entries/" + entry.path("timeEntryId").asText(), Api.json("hourlyRate", 30_000))
        .expect(200);
    Visitor owner = visitors.at(firm.owner()).go("/time");
    assertThat(owner.region("Time")).containsText("$300.00");
    edit(owner).click();
    Locator dialog = owner.dialog("Edit tracked time");
    Locator rate = dialog.getByLabel("Rate an hour");
    assertThat(rate).hasValue("300.00");
    rate.fill("");
    Visitor.button(dialog, "Save").click();
    assertThat(owner.region("Time")).containsText("$250.00");
  }

  @Test
  void staffEditTheirOwnTimeOnly(Visitors visitors) {
    String draft = firm.time(customer, service, 60).path("invoiceId").asText();
    Visitor staff = visitors.at(firm.staff()).go("/time");
    assertThat(staff.region("Time")).containsText("Ada Lovelace");
    assertThat(edit(staff)).hasCount(0);
    staff.go("/invoices/" + draft);
    assertThat(staff.region("Invoice")).containsText("measured 1:00:00");
    assertThat(staff.button("Edit")).hasCount(0);

    staff.go("/time");
    staff.button("Add time by hand").click();
    Locator dialog = staff.dialog("Add time by hand");
    Locator picker = dialog.getByLabel("Customer");
    picker.fill("ada");
    Locator offered = staff.page().locator("#customers-found option");
    assertThat(offered).hasCount(1);
    picker.fill(offered.getAttribute("value"));
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    assertThat(edit(staff)).hasCount(1);
  }

  private static Locator typed(Locator dialog, String label) {
    return dialog.getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
  }

  private static Locator edit(Visitor owner) {
    return owner.region("Time").getByRole(AriaRole.BUTTON).filter(saying("Edit"));
  }

  private static Locator.FilterOptions saying(String words) {
    return new Locator.FilterOptions().setHasText(words);
  }

  private void staffTracks() {
    firm.staff()
        .post("/timers", Api.json("customerId", customer, "serviceId", service))
        .expect(201);
  }

  private JsonNode runningOfStaff() {
    return firm.staff().get("/timers/running").expect(200).path("timer");
  }
}
