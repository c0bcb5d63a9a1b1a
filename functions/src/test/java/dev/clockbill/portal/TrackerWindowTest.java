package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tracker window: where it is, what it shows, and that it is one timer everywhere. */
@InBrowser
class TrackerWindowTest {
  private TestFirm firm;
  private String customer;

  @BeforeEach
  void aFirm() {
    firm = Laptop.firm();
    firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
  }

  private Visitor tracking(Visitors visitors) {
    return visitors.at(firm.owner()).startTracking(customer, "Tax Resolution");
  }

  @Test
  void unlockedItIsDraggedAndLockedItStays(Visitors visitors) {
    Visitor owner = tracking(visitors);
    BoundingBox first = owner.tracker().boundingBox();
    drag(owner, -300, -200);
    assertThat(owner.tracker().boundingBox()).usingRecursiveComparison().isEqualTo(first);

    owner.button("Unlock").click();
    drag(owner, -300, -200);
    BoundingBox dragged = owner.tracker().boundingBox();
    assertThat(dragged.x).isCloseTo(first.x - 300, within(2d));
    assertThat(dragged.y).isCloseTo(first.y - 200, within(2d));

    owner.button("Lock").click();
    drag(owner, 100, 100);
    assertThat(owner.tracker().boundingBox()).usingRecursiveComparison().isEqualTo(dragged);

    owner.page().reload();
    assertThat(owner.button("Unlock")).isVisible();
    BoundingBox again =
        Eventually.get("its place", () -> owner.tracker().boundingBox(), box -> box.y == dragged.y);
    assertThat(again).usingRecursiveComparison().isEqualTo(dragged);
  }

  @Test
  void aFingerMovesItToo(Visitors visitors) {
    Visitor owner =
        visitors.at(firm.owner(), options -> options.setViewportSize(1024, 768).setHasTouch(true));
    owner.startTracking(customer, "Tax Resolution");
    owner.button("Unlock").tap();
    assertThat(owner.button("Lock")).isVisible();
    BoundingBox first = owner.tracker().boundingBox();
    BoundingBox title = owner.tracker().locator("h2").boundingBox();
    CDPSession finger = owner.context().newCDPSession(owner.page());
    double x = title.x + title.width / 2;
    double y = title.y + title.height / 2;
    touch(finger, "touchStart", x, y);
    touch(finger, "touchMove", x - 60, y - 40);
    touch(finger, "touchMove", x - 200, y - 150);
    touch(finger, "touchEnd");
    BoundingBox moved =
        Eventually.get(
            "the movement", () -> owner.tracker().boundingBox(), box -> box.x < first.x - 100);
    assertThat(moved.x).isCloseTo(first.x - 200, within(2d));
    assertThat(moved.y).isCloseTo(first.y - 150, within(2d));
  }

  private static void touch(CDPSession finger, String type, double... at) {
    JsonArray points = new JsonArray();
    if (at.length > 0) {
      JsonObject point = new JsonObject();
      point.addProperty("x", at[0]);
      point.addProperty("y", at[1]);
      points.add(point);
    }
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.add("touchPoints", points);
    finger.send("Input.dispatchTouchEvent", event);
  }

  @Test
  void aSmallerWindowKeepsItInSight(Visitors visitors) {
    Visitor owner = tracking(visitors);
    resizeTo(owner, 800, 500);
    BoundingBox box = owner.tracker().boundingBox();
    assertThat(box.x + box.width).isLessThanOrEqualTo(800);
    assertThat(box.y + box.height).isLessThanOrEqualTo(500);
    resizeTo(owner, 1400, 900);
    BoundingBox again = owner.tracker().boundingBox();
    assertThat(again.x + again.width).isCloseTo(1384, within(2d));
  }

  /**
   * Returns when the page has heard of it and drawn: a browser tells pages of their size at the
   * next frame.
   */
  private static void resizeTo(Visitor visitor, int width, int height) {
    visitor.page().setViewportSize(width, height);
    visitor
        .page()
        .evaluate(
            """
            (width) => new Promise((drawn) => {
              const look = () => innerWidth === width
                ? requestAnimationFrame(() => requestAnimationFrame(drawn))
                : requestAnimationFrame(look);
              look();
            })
            """,
            width);
  }

