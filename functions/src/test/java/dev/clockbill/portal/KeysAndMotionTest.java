package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shortcuts, the window that stays on top, and what people ask their browsers for. */
@InBrowser
class KeysAndMotionTest {
  private TestFirm firm;
  private String customer;

  @BeforeEach
  void aFirm() {
    firm = Laptop.firm();
    firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
  }

  @Test
  void skipLeadsToTheContentOfTheSamePage(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    owner.enter(owner.link("Skip to content"));
    assertThat(owner.page().locator("main")).isFocused();
    owner.expectHeading("Ada Lovelace");
    assertThat(owner.page()).hasURL(owner.base() + "/#/customers/" + customer);
  }

  @Test
  void shortcutsWorkEverywhereButWhereOneTypes(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/time");
    owner.page().keyboard().press("?");
    assertThat(owner.dialog("Keyboard shortcuts")).isVisible();
    owner.page().keyboard().press("Escape");
    assertThat(owner.dialog("Keyboard shortcuts")).isHidden();
    owner.page().keyboard().press("g");
    owner.page().keyboard().press("i");
    owner.expectHeading("Invoices");
    owner.page().keyboard().press("t");
    assertThat(owner.field("Search")).isFocused();
    owner.page().keyboard().type("st");
    assertThat(owner.field("Search")).hasValue("st");
    assertThat(owner.dialog("Track time")).isHidden();
  }

  @Test
  void theClockIsLiftedIntoAWindowThatStaysOnTop(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner
        .context()
        .addInitScript(
            """
            window.documentPictureInPicture = {
              requestWindow: async () => window.open('about:blank', 'lifted', 'width=320,height=240'),
            };
            """);
    owner.startTracking(customer, "Tax Resolution");
    Page lifted = owner.page().waitForPopup(() -> owner.button("Keep on top").click());
    assertThat(lifted.locator(".tracker")).containsText("Ada Lovelace");
    assertThat(lifted.locator(".clock")).hasText(Pattern.compile("00:00:\\d\\d"));
    lifted.waitForClose(() -> lifted.locator("button.stop").click());
    owner.expectHeading("Draft invoice");
  }

  @Test
  void whoTypesQuicklyIsServed(Visitors visitors) {
    firm.service("Bookkeeping", 9_000);
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    owner.page().keyboard().press("t");
    owner.page().keyboard().press("Enter");
    assertThat(owner.tracker()).containsText("Ada Lovelace");
    owner.page().keyboard().press("s");
    owner.expectHeading("Draft invoice");

    // What was used last comes first; keys that come before the customer does are not lost.
    owner.startTracking(customer, "Bookkeeping");
    owner.button("Stop Tracking").click();
    owner.expectHeading("Draft invoice");
    List<Route> held = new ArrayList<>();
    owner.page().route("**/customers/" + customer, held::add);
    owner.follow("/customers/" + customer);
    owner.page().waitForCondition(() -> !held.isEmpty());
    owner.page().keyboard().press("t");
    owner.page().keyboard().press("Enter");
    held.forEach(Route::resume);
    assertThat(owner.tracker()).containsText("Bookkeeping");
    owner.page().unroute("**/customers/" + customer);

    // Whoever thinks better of it is served as well.
    owner.page().keyboard().press("t");
    owner.page().keyboard().press("Escape");
    assertThat(owner.dialog("Track time")).isHidden();
  }

  @Test
  void nothingMovesForThoseWhoDoNotWantIt(Visitors visitors) {
    Visitor owner =
        visitors.at(firm.owner(), options -> options.setReducedMotion(ReducedMotion.REDUCE));
    owner.startTracking(customer, "Tax Resolution");
    assertThat(animations(owner)).isEmpty();
    Visitor other = visitors.at(firm.owner()).go("/time");
    other.tracker().waitFor();
    assertThat(animations(other)).isNotEmpty();
  }

  private static List<?> animations(Visitor visitor) {
    return (List<?>)
        visitor
            .page()
            .evaluate(
                "() => document.getAnimations().map((each) => each.animationName ?? 'transition')");
  }

  @Test
  void atTwiceTheSizeNothingIsCutOff(Visitors visitors) {
    Visitor owner =
        visitors.at(
            firm.owner(), options -> options.setViewportSize(640, 430).setDeviceScaleFactor(2));
    owner.startTracking(customer, "Tax Resolution");
    for (String place : List.of("/", "/customers", "/time", "/invoices", "/reports", "/settings")) {
      owner.go(place);
      assertThat(owner.page().evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
          .as(place)
          .isEqualTo(true);
    }
    owner.button("Stop Tracking").click();
    owner.expectHeading("Draft invoice");
  }

  @Test
  void whatTakesLongIsShownToBeUnderWay(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers");
    List<Route> held = new ArrayList<>();
    owner.page().route("**/time-entries**", held::add);
    owner.link("Time").click();
    owner.page().waitForCondition(() -> !held.isEmpty());
    assertThat(owner.page().locator("main [role=progressbar]")).isVisible();
    assertThat(owner.page().locator(".under-way")).isVisible();
    held.forEach(Route::resume);
    owner.expectHeading("Time");
    assertThat(owner.page().locator(".under-way")).isHidden();
  }
}
