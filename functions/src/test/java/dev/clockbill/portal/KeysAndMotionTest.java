package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shortcuts, the window that stays on top, and what people ask their browsers for. */
@InBrowser
class KeysAndMotionTest {
  private static final String ANIMATIONS =
      "document.getAnimations().map((each) => each.animationName ?? 'transition')";

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
    Deque<Route> held = owner.hold("**/customers/" + customer);
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
    whileTimeIsRead(owner, () -> assertThat(animations(owner)).doesNotContain("along"));
    Visitor other = visitors.at(firm.owner()).go("/customers");
    whileTimeIsRead(other, () -> assertThat(animations(other)).contains("along"));
    // Nothing moves for anybody while a timer runs: it would keep their machine busy all day.
    other.tracker().waitFor();
    other.page().waitForFunction("() => %s.length === 0".formatted(ANIMATIONS));
  }

  /** Calls this while the page is shown to be loading. */
  private static void whileTimeIsRead(Visitor visitor, Runnable look) {
    Deque<Route> held = visitor.hold("**/time-entries**");
    visitor.link("Time").click();
    visitor.page().waitForCondition(() -> !held.isEmpty());
    assertThat(visitor.page().locator("main [role=progressbar]")).isVisible();
    look.run();
    visitor.page().unroute("**/time-entries**");
    held.forEach(Route::resume);
    visitor.expectHeading("Time");
  }

  private static List<Object> animations(Visitor visitor) {
    return List.copyOf((List<?>) visitor.page().evaluate(ANIMATIONS));
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
    whileTimeIsRead(owner, () -> assertThat(owner.page().locator(".under-way")).isVisible());
    assertThat(owner.page().locator(".under-way")).isHidden();
  }
}
