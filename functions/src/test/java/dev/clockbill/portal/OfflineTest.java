package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import dev.clockbill.Api;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Start and stop without a network: no time is lost, whatever happens to the window meanwhile. */
@InBrowser
class OfflineTest {
  private TestFirm firm;
  private String customer;

  @BeforeEach
  void aFirm() {
    firm = Laptop.firm();
    firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
  }

  @Test
  void aStartWithoutANetworkCountsFromThenOn(Visitors visitors) {
    Visitor owner = trackingOffline(visitors);
    assertThat(owner.tracker()).containsText("waiting for the network");

    owner.context().setOffline(false);
    assertThat(owner.tracker()).not().containsText("waiting for the network");
    JsonNode timer = firm.owner().get("/timers/running").expect(200).path("timer");
    assertThat(timer.path("customerName").asText()).isEqualTo("Ada Lovelace");
  }

  @Test
  void aStopWithoutANetworkIsSentAfterTheWindowWasClosed(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.startTracking(customer, "Tax Resolution");
    owner.context().setOffline(true);
    owner.button("Stop Tracking").click();
    assertThat(owner.region("Message")).containsText("The time is kept on this device");
    assertThat(owner.tracker()).isHidden();
    owner.page().close();

    owner.context().setOffline(false);
    Visitor later = owner.window();
    later.go("/time");
    JsonNode entry = entry();
    assertThat(entry.path("original").isObject()).isTrue();
    assertThat(later.tracker()).isHidden();
  }

  @Test
  void startAndStopWithoutANetworkBecomeOneEntry(Visitors visitors) {
    Visitor owner = trackingOffline(visitors);
    owner.button("Stop Tracking").click();
    assertThat(owner.tracker()).isHidden();
    owner.context().setOffline(false);
    entry();
    assertThat(firm.owner().get("/timers/running").expect(200).path("timer").isNull()).isTrue();
  }

  @Test
  void timeWorkedWithoutANetworkIsKeptThoughAnotherDeviceWasQuicker(Visitors visitors) {
    visitors.expect("409");
    Visitor owner = trackingOffline(visitors);
    String other = firm.start(firm.customer("Grace Hopper"), firm.service("Bookkeeping", 9_000));
    assertThat(owner.tracker()).containsText(Pattern.compile("00:00:(?!00)\\d\\d"));
    owner.button("Stop Tracking").click();
    owner.context().setOffline(false);
    entry();
    assertThat(owner.tracker()).containsText("Grace Hopper");
    JsonNode running = firm.owner().get("/timers/running").expect(200).path("timer");
    assertThat(running.path("timerId").asText()).isEqualTo(other);
  }

  @Test
  void trackingSomeoneElseWithoutANetworkEndsWhatRunsWhereTheNextBegins(Visitors visitors) {
    String other = firm.customer("Grace Hopper");
    firm.start(customer, firm.service("Bookkeeping", 9_000));
    Visitor owner = visitors.at(firm.owner());
    owner.go("/customers/" + other);
    assertThat(owner.tracker()).containsText("Ada Lovelace");
    owner.context().setOffline(true);
    for (int starts = 0; starts < 2; starts++) {
      owner.button("Track").click();
      owner.button("Start Tracking").click();
      assertThat(owner.dialog("Track time")).isHidden();
      assertThat(owner.tracker()).containsText("Grace Hopper");
      assertThat(owner.tracker()).containsText(Pattern.compile("00:00:(?!00)\\d\\d"));
    }
    owner.context().setOffline(false);
    assertThat(owner.tracker()).not().containsText("waiting for the network");
    JsonNode runs = firm.owner().get("/timers/running").expect(200).path("timer");
    JsonNode entries = firm.owner().get("/time-entries").expect(200).path("timeEntries");
    assertThat(entries.findValuesAsText("customerName"))
        .containsExactly("Grace Hopper", "Ada Lovelace");
    assertThat(entries.at("/0/stoppedAt")).isEqualTo(runs.path("startedAt"));
    assertThat(entries.at("/1/stoppedAt")).isEqualTo(entries.at("/0/startedAt"));
  }

