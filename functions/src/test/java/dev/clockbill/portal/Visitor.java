package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ViewportSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/**
 * Someone at the portal, who finds things by role and name as people with a screen reader do.
 *
 * @param context the browser profile
 * @param page the window
 * @param base the portal's address, without a slash at the end
 */
record Visitor(BrowserContext context, Page page, String base) {

  /**
   * Opens a place behind the {@code #} as a link in a mail does, and waits for its heading, and for
   * the letters that all has its size by.
   */
  Visitor go(String place) {
    page.navigate("about:blank");
    page.navigate(base + "/#" + place);
    heading().waitFor();
    page.evaluate("() => document.fonts.ready.then(() => null)");
    return this;
  }

  /** Goes to a place as a link of the portal does, which reads only what that place needs. */
  Visitor follow(String place) {
    page.navigate(base + "/#" + place);
    return this;
  }

  /**
   * Has a test answer what is asked for at an address. The browser says that it leaves that to the
   * test some moments before it does, and a key pressed at once would be quicker.
   */
  void route(String address, Consumer<Route> handler) {
    page.route(address, handler);
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  /** The same for requests of one method; others go on. */
  void route(String address, String method, Consumer<Route> handler) {
    route(
        address,
        route -> {
          if (route.request().method().equals(method)) {
            handler.accept(route);
          } else {
            route.resume();
          }
        });
  }

  /** Keeps what is asked for at an address under way until the test lets it go. */
  Deque<Route> hold(String address) {
    Deque<Route> held = new ArrayDeque<>();
    route(address, held::add);
    return held;
  }

  /** The same for requests of one method. */
  Deque<Route> hold(String address, String method) {
    Deque<Route> held = new ArrayDeque<>();
    route(address, method, held::add);
    return held;
  }

  /** One more window of the same profile. */
  Visitor window() {
    return new Visitor(context, context.newPage(), base);
  }

  /** The page's heading. */
  Locator heading() {
    return page.locator("main h1");
  }

  /** Waits until the page has this heading. */
  void expectHeading(String words) {
    assertThat(heading()).hasText(words);
  }

  Locator button(String name) {
    return named(AriaRole.BUTTON, name);
  }

  /** All buttons whose names begin so. */
  Locator buttons(String beginning) {
    Pattern name = Pattern.compile("^" + beginning.replaceAll("\\W", "\\\\$0"));
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** Fails if the page has to be moved sideways on a phone. */
  void expectNothingWiderThanAPhone() {
    ViewportSize desk = page.viewportSize();
    page.setViewportSize(360, 740);
    assertThat(page.locator("html")).not().hasAttribute("data-busy", "");
    Assertions.assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
        .as(page.url())
        .isEqualTo(true);
    page.setViewportSize(desk.width, desk.height);
  }

  /** The menu of what is rarely done on a page. */
  Locator menu() {
    return page.locator("details.more > summary");
  }

  /** Presses a button in that menu. */
  void more(String action) {
    menu().click();
    button(action).click();
  }

  Locator link(String name) {
    return named(AriaRole.LINK, name);
  }

  Locator dialog(String name) {
    return named(AriaRole.DIALOG, name);
  }

  Locator region(String name) {
    return named(AriaRole.REGION, name);
  }

  private Locator named(AriaRole role, String name) {
    return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  /** The field of a part of the page with exactly this label. */
  static Locator field(Locator part, String label) {
    return part.getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
  }

  /** The link to the invoices of one state, which may say how many there are. */
  Locator tab(String state) {
    Pattern name = Pattern.compile("^" + state + "( \\d+)?$");
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }

  /** The button of that name in a part of the page. */
  static Locator button(Locator part, String name) {
    return part.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The tracker window. */
  Locator tracker() {
    return region("Time tracker");
  }

  /** Moves the pointer onto the message that is shown: while it is there, the message stays. */
  void holdMessage() {
    region("Message").hover();
  }

  /** Starts tracking from the customer's page. */
  Visitor startTracking(String customerId, String service) {
    go("/customers/" + customerId);
    button("Track").click();
    page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(service)).check();
    button("Start Tracking").click();
    tracker().waitFor();
    return this;
  }

  /** Presses Tab until something has the focus, as keyboards go through a page. */
  void tabTo(Locator wanted) {
    wanted.waitFor();
    for (int presses = 0; presses < 80; presses++) {
      if (Boolean.TRUE.equals(wanted.evaluate("element => element === document.activeElement"))) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("no number of tabs leads to " + wanted);
  }

  /** Goes to something by Tab and presses Enter there. */
  void enter(Locator wanted) {
    tabTo(wanted);
    page.keyboard().press("Enter");
  }
}
