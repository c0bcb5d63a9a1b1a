package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job in a browser, from Track to Send, by mouse and by keyboard. */
@InBrowser
class MainJobTest {
  private TestFirm firm;

  @BeforeEach
  void aFirmWithACustomerAndServices() {
    firm = Laptop.firm();
    firm.service("Bookkeeping", 9_000);
    firm.service("Tax Resolution", 25_000);
    firm.customer("Ada Lovelace");
    firm.customer("Grace Hopper");
  }

  @Test
  void timeIsTrackedEditedAndSentByMouse(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.go("/customers");
    owner.link("Ada Lovelace").click();
    owner.expectHeading("Ada Lovelace");

    owner.button("Track").click();
    assertThat(owner.dialog("Track time")).isVisible();
    owner
        .page()
        .getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Tax Resolution"))
        .check();
    owner.button("Start Tracking").click();
    assertThat(owner.tracker()).containsText("Tax Resolution");
    assertThat(owner.page()).hasTitle(Pattern.compile("^00:00 · Ada Lovelace"));
    owner.button("Unlock").click();
    owner.button("Lock").click();

    owner.button("Stop Tracking").click();
    owner.expectHeading("Draft invoice");
    assertThat(owner.tracker()).isHidden();
    owner.button("Edit").click();
    Locator dialog = owner.dialog("Edit tracked time");
    dialog.getByLabel("Note").fill("Call about the notice");
    Visitor.button(dialog, "Save").click();
    assertThat(dialog).isHidden();
    owner.field("Billed minutes of line 1").fill("30");
    owner.button("Save").click();
    assertThat(owner.region("Invoice").locator(".grand")).containsText("$125.00");

    send(owner);
  }

  @Test
  void timeIsTrackedEditedAndSentByKeyboardAlone(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.go("/");
    owner.page().keyboard().press("/");
    assertThat(owner.field("Search")).isFocused();
    owner.page().keyboard().type("hopp");
    assertThat(owner.link("Ada Lovelace")).isHidden();
    owner.enter(owner.link("Grace Hopper"));
    owner.expectHeading("Grace Hopper");

    owner.page().keyboard().press("t");
    assertThat(owner.dialog("Track time")).isVisible();
    assertThat(owner.page().locator("input[name=service]").first()).isFocused();
    owner.page().keyboard().press("ArrowDown");
    owner.enter(owner.button("Start Tracking"));
    assertThat(owner.tracker()).containsText("Tax Resolution");
    assertThat(owner.button("Stop Tracking")).isFocused();

    owner.enter(owner.button("Unlock"));
    owner.tabTo(owner.button("Move tracker"));
    double before = owner.tracker().boundingBox().x;
    owner.page().keyboard().press("ArrowLeft");
    assertThat(owner.tracker().boundingBox().x).isLessThan(before);
    owner.enter(owner.button("Lock"));

    owner.page().keyboard().press("s");
    owner.expectHeading("Draft invoice");
    owner.tabTo(owner.field("Description of line 1"));
    owner.page().keyboard().press("ControlOrMeta+a");
    owner.page().keyboard().type("Answer to a notice");
    owner.enter(owner.button("Send"));
    assertThat(owner.dialog("Send to Grace Hopper")).isVisible();
    owner.enter(Visitor.button(owner.dialog("Send to Grace Hopper"), "Send"));
    owner.expectHeading("Invoice 0001");
    assertThat(owner.region("Invoice")).containsText("Answer to a notice");
  }

  private void send(Visitor owner) {
    owner.button("Send").click();
    Locator dialog = owner.dialog("Send to Ada Lovelace");
    Visitor.button(dialog, "Send").click();
    owner.expectHeading("Invoice 0001");
    Eventually.get("the mail", () -> firm.mails("invoice"), mails -> !mails.isEmpty());
    assertThat(owner.page().getByText("Email delivered").first()).isVisible();
  }
}