  @Test
  void whatIsRefusedAfterwardsStaysUntilItIsEnteredByHandOrDropped(Visitors visitors) {
    visitors.expect("409");
    Visitor owner = trackingOffline(visitors);
    owner.button("Stop Tracking").click();
    allowTracking(false);
    owner.context().setOffline(false);
    Locator refused = owner.region("Refused time");
    assertThat(refused).containsText("Tax Resolution for Ada Lovelace");
    assertThat(owner.page().locator("say-area [role=status]")).containsText("was refused");

    owner.page().reload();
    owner.button("Drop it").click();
    owner.holdMessage();
    assertThat(refused).isHidden();
    owner.button("Undo").click();
    allowTracking(true);
    owner.button("Enter it by hand").click();
    owner.dialog("Add time by hand").waitFor();
    owner.button("Save").click();
    entry();
    assertThat(refused).isHidden();
    owner.page().reload();
    assertThat(owner.region("Time")).containsText("Tax Resolution");
    assertThat(refused).isHidden();
  }

  @Test
  void thePortalOpensAndTracksWithoutANetwork(Visitors visitors) {
    visitors.expect("ERR_FAILED");
    Visitor owner = visitors.withServiceWorker(firm.owner());
    owner.go("/customers/" + customer);
    owner.context().setOffline(true);
    owner.page().reload();
    owner.expectHeading("Ada Lovelace");
    Locator main = owner.page().locator("main");
    assertThat(main).containsText("There is no connection right now. This is as of");
    owner.link("Reports").click();
    owner.expectHeading("No connection");
    assertThat(main).containsText("There is no connection right now");

    owner.page().goBack();
    owner.button("Track").click();
    owner.button("Start Tracking").click();
    assertThat(owner.tracker()).containsText("waiting for the network");
    owner.page().reload();
    owner.button("Stop Tracking").click();
    assertThat(owner.tracker()).isHidden();
    owner.page().reload();
    owner.expectHeading("Ada Lovelace");
    owner.context().setOffline(false);
    entry();
    assertThat(main).not().containsText("There is no connection right now");
    assertThat(firm.owner().get("/timers").expect(200).path("timers")).isEmpty();
  }

