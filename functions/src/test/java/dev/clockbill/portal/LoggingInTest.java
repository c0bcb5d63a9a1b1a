package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Api;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import dev.clockbill.local.login.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in by authorization code with PKCE, staying logged in, and logging out. */
@InBrowser
class LoggingInTest {
  private String user;
  private Api owner;

  @BeforeEach
  void aFirm() {
    JsonNode made = Laptop.api().post("/_local/firms", "{\"payments\": \"ready\"}").expect(201);
    JsonNode first = made.path("users").path(0);
    user = first.path("user").asText();
    owner = Laptop.api().as(first.path("token").asText());
  }

  @Test
  void theLoginLeadsBackToWhereOneWantedToGo(Visitors visitors) {
    Visitor visitor = visitors.stranger(Laptop.api().base());
    visitor.page().navigate(visitor.base() + "/#/customers");
    logIn(visitor);
    visitor.expectHeading("Customers");
    assertThat(visitor.page()).hasURL(visitor.base() + "/#/customers");
  }

  @Test
  void theLoginWorksAtTheMachinesNumberToo(Visitors visitors) {
    String base = Laptop.api().base();
    visitors.expect("another origin: " + base);
    Visitor visitor = visitors.stranger(base.replace("localhost", "127.0.0.1"));
    visitor.page().navigate(visitor.base() + "/#/time");
    logIn(visitor);
    visitor.expectHeading("Time");
    assertThat(visitor.page()).hasURL(visitor.base() + "/#/time");
  }

  @Test
  void aSessionThatEndedLeadsToTheLoginAndBack(Visitors visitors) {
    visitors.expect("401");
    Visitor visitor = visitors.at(owner.as("none.of.ours"));
    visitor.page().navigate(visitor.base() + "/#/settings/services");
    logIn(visitor);
    visitor.expectHeading("Settings");
    assertThat(visitor.page()).hasURL(visitor.base() + "/#/settings/services");
  }

  @Test
  void whoLogsInWithoutAFirmIsToldWhatToDo(Visitors visitors) {
    visitors.expect("401");
    String stranger =
        Laptop.stack()
            .login()
            .signed(
                Map.of(
                    "iss", Login.issuer(owner.base()),
                    "aud", "userpoolclient",
                    "token_use", "id",
                    "sub", "somebody",
                    "email", "early@hollis.example",
                    "exp", Laptop.now().plusSeconds(3600).getEpochSecond()));
    Visitor visitor = visitors.at(owner.as(stranger)).go("/customers");
    visitor.expectHeading("No firm has invited you yet");
    assertThat(visitor.page().getByRole(AriaRole.ALERT))
        .containsText("You are logged in as early@hollis.example");
    assertThat(visitor.page().getByRole(AriaRole.ALERT)).containsText("Ask an owner of your firm");
    Accessible.expectNothing(visitor.page(), "no firm");
    visitor.button("Log out").click();
    logIn(visitor);
    visitor.expectHeading("New Firm");
  }

  @Test
  void failure26_whoseAccessHasEndedIsToldSoAndNotLedRoundInCircles(Visitors visitors) {
    visitors.expect("401");
    TestFirm firm = Laptop.firm();
    Visitor staff = visitors.at(firm.staff()).go("/customers");
    String staffId = firm.staff().get("/me").expect(200).path("staffId").asText();
    firm.owner().patch("/staff/" + staffId, "{\"active\":false}").expect(200);
    staff.link("Invoices").click();
    assertThat(staff.page().getByRole(AriaRole.ALERT)).containsText("Your access to this firm");
    staff.page().reload();
    staff.expectHeading("Your access has ended");
    assertThat(staff.page().getByRole(AriaRole.ALERT)).containsText("ask an owner of the firm");
    staff.context().setOffline(true);
    staff.button("Log out").click();
    assertThat(staff.region("Message")).containsText("you are still logged in");
    staff.context().setOffline(false);
    staff.button("Log out").click();
    staff.page().waitForURL("**/_login/authorize?**");
  }

  @Test
  void theTokenIsRenewedBeforeItEnds(Visitors visitors) {
    Visitor visitor = visitors.stranger(Laptop.api().base());
    visitor.page().navigate(visitor.base() + "/#/customers");
    logIn(visitor);
    visitor.expectHeading("Customers");
    endToken(visitor);
    visitor.link("Invoices").click();
    visitor.expectHeading("Invoices");
    Number until =
        (Number)
            visitor
                .page()
                .evaluate("() => JSON.parse(localStorage.getItem('clockbill.session')).until");
    assertThat(until.longValue()).isGreaterThan(Instant.now().toEpochMilli());
  }

