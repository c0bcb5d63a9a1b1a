package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Response;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Start and stop without a network: no time is lost, whatever happens to the window meanwhile. */
@ExtendWith(Chromium.class)
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
    Visitor owner = visitors.at(firm.owner());
    owner.go("/customers/" + customer);
    owner.context().setOffline(true);
    owner.button("Track").click();
    owner.button("Start Tracking").click();
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
    Visitor owner = visitors.at(firm.owner());
    owner.go("/customers/" + customer);
    owner.context().setOffline(true);
    owner.button("Track").click();
    owner.button("Start Tracking").click();
    owner.button("Stop Tracking").click();
    assertThat(owner.tracker()).isHidden();
    owner.context().setOffline(false);
    entry();
    assertThat(firm.owner().get("/timers/running").expect(200).path("timer").isNull()).isTrue();
  }

  @Test
  void timeWorkedWithoutANetworkIsKeptThoughAnotherDeviceWasQuicker(Visitors visitors) {
    visitors.expect("409");
    Visitor owner = visitors.at(firm.owner());
    owner.go("/customers/" + customer);
    owner.context().setOffline(true);
    owner.button("Track").click();
    owner.button("Start Tracking").click();
    String other = firm.start(firm.customer("Grace Hopper"), firm.service("Bookkeeping", 9_000));
    assertThat(owner.tracker()).containsText(Pattern.compile("00:00:(?!00)\\d\\d"));
    owner.button("Stop Tracking").click();
    owner.context().setOffline(false);
    entry();
    assertThat(owner.tracker()).containsText("Grace Hopper");
    JsonNode running = firm.owner().get("/timers/running").expect(200).path("timer");
    assertThat(running.path("timerId").asText()).isEqualTo(other);
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
    // The server tells whole seconds, some time after it was asked, and time is kept in such.
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
