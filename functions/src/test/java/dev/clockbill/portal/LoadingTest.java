package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A page is shown though something that it is made of comes late, or fails once. What goes on
 * failing is said, with a way to try again.
 */
@InBrowser
class LoadingTest {
  private static final String FRAME = "app.js";
  private static final String LAZY = "parts/sent-invoice.js";

  /** Of each kind of file one, in the order in which they are needed. */
  private static final List<String> FILES =
      List.of(
          "app.css",
          FRAME,
          "early.js",
          "core/memory.js",
          "pages/invoice.js",
          "parts/states.js",
          LAZY);

  private static TestFirm firm;
  private static String sent;

  @BeforeAll
  static void aSentInvoice() {
    firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    sent = firm.time(firm.customer("Ada Lovelace"), service, 60).path("invoiceId").asText();
    firm.send(sent);
  }

  @BeforeEach
  void troubles(Visitors visitors) {
    visitors.expect("status of 503");
    visitors.expect("ERR_FAILED");
  }

  /** Somebody whose browser keeps nothing yet. */
  private static Visitor visitor(Visitors visitors) {
    return visitors.at(firm.owner());
  }

  private static void open(Visitor owner) {
    owner
        .page()
        .navigate(
            owner.base() + "/#/invoices/" + sent,
            new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
  }

  private static void expectShown(Visitor owner) {
    assertThat(owner.button("Record a payment")).isVisible();
  }

  @Test
  void aFileThatFailsOnceIsLoadedAllTheSame(Visitors visitors) {
    for (String file : FILES) {
      Visitor owner = visitor(visitors);
      owner.route("**/assets/*/" + file, once(LoadingTest::unavailable));
      open(owner);
      expectShown(owner);
      owner.context().close();
    }
  }

  @Test
  void anAnswerThatFailsOnceIsAskedForAgainByThePageOrByThePerson(Visitors visitors) {
    String invoice = "/invoices/" + sent;
    for (String path : List.of("/me", "/firm", invoice, "/timers/running")) {
      failsOnce(visitor(visitors), path, LoadingTest::unavailable);
    }
    for (String path : List.of("/me", invoice)) {
      failsOnce(visitor(visitors), path, Route::abort);
    }
  }

  private static void failsOnce(Visitor owner, String path, Consumer<Route> failing) {
    owner.route("**" + path, once(failing));
    open(owner);
    Locator again = owner.button("Try again");
    assertThat(owner.button("Record a payment").or(again)).isVisible();
    if (again.isVisible()) {
      again.click();
    }
    expectShown(owner);
    owner.context().close();
  }

  @Test
  void failure22_whatComesLateIsTakenInThoughThePageWasLeftMeanwhile(Visitors visitors) {
    List<String> late =
        List.of(
            "/assets/*/app.js",
            "/me",
            "/assets/*/pages/invoice.js",
            "/assets/*/" + LAZY,
            "/invoices/" + sent);
    for (String path : late) {
      Visitor owner = visitor(visitors);
      Deque<Route> held = owner.hold("**" + path);
      open(owner);
      owner.page().waitForCondition(() -> !held.isEmpty());
      owner.page().evaluate("() => { location.hash = '/customers'; }");
      release(owner, held);
      owner.expectHeading("Customers");
      owner.follow("/invoices/" + sent);
      expectShown(owner);
      owner.context().close();
    }
  }

  /** Lets go what was held, and all that is asked for from now on. */
  private static void release(Visitor owner, Deque<Route> held) {
    owner.page().unrouteAll();
    held.forEach(Route::resume);
  }

  @Test
  void aFrameThatDoesNotComeLeavesAWayToTryAgain(Visitors visitors) {
    Visitor owner = visitor(visitors);
    Deque<Route> asked = new ArrayDeque<>();
    owner.route(
        "**/assets/*/" + FRAME,
        route -> {
          asked.add(route);
          unavailable(route);
        });
    open(owner);
    owner.page().waitForCondition(() -> asked.size() == 2); // once more by itself
    owner.page().waitForLoadState();
    Locator again = owner.link("Try again");
    assertThat(again).isHidden();
    owner.page().evaluate("() => document.querySelector('.late').getAnimations()[0].finish()");
    assertThat(again).isVisible();
    owner.page().unrouteAll();
    again.click();
    assertThat(owner.heading()).isVisible();
  }

  @Test
  void aPageWhoseFileDoesNotComeSaysSoAndIsThereWhenItIsTriedAgain(Visitors visitors) {
    for (String file : List.of("pages/invoice.js", LAZY)) {
      Visitor owner = visitor(visitors);
      owner.route("**/assets/*/" + file, LoadingTest::unavailable);
      open(owner);
      assertThat(owner.page().getByRole(AriaRole.ALERT))
          .containsText("A part of Clockbill could not be loaded");
      owner.page().unrouteAll();
      owner.button("Try again").click();
      expectShown(owner);
      owner.context().close();
    }
  }

  private static Consumer<Route> once(Consumer<Route> failing) {
    AtomicBoolean failed = new AtomicBoolean();
    return route ->
        (failed.getAndSet(true) ? (Consumer<Route>) Route::resume : failing).accept(route);
  }

  private static void unavailable(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(503)
            .setContentType("application/json")
            .setBody("{\"message\":\"Service Unavailable\"}"));
  }
}