  @Test
  void whoeverLogsOutHasToLogInAgain(Visitors visitors) {
    Visitor visitor = visitors.stranger(Laptop.api().base());
    visitor.page().navigate(visitor.base() + "/");
    logIn(visitor);
    logOut(visitor);
    visitor.page().waitForURL("**/_login/authorize?**");
    assertThat(visitor.page().evaluate("() => localStorage.getItem('clockbill.session')")).isNull();
  }

  @Test
  void whatCouldStillBeUndoneIsFinalBeforeTheSessionEnds(Visitors visitors) {
    TestFirm firm = Laptop.firm();
    Visitor visitor = tracking(visitors, firm);
    visitor.button("Note and start time").click();
    visitor.button("Discard").click();
    visitor.holdMessage();
    logOut(visitor);
    visitor.page().waitForURL("**/_login/authorize?**");
    JsonNode running = firm.owner().get("/timers/running").expect(200).path("timer");
    assertThat(running.isNull()).isTrue();
  }

  @Test
  void withoutANetworkNobodyIsLoggedOutAndWhatWaitsIsPointedOut(Visitors visitors) {
    TestFirm firm = Laptop.firm();
    Visitor visitor = tracking(visitors, firm);
    visitor.context().setOffline(true);
    logOut(visitor);
    assertThat(visitor.region("Message")).containsText("you are still logged in");
    visitor.button("Stop Tracking").click();
    assertThat(visitor.region("Message")).containsText("The time is kept on this device");

    List<String> asked = new ArrayList<>();
    visitor
        .page()
        .onceDialog(
            dialog -> {
              asked.add(dialog.message());
              dialog.dismiss();
            });
    logOut(visitor);
    visitor.page().waitForCondition(() -> !asked.isEmpty());
    assertThat(asked).first().asString().contains("waits for the network");
    visitor.context().setOffline(false);
    Eventually.get(
        "the stop",
        () -> firm.owner().get("/time-entries").expect(200).path("timeEntries"),
        entries -> entries.size() == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P3D", "P-3D"})
  void aDeviceMayLogInHoweverWrongItsClockIs(String wrong, Visitors visitors) {
    Visitor visitor = visitors.stranger(Laptop.api().base());
    visitor
        .context()
        .clock()
        .install(
            new Clock.InstallOptions()
                .setTime(Instant.now().plus(Duration.parse(wrong)).toEpochMilli()));
    visitor.page().navigate(visitor.base() + "/#/customers");
    logIn(visitor);
    visitor.expectHeading("Customers");
    endToken(visitor);
    visitor.link("Invoices").click();
    visitor.expectHeading("Invoices");
  }

  @Test
  void anOpenWindowMovesToTheNewFilesWhenClockbillWasRenewed(Visitors visitors) {
    visitors.expect("404");
    Visitor visitor = visitors.at(owner);
    Pattern script = Pattern.compile("/assets/[0-9a-f]{16}/");
    visitor.route(
        visitor.base() + "/",
        route -> {
          APIResponse page = route.fetch();
          String old = script.matcher(page.text()).replaceAll("/assets/0000000000000000/");
          route.fulfill(new Route.FulfillOptions().setResponse(page).setBody(old));
        });
    visitor.route(
        "**/assets/0000000000000000/**",
        route -> {
          if (route.request().url().endsWith("/pages/time.js")) {
            route.fulfill(new Route.FulfillOptions().setStatus(404));
          } else {
            route.fulfill(
                new Route.FulfillOptions()
                    .setResponse(
                        visitor
                            .page()
                            .request()
                            .get(
                                route
                                    .request()
                                    .url()
                                    .replace("0000000000000000", new PortalFiles().hash()))));
          }
        });
    visitor.go("/customers");
    visitor.page().unroute(visitor.base() + "/");
    visitor.link("Time").click();
    visitor.expectHeading("Time");
    assertThat(
            visitor.page().locator("script[src='/assets/" + new PortalFiles().hash() + "/app.js']"))
        .hasCount(1);
  }

  /** With the service worker, an open window goes on with the files of its own release. */
  @Test
  void aRenewedPortalTakesTheEarlierOnesPlaceAsAWholeWhenOneGoesOn(Visitors visitors)
      throws Exception {
    try (RenewedPortal portal = new RenewedPortal(owner.base())) {
      owner
          .post("/customers", Api.json("name", "Ada Lovelace", "email", "ada@example.com"))
          .expect(201); // who has no customers has none to search for
      Visitor visitor = visitors.withServiceWorker(owner, portal.base()).go("/customers");
      portal.renew();
      visitor.link("Reports").click();
      visitor.expectHeading("Reports");
      visitor.link("Customers").click();
      visitor.field("Search").fill("Ada");
      visitor
          .page()
          .evaluate(
              """
              async () => {
                const taken = new Promise((resolve) => {
                  navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
                });
                await (await navigator.serviceWorker.getRegistration()).update();
                await taken;
              }
              """);
      assertThat(visitor.field("Search")).hasValue("Ada");
      Locator script = visitor.page().locator("script[src$='/app.js']");
      visitor.field("Search").fill("Ada Love");
      assertThat(visitor.page()).hasURL(Pattern.compile("Love"));
      assertThat(visitor.field("Search")).isFocused();
      assertThat(script).hasAttribute("src", "/assets/" + new PortalFiles().hash() + "/app.js");
      visitor.link("Time").click();
      assertThat(script).hasAttribute("src", "/assets/" + RenewedPortal.HASH + "/app.js");
      visitor.expectHeading("Time");
      visitor.context().setOffline(true);
      visitor.page().reload();
      visitor.expectHeading("Time");
      assertThat(script).hasAttribute("src", "/assets/" + RenewedPortal.HASH + "/app.js");
    }
  }

  /** A page comes from the network, ahead of the service worker that belongs to it. */
  @Test
  void aPageOfTheRenewedPortalIsNotLoadedAnewWhenItsWorkerComes(Visitors visitors)
      throws Exception {
    try (RenewedPortal portal = new RenewedPortal(owner.base())) {
      Visitor visitor = visitors.withServiceWorker(owner, portal.base()).go("/customers");
      portal.renew();
      visitor.page().reload();
      visitor.expectHeading("Customers");
      visitor
          .page()
          .evaluate(
              """
              () => new Promise((resolve) => {
                window.loadedOnce = true;
                navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
              })
              """);
      visitor.link("Time").click();
      visitor.expectHeading("Time");
      assertThat(visitor.page().locator("script[src$='/app.js']"))
          .hasAttribute("src", "/assets/" + RenewedPortal.HASH + "/app.js");
      assertThat(visitor.page().evaluate("() => window.loadedOnce")).isEqualTo(true);
    }
  }

  @Test
  void failure22_aClickWhileTheLoginIsTakenUpWins(Visitors visitors) {
    Visitor visitor = visitors.stranger(Laptop.api().base());
    Page page = visitor.page();
    Deque<Route> held = visitor.hold("**/_login/token");
    page.navigate(visitor.base() + "/#/customers");
    page.locator("button", new Page.LocatorOptions().setHasText(user + "@")).click();
    page.waitForCondition(() -> !held.isEmpty());
    visitor.link("Time").click();
    held.pop().resume();
    visitor.expectHeading("Time");
    assertThat(page).hasURL(visitor.base() + "/#/time");
  }

  private static Visitor tracking(Visitors visitors, TestFirm firm) {
    Visitor visitor = visitors.at(firm.owner());
    firm.service("Tax Resolution", 25_000);
    visitor.startTracking(firm.customer("Ada Lovelace"), "Tax Resolution");
    return visitor;
  }

  private static void endToken(Visitor visitor) {
    visitor
        .page()
        .evaluate(
            """
            () => {
              const session = JSON.parse(localStorage.getItem('clockbill.session'));
              localStorage.setItem('clockbill.session', JSON.stringify({ ...session, until: 0 }));
            }
            """);
  }

  private static void logOut(Visitor visitor) {
    visitor.page().locator("details.who summary").click();
    visitor.button("Log out").click();
  }

  private void logIn(Visitor visitor) {
    Page page = visitor.page();
    page.waitForURL("**/_login/authorize?**");
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Log in")))
        .isVisible();
    page.locator("button", new Page.LocatorOptions().setHasText(user + "@")).click();
    visitor.heading().waitFor();
  }
}
