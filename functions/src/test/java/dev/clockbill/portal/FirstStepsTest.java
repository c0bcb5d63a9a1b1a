package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import org.junit.jupiter.api.Test;

/** A firm that has just been made is led to its first timer. */
@InBrowser
class FirstStepsTest {

  @Test
  void aFirmWithNothingIsToldWhatToDoFirst(Visitors visitors) {
    TestFirm firm = Laptop.firm("{}");
    Visitor owner = visitors.at(firm.owner()).go("/");
    Locator steps = owner.region("First steps");
    assertThat(steps.getByRole(AriaRole.LINK)).hasCount(4);
    owner.link("Add a paid service with its hourly rate").click();
    owner.button("Add a paid service").click();
    Locator dialog = owner.dialog("Add a paid service");
    dialog.getByLabel("Name").fill("Tax Resolution");
    dialog.getByLabel("Rate an hour, USD").fill("250");
    Visitor.button(dialog, "Save").click();
    assertThat(owner.region("Paid services")).containsText("$250.00");
    owner.link("Start").click();
    assertThat(owner.region("First steps").getByText("Done")).hasCount(1);
  }

  @Test
  void trackExplainsWhatIsMissingInsteadOfFailing(Visitors visitors) {
    TestFirm firm = Laptop.firm("{}");
    String customer = firm.customer("Ada Lovelace");
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    owner.button("Track").click();
    assertThat(owner.dialog("Track time")).containsText("Finish the payments setup");
    assertThat(owner.button("Start Tracking")).hasCount(0);

    TestFirm ready = Laptop.firm();
    String other = ready.customer("Grace Hopper");
    Visitor second = visitors.at(ready.owner()).go("/customers/" + other);
    second.button("Track").click();
    second.link("Add a paid service").click();
    second.expectHeading("Settings");
  }

  @Test
  void theFirstCustomerIsAddedWhereNoneIs(Visitors visitors) {
    TestFirm firm = Laptop.firm();
    Visitor owner = visitors.at(firm.owner()).go("/customers");
    owner.button("Add customer").first().click();
    Locator dialog = owner.dialog("Add a customer");
    dialog.getByLabel("Name").fill("Ada Lovelace");
    dialog.getByLabel("Email").fill("ada@example.com");
    Visitor.button(dialog, "Save").click();
    owner.expectHeading("Ada Lovelace");
    assertThat(owner.page().getByText("No time yet. Press Track to start.")).isVisible();
  }
}
