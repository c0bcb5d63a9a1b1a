package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
              // As API Gateway answers for a function that fails to start.
              route.fulfill(
                  new Route.FulfillOptions()
                      .setStatus(500)
                      .setContentType("application/json")
                      .setBody("{\"message\":\"Internal Server Error\"}"));
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
  void failure40_whatFailsAgainAndAgainIsSaidInTheEnd(Visitors visitors) {
    visitors.expect("500");
    Visitor owner = visitors.at(firm.owner());
    AtomicInteger asked = new AtomicInteger();
    owner
        .page()
        .route(
            "**/customers/" + customer,
            route -> {
              asked.incrementAndGet();
              route.fulfill(new Route.FulfillOptions().setStatus(500));
            });
    owner.page().navigate(owner.base() + "/#/customers/" + customer);
    assertThat(owner.page().getByRole(AriaRole.ALERT)).containsText("Something failed on our side");
    assertThat(asked).hasValue(3);
  }

  private static void each(
      Visitor visitor, String address, String method, Consumer<Route> instead) {
    visitor
        .page()
        .route(
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