  @Test
  void singleClicksMoveItFromCornerToCorner(Visitors visitors) {
    Visitor owner = tracking(visitors);
    BoundingBox first = owner.tracker().boundingBox();
    owner.button("Unlock").click();
    owner.button("Move tracker").click();
    BoundingBox next = owner.tracker().boundingBox();
    assertThat(next.x).isLessThan(first.x);
    owner.button("Move tracker").click();
    owner.button("Move tracker").click();
    owner.button("Move tracker").click();
    assertThat(owner.tracker().boundingBox()).usingRecursiveComparison().isEqualTo(first);
  }

  @Test
  void onAPhoneItIsABarAtTheBottom(Visitors visitors) {
    Visitor owner =
        visitors.at(firm.owner(), options -> options.setViewportSize(360, 740).setHasTouch(true));
    owner.startTracking(customer, "Tax Resolution");
    BoundingBox box = owner.tracker().boundingBox();
    assertThat(box.x).isZero();
    assertThat(box.width).isEqualTo(360);
    assertThat(box.y + box.height).isEqualTo(740);
    owner.button("Stop Tracking").tap();
    owner.expectHeading("Draft invoice");
  }

  @Test
  void onAPhoneItBecomesASmallBarAndStaysOne(Visitors visitors) {
    Visitor owner =
        visitors.at(firm.owner(), options -> options.setViewportSize(360, 740).setHasTouch(true));
    owner.startTracking(customer, "Tax Resolution");
    owner.button("Make the tracker small").tap();
    assertThat(owner.button("Show the whole tracker")).isVisible();
    assertThat(owner.tracker().boundingBox().height).isLessThan(70);
    owner.page().reload();
    assertThat(owner.button("Stop Tracking")).isVisible();
    assertThat(owner.tracker().boundingBox().height).isLessThan(70);
    owner.button("Stop Tracking").tap();
    owner.expectHeading("Draft invoice");
  }

  @Test
  void failure24_afterAReloadTheServersTimeIsShownBeforeTheFirstAnswer(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner
        .context()
        .clock()
        .install(
            new Clock.InstallOptions()
                .setTime(Instant.now().plus(Duration.ofMinutes(15)).toEpochMilli()));
    owner.startTracking(customer, "Tax Resolution");
    assertThat(owner.tracker()).containsText(Pattern.compile("00:00:\\d\\d"));
    Deque<Route> held = owner.hold("**/timers/running");
    owner.page().reload();
    owner.page().waitForCondition(() -> !held.isEmpty());
    assertThat(owner.tracker()).containsText(Pattern.compile("00:0[01]:\\d\\d"));
    owner.page().unroute("**/timers/running");
    held.forEach(Route::resume);
  }

  @Test
  void failure24_aClockThatIsSetWhileThePageIsOpenChangesNothing(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner
        .context()
        .clock()
        .install(new Clock.InstallOptions().setTime(Instant.now().toEpochMilli()));
    owner.startTracking(customer, "Tax Resolution");
    Deque<Route> held = owner.hold("**/timers/running");
    owner
        .context()
        .clock()
        .setSystemTime(Instant.now().plus(Duration.ofMinutes(15)).toEpochMilli());
    String shown = owner.tracker().getByRole(AriaRole.TIMER).textContent();
    assertThat(owner.tracker().getByRole(AriaRole.TIMER)).not().hasText(shown);
    assertThat(owner.tracker()).containsText(Pattern.compile("00:0[01]:\\d\\d"));
    owner.page().unroute("**/timers/running");
    held.forEach(Route::resume);
  }