  @Test
  void nothingReadStaysOnADeviceAfterLoggingOut(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner()).go("/customers/" + customer);
    String kept =
        "() => caches.keys().then((names) => names.filter((name) => name.includes('answers')))";
    owner.page().waitForFunction("async () => (await (" + kept + ")()).length === 1");
    Object keys =
        owner
            .page()
            .evaluate(
                """
                async () => {
                  const cache = await caches.open((await caches.keys())[0]);
                  const texts = (await cache.keys()).map(async (each) => (await cache.match(each)).text());
                  return (await Promise.all(texts)).filter((text) => /token|payUrl/i.test(text));
                }
                """);
    assertThat((List<?>) keys).as("what is kept opens nothing").isEmpty();
    Object left =
        owner
            .page()
            .evaluate(
                """
                async () => {
                  for (const kind of ['paused', 'used', 'rows', 'known', 'note', 'draft']) {
                    localStorage.setItem(`clockbill.${kind}.another`, '{}');
                  }
                  const script = document.querySelector('script[src]').src;
                  const { forgetOthers } = await import(script.replace('app.js', 'core/memory.js'));
                  await forgetOthers('somebody');
                  return Object.keys(localStorage).filter((key) => key.endsWith('.another')).sort();
                }
                """);
    assertThat(left)
        .as("what another person has not saved yet")
        .isEqualTo(List.of("clockbill.draft.another", "clockbill.note.another"));
    owner.page().locator("details.who summary").click();
    owner.button("Log out").click();
    owner.page().waitForURL("**/_login/authorize?**");
    assertThat((List<?>) owner.page().evaluate(kept)).isEmpty();
    assertThat(owner.page().evaluate("() => Object.keys(localStorage).join()"))
        .asString()
        .doesNotContain("timer");
  }

  /** The network is cut at each step, and comes back: nothing is lost, nothing done twice. */
  @Test
  void theWholeFlowGoesThroughWithTheNetworkCutAtEachStep(Visitors visitors) {
    Visitor owner = trackingOffline(visitors);
    assertThat(owner.tracker()).containsText("waiting for the network");
    owner.context().setOffline(false);
    assertThat(owner.tracker()).not().containsText("waiting for the network");
    owner.context().setOffline(true);
    owner.button("Stop Tracking").click();
    assertThat(owner.tracker()).isHidden();
    owner.context().setOffline(false);
    String invoice =
        Eventually.get(
            "the draft", () -> entry().path("invoiceId").asText(""), each -> !each.isEmpty());

    owner.go("/invoices/" + invoice);
    owner.button("Edit").click();
    Locator edit = owner.dialog("Edit tracked time");
    edit.getByLabel("Note").fill("Call about the notice");
    owner.context().setOffline(true);
    Visitor.button(edit, "Save").click();
    assertThat(edit).containsText("There is no connection right now");
    owner.context().setOffline(false);
    Visitor.button(edit, "Save").click();
    assertThat(edit).isHidden();

    owner.context().setOffline(true);
    owner.field("Description of line 1").fill("Answer to a notice");
    owner.field("Billed minutes of line 1").fill("30");
    owner.button("Save").click();
    assertThat(owner.page().locator("main")).containsText("There is no connection right now");
    owner.context().setOffline(false);
    owner.button("Save").click();
    assertThat(owner.region("Invoice").locator(".grand")).containsText("$125.00");

    owner.button("Send").click();
    Locator send = owner.dialog("Send to Ada Lovelace");
    send.waitFor();
    owner.context().setOffline(true);
    Visitor.button(send, "Send").click();
    assertThat(send).containsText("There is no connection right now");
    owner.context().setOffline(false);
    Visitor.button(send, "Send").click();
    owner.expectHeading("Invoice 0001");

    assertThat(firm.owner().get("/time-entries").expect(200).path("timeEntries")).hasSize(1);
    JsonNode invoices = firm.owner().get("/invoices").expect(200).path("invoices");
    assertThat(invoices.findValuesAsText("invoiceId")).containsExactly(invoice);
    JsonNode sent = firm.invoice(invoice);
    assertThat(sent.at("/lines/0/description").asText()).isEqualTo("Answer to a notice");
    assertThat(sent.path("total").asLong()).isEqualTo(12_500);
    Eventually.get("the mail", () -> firm.mails("invoice"), mails -> mails.size() == 1);
  }

  private Visitor trackingOffline(Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner.go("/customers/" + customer);
    owner.context().setOffline(true);
    owner.button("Track").click();
    owner.button("Start Tracking").click();
    return owner;
  }

  private void allowTracking(boolean allowed) {
    firm.owner().patch("/customers/" + customer, Api.json("active", allowed)).expect(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT15M", "PT-15M"})
  void failure20_timeKeptOnADeviceWhoseClockIsWrongIsTheServers(String wrong, Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    owner
        .context()
        .clock()
        .install(
            new Clock.InstallOptions()
                .setTime(Instant.now().plus(Duration.parse(wrong)).toEpochMilli()));
    Response told =
        owner.page().waitForResponse("**/timers/running", () -> owner.go("/customers/" + customer));
    told.finished();
    owner.context().setOffline(true);
    Instant before = serverTime();
    owner.button("Track").click();
    owner.button("Start Tracking").click();
    owner.button("Stop Tracking").click();
    Instant after = serverTime();
    owner.context().setOffline(false);
    // The server answers in whole seconds, some time after it was asked, and stores those.
    Duration precision =
        Duration.ofSeconds(2).plusMillis((long) told.request().timing().responseEnd);
    assertThat(Instant.parse(entry().path("startedAt").asText()))
        .isBetween(before.minus(precision), after.plus(precision));
    assertThat(Instant.parse(entry().path("stoppedAt").asText()))
        .isBetween(before.minus(precision), after.plus(precision));
  }

  private Instant serverTime() {
    JsonNode running = firm.owner().get("/timers/running").expect(200);
    return Instant.parse(running.path("serverTime").asText());
  }

  private JsonNode entry() {
    return Eventually.get(
            "the time entry",
            () ->
                firm.owner()
                    .get("/time-entries?customerId=" + customer)
                    .expect(200)
                    .path("timeEntries"),
            entries -> entries.size() == 1)
        .path(0);
  }
}
