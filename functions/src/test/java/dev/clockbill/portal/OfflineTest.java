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
