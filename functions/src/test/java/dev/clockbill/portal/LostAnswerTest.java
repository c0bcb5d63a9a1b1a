package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that do not come through, or whose answers do not come back. */
@InBrowser
class LostAnswerTest {
  private TestFirm firm;
  private String customer;

  @BeforeEach
  void aFirm(Visitors visitors) {
    visitors.expect("ERR_FAILED");
    firm = Laptop.firm();
    firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
  }

  @Test
  void pressedAgainAfterALostAnswerSaveMakesNothingTwice(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    owner.button("Add time by hand").click();
    Locator dialog = owner.dialog("Add time by hand");
    dialog.waitFor();
    each(
        owner,
        "**/time-entries",
        "POST",
        route -> {
          route.fetch();
          route.abort();
        });
    owner.button("Save").click();
    assertThat(dialog).containsText("There is no connection right now");
    owner.page().unroute("**/time-entries");
    owner.button("Save").click();
    assertThat(dialog).isHidden();
    assertThat(firm.owner().get("/time-entries").expect(200).path("timeEntries")).hasSize(1);
  }

  @Test
  void aTimerWhoseDiscardDoesNotComeThroughIsShownAgain(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.context().clock().install();
    owner.startTracking(customer, "Tax Resolution");
    each(owner, "**/timers/*", "DELETE", Route::abort);
    owner.button("Note and start time").click();
    owner.context().clock().pauseAt(Instant.now().plusSeconds(60).toEpochMilli());
    owner.button("Discard").click();
    owner.button("Track").click();
    owner.button("Start Tracking").click();
    assertThat(owner.dialog("Track time")).containsText("There is no connection right now");
    owner.button("Cancel").click();
    owner.context().clock().resume();
    assertThat(owner.tracker()).containsText("Ada Lovelace");
  }

  @Test
  void failure40_whatAFunctionThatWasAsleepRefusedIsAskedAgainAndDoneOnce(Visitors visitors) {
    visitors.expect("500");
    Visitor owner = visitors.at(firm.owner());
    for (String method : new String[] {"GET", "POST"}) {
      AtomicBoolean asleep = new AtomicBoolean(true);
      each(
          owner,
          "**/timers{,/running}",
          method,
          route -> {
            if (asleep.getAndSet(false)) {
              failAfterwards(route);
            } else {
              route.resume();
            }
          });
    }
    owner.go("/customers/" + customer);
    owner.startTracking(customer, "Tax Resolution");
    assertThat(owner.tracker()).containsText("Ada Lovelace");
    assertThat(firm.owner().get("/timers").expect(200).path("timers")).hasSize(1);
  }

  @Test
  void failure40_whatFailsAgainAndAgainIsSaidInTheEndAndAnAnswerIsAnAnswer(Visitors visitors) {
    visitors.expect("status of ");
    Visitor owner = visitors.at(firm.owner());
    owner.context().clock().install();
    AtomicInteger asked = new AtomicInteger();
    AtomicReference<Consumer<Route>> answer =
        new AtomicReference<>(route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
    String address = "/customers/" + customer;
    owner.route(
        "**" + address,
        route -> {
          asked.incrementAndGet();
          answer.get().accept(route);
        });
    Locator alert = owner.page().getByRole(AriaRole.ALERT);
    owner.follow(address);
    Locator trying = owner.page().getByText("Still trying");
    int said = 0;
    for (int round = 0; round < 500 && alert.isHidden(); round++) {
      owner.context().clock().runFor(500);
      said += trying.isVisible() ? 1 : 0;
    }
    assertThat(said).as("for more than a minute it is said that it is tried").isGreaterThan(60);
    assertThat(alert).containsText("Something failed on our side");
    assertThat(trying).isHidden();
    assertThat(asked).hasValue(8);
    owner.context().clock().resume();

    expectOnce(owner, answer, asked, LostAnswerTest::unavailable, "The processor is away.");
    expectOnce(
        owner,
        answer,
        asked,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(429)
                    .setContentType("application/json")
                    .setBody("{\"message\":\"Too Many Requests\"}")),
        "Too much is asked for at once");
  }

  @Test
  void failure40_whoComesAfterAFortnightSeesThatItIsTriedAndThenThePage(Visitors visitors) {
    visitors.expect("500");
    String other = firm.customer("Grace Hopper");
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + other);
    fallAsleep(true);
    try {
      Laptop.skip(Duration.ofDays(15).plusHours(2));
      owner.follow("/customers/" + customer);
      Locator trying = owner.page().getByText("Still trying");
      assertThat(trying).isVisible();
      // A page asks several functions, some of them after others have answered.
      for (int round = 0; round < 500 && trying.isVisible(); round++) {
        Laptop.advance("PT2M");
      }
      assertThat(owner.heading()).hasText("Ada Lovelace");
      assertThat(trying).isHidden();
    } finally {
      fallAsleep(false);
    }
  }

  private static void fallAsleep(boolean asleep) {
    Laptop.api().post("/_local/functions", Api.json("fallAsleep", asleep)).expect(200);
  }

  private static void expectOnce(
      Visitor owner,
      AtomicReference<Consumer<Route>> answer,
      AtomicInteger asked,
      Consumer<Route> next,
      String words) {
    asked.set(0);
    answer.set(next);
    owner.button("Try again").click();
    assertThat(owner.page().getByRole(AriaRole.ALERT)).containsText(words);
    assertThat(asked).hasValue(1);
  }

  /** Lets the server do what is asked for, and answers as API Gateway does for what fails. */
  static void failAfterwards(Route route) {
    route.fetch();
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(500)
            .setContentType("application/json")
            .setBody("{\"message\":\"Internal Server Error\"}"));
  }

  /** Answers as Clockbill does where the processor is away. */
  static void unavailable(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(503)
            .setContentType("application/problem+json")
            .setBody(
                Api.json(
                    "type",
                    "https://clockbill.dev/problems/processor-unavailable",
                    "detail",
                    "The processor is away.")));
  }

  private static void each(
      Visitor visitor, String address, String method, Consumer<Route> instead) {
    visitor.route(
        address,
        route -> {
          if (route.request().method().equals(method)) {
            instead.accept(route);
          } else {
            route.resume();
          }
        });
  }
}