  @Test
  void whatWasAskedBeforeAStartDoesNotHideTheTimer(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.go("/customers/" + customer);
    List<Runnable> held = new ArrayList<>();
    owner.route(
        "**/timers/running",
        route -> {
          APIResponse nothing = route.fetch();
          held.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(nothing)));
        });
    owner.page().waitForCondition(() -> !held.isEmpty());
    owner.button("Track").click();
    owner.button("Start Tracking").click();
    owner.tracker().waitFor();
    held.removeFirst().run();
    owner.page().waitForCondition(() -> !held.isEmpty()); // it was heard, and is asked anew
    assertThat(owner.tracker()).containsText("Ada Lovelace");
    owner.page().unroute("**/timers/running");
    held.forEach(Runnable::run);
  }

  @Test
  void everyWindowAndEveryDeviceShowsTheSameTimer(Visitors visitors) {
    Visitor desk = visitors.at(firm.owner());
    desk.go("/customers");
    Visitor window = desk.window();
    window.go("/time");
    Visitor phone = visitors.at(firm.owner(), options -> options.setViewportSize(360, 740));
    phone.go("/customers");

    desk.startTracking(customer, "Tax Resolution");
    assertThat(window.tracker()).containsText("Ada Lovelace");
    assertThat(phone.tracker()).containsText("Ada Lovelace");

    phone.button("Stop Tracking").click();
    phone.expectHeading("Draft invoice");
    assertThat(desk.tracker()).isHidden();
    assertThat(window.tracker()).isHidden();
  }

  @Test
  void failure20_theServersTimeIsShownAndBilledHoweverWrongTheClockOfTheDeviceIs(
      Visitors visitors) {
    for (Duration wrong : new Duration[] {Duration.ofMinutes(15), Duration.ofMinutes(-15)}) {
      Visitor owner = visitors.at(firm.owner());
      owner
          .context()
          .clock()
          .install(new Clock.InstallOptions().setTime(Instant.now().plus(wrong).toEpochMilli()));
      owner.startTracking(customer, "Tax Resolution");
      assertThat(owner.tracker()).containsText(Pattern.compile("00:00:0\\d"));
      owner.button("Stop Tracking").click();
      owner.expectHeading("Draft invoice");
    }
    JsonNode entries = firm.owner().get("/time-entries").expect(200).path("timeEntries");
    assertThat(entries).hasSize(2);
    for (JsonNode entry : entries) {
      assertThat(entry.path("measuredSeconds").asLong()).isLessThan(60);
      assertThat(entry.path("billedMinutes").asLong()).isEqualTo(1);
      assertThat(entry.path("original").isNull()).isTrue();
    }
  }

  @Test
  void titleAndIconShowThatTimeRuns(Visitors visitors) {
    Visitor owner = tracking(visitors);
    Locator icon = owner.page().locator("link[rel=icon]");
    assertThat(owner.page()).hasTitle("00:00 · Ada Lovelace · Clockbill");
    assertThat(icon).hasAttribute("href", Pattern.compile("icon-running\\.svg$"));
    owner.button("Stop Tracking").click();
    owner.expectHeading("Draft invoice");
    assertThat(owner.page()).hasTitle("Draft invoice · Clockbill");
    assertThat(icon).hasAttribute("href", Pattern.compile("icon\\.svg$"));
  }

  @Test
  void trackingSomeoneElseStopsTheTimerThatRuns(Visitors visitors) {
    String other = firm.customer("Grace Hopper");
    Visitor owner = tracking(visitors);
    owner.go("/customers/" + other);
    owner.button("Track").click();
    assertThat(owner.dialog("Track time")).containsText("The timer for Ada Lovelace");
    owner.button("Start Tracking").click();
    assertThat(owner.tracker()).containsText("Grace Hopper");
    assertThat(
            firm.owner()
                .get("/time-entries?customerId=" + customer)
                .expect(200)
                .path("timeEntries"))
        .hasSize(1);
  }

  @Test
  void startAndStopAreSaidToThoseWhoListen(Visitors visitors) {
    Visitor owner = tracking(visitors);
    Locator status = owner.page().locator("say-area [role=status]");
    assertThat(status).hasText("Tracking Tax Resolution for Ada Lovelace started");
    owner.button("Stop Tracking").click();
    assertThat(status).hasText("Tracking for Ada Lovelace stopped");
  }

  private static void drag(Visitor visitor, int across, int down) {
    BoundingBox title = visitor.tracker().locator("h2").boundingBox();
    double x = title.x + title.width - 4;
    double y = title.y + title.height / 2;
    visitor.page().mouse().move(x, y);
    visitor.page().mouse().down();
    visitor.page().mouse().move(x + across / 2.0, y + down / 2.0);
    visitor.page().mouse().move(x + across, y + down);
    visitor.page().mouse().up();
  }
}
