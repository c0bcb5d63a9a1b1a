package dev.clockbill.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.util.Deque;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written, corrected, paused and discarded in the tracker window while time runs. */
@InBrowser
class RunningTimeTest {
  private TestFirm firm;

  @BeforeEach
  void aFirm() {
    firm = Laptop.firm();
    firm.service("Tax Resolution", 25_000);
  }

  private Visitor tracking(Visitors visitors) {
    return visitors.at(firm.owner()).startTracking(firm.customer("Ada Lovelace"), "Tax Resolution");
  }

  @Test
  void theNoteAndTheStartCanBeCorrectedWhileItRuns(Visitors visitors) {
    Visitor owner = tracking(visitors);
    owner.button("Note and start time").click();
    owner.tracker().getByLabel("Note").fill("Call about the notice");
    Eventually.get(
        "the note",
        () -> firm.owner().get("/timers/running").expect(200).path("timer").path("note").asText(),
        "Call about the notice"::equals);
    typed(owner, "Date", "yesterday");
    assertThat(owner.tracker()).containsText(Pattern.compile("24:00:\\d\\d"));
  }

  @Test
  void itIsStoppedAtTheMomentAtWhichTheWorkEnded(Visitors visitors) {
    Visitor owner = tracking(visitors);
    owner.button("Note and start time").click();
    typed(owner, "Date", "yesterday");
    assertThat(owner.tracker()).containsText(Pattern.compile("24:00:\\d\\d"));
    typed(owner, "Duration", "1 h");
    owner.button("Stop Tracking").click();
    owner.expectHeading("Draft invoice");
    assertThat(owner.region("Invoice")).containsText("measured 1:00:00");
  }

  private static void typed(Visitor owner, String label, String text) {
    Locator field =
        owner.tracker().getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    field.fill(text);
    field.press("Tab");
  }

  @Test
  void aNoteThatIsTypedJustBeforeAReloadOrTheEndIsKept(Visitors visitors) {
    Visitor owner = tracking(visitors);
    owner.button("Note and start time").click();
    owner.tracker().getByLabel("Note").fill("Call about");
    owner.page().reload();
    assertThat(owner.tracker()).containsText("Call about");
    owner.button("Call about").click();
    owner.context().setOffline(true);
    owner.tracker().getByLabel("Note").fill("Call about the notice");
    owner.page().close();
    owner.context().setOffline(false);
    owner.window().go("/customers");
    Eventually.get(
        "the note",
        () -> firm.owner().get("/timers/running").expect(200).path("timer").path("note").asText(),
        "Call about the notice"::equals);
  }

  @Test
  void aNoteThatIsTypedWithoutANetworkGoesToTheStoppedTime(Visitors visitors) {
    Visitor owner = tracking(visitors);
    owner.button("Note and start time").click();
    owner.tracker().getByLabel("Note").waitFor();
    owner.context().setOffline(true);
    owner.tracker().getByLabel("Note").fill("Call about the notice");
    owner.button("Stop Tracking").click();
    assertThat(owner.region("Message")).containsText("The time is kept on this device");
    owner.context().setOffline(false);
    Eventually.get(
        "the note",
        () -> firm.owner().get("/time-entries").expect(200).at("/timeEntries/0/note").asText(),
        "Call about the notice"::equals);
  }

  @Test
  void aNoteThatIsTypedJustBeforeStopIsKept(Visitors visitors) {
    Visitor owner = tracking(visitors);
    owner.button("Note and start time").click();
    owner.tracker().getByLabel("Note").fill("Call about the notice");
    owner.button("Stop Tracking").click();
    owner.expectHeading("Draft invoice");
    JsonNode entry = firm.owner().get("/time-entries").expect(200).at("/timeEntries/0");
    assertThat(entry.path("note").asText()).isEqualTo("Call about the notice");
  }

  @Test
  void aSlowNoteHoldsNobodyUpAndGoesToTheStoppedTime(Visitors visitors) {
    visitors.expect("404");
    Visitor owner = tracking(visitors);
    owner.button("Note and start time").click();
    Deque<Route> slow = owner.hold("**/timers/*", "PATCH");
    owner.tracker().getByLabel("Note").fill("Call about the notice");
    owner.button("Stop Tracking").click();
    owner.expectHeading("Draft invoice");
    slow.remove().resume();
    Eventually.get(
        "the note",
        () -> firm.owner().get("/time-entries").expect(200).at("/timeEntries/0/note").asText(),
        "Call about the notice"::equals);
    assertThat(owner.tracker()).isHidden();
  }

  @Test
  void aPauseInANoteTakesNothingOfItAway(Visitors visitors) {
    Visitor owner = tracking(visitors);
    owner.button("Note and start time").click();
    Locator note = owner.tracker().getByLabel("Note");
    owner
        .page()
        .waitForResponse(
            saved -> saved.request().method().equals("PATCH"),
            () -> note.pressSequentially("Meeting "))
        .finished();
    note.pressSequentially("with Ada");
    assertThat(note).hasValue("Meeting with Ada");
  }

  @Test
  void theCustomerCanBeChangedWhileTheClockGoesOn(Visitors visitors) {
    firm.customer("Grace Hopper");
    Visitor owner = tracking(visitors);
    owner.button("Note and start time").click();
    Locator picker = owner.tracker().getByLabel("Customer");
    picker.fill("hopp");
    String typedAt = owner.tracker().getByRole(AriaRole.TIMER).textContent();
    assertThat(owner.tracker().getByRole(AriaRole.TIMER)).not().hasText(typedAt);
    assertThat(picker).hasValue("hopp");
    Locator offered = owner.page().locator("#customers-found option");
    assertThat(offered).hasCount(1);
    picker.fill(offered.getAttribute("value"));
    assertThat(owner.tracker().locator("h2")).hasText("Grace Hopper");
  }

  @Test
  void aPauseStopsItAndOneClickContinuesIt(Visitors visitors) {
    Visitor owner = tracking(visitors);
    owner.button("Note and start time").click();
    owner.tracker().getByLabel("Note").fill("Call");
    owner.button("Pause").click();
    Locator paused = owner.region("Paused time");
    assertThat(paused).containsText("Tax Resolution");
    owner.page().reload();
    assertThat(running()).isFalse();
    Visitor.button(paused, "Continue").dblclick();
    assertThat(owner.tracker()).containsText("Call");
    assertThat(paused).isHidden();
    assertThat(firm.owner().get("/time-entries").expect(200).path("timeEntries")).hasSize(1);
  }

  @Test
  void aDiscardCanBeTakenBackAndIsThenFinal(Visitors visitors) {
    Visitor owner = tracking(visitors);
    owner.button("Note and start time").click();
    owner.button("Discard").click();
    owner.holdMessage();
    assertThat(owner.tracker()).isHidden();
    owner.button("Undo").click();
    assertThat(owner.tracker()).isVisible();
    assertThat(running()).isTrue();

    owner.button("Note and start time").click();
    owner.button("Discard").click();
    owner.button("Dismiss").click();
    Eventually.get("the end of the timer", this::running, runs -> !runs);
    assertThat(owner.tracker()).isHidden();
  }

  private boolean running() {
    return firm.owner().get("/timers/running").expect(200).path("timer").isObject();
  }
}
