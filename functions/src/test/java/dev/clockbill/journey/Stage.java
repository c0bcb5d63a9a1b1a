package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Where a journey happens: a stage that is up somewhere, or the laptop's stack.
 *
 * <p>{@code -Dclockbill.base=} gives the address of one that is up, {@code -Dclockbill.token=} an
 * owner's token there. Without an address it is the test class's own stack. Where a stage has none
 * of the laptop's controls, the steps that need them are left out, saying so.
 */
final class Stage {
  private final String base;
  private final boolean controls;

  private Stage(String base) {
    this.base = base;
    this.controls = Api.at(base).post("/_local/clock", "{}").status() == 200;
  }

  static Stage open() {
    String given = System.getProperty("clockbill.base", "");
    return new Stage(given.isEmpty() ? Laptop.api().base() : given.replaceAll("/$", ""));
  }

  /** Calls of somebody without a login. */
  Api nobody() {
    return Api.at(base);
  }

  /** A firm to work in: a fresh one, or that of the token. */
  TestFirm firm() {
    String token = System.getProperty("clockbill.token", "");
    if (!token.isEmpty()) {
      Api owner = nobody().as(token);
      return new TestFirm(owner.get("/me").expect(200).path("firmId").asText(), List.of(owner));
    }
    needs("POST /_local/firms, or an owner's token as -Dclockbill.token=");
    return TestFirm.at(base);
  }

  /** Leaves the test out, saying what it lacks, where the stage has no controls. */
  void needs(String what) {
    assumeTrue(controls, "left out: " + base + " has no " + what);
  }

  boolean hasControls() {
    return controls;
  }

  /** Stops time between advances, or lets it run. */
  void stopTime(boolean stopped) {
    nobody().post("/_local/clock", Api.json("stopped", stopped)).expect(200);
  }

  /** Moves time on. */
  void pass(Duration time) {
    nobody().post("/_local/clock", Api.json("advance", time.toString())).expect(200);
  }

  /** The mails of one kind that were sent to an address, newest first. */
  List<JsonNode> mails(String kind, String to) {
    needs("GET /_local/mails");
    return StreamSupport.stream(
            nobody().get("/_local/mails").expect(200).path("mails").spliterator(), false)
        .filter(mail -> mail.path("tags").path("kind").asText().equals(kind))
        .filter(mail -> mail.path("to").path(0).asText().contains(to))
        .toList();
  }

  /** The one mail of a kind to an address. */
  JsonNode mail(String kind, String to) {
    List<JsonNode> found =
        Eventually.get(
            "the " + kind + " mail to " + to, () -> mails(kind, to), list -> !list.isEmpty());
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** The invoice that time became, as soon as it has. */
  static String invoiceOf(TestFirm firm, String timeEntryId) {
    return Eventually.get(
            "the draft of " + timeEntryId,
            () -> firm.owner().get("/time-entries/" + timeEntryId).expect(200),
            entry -> !entry.path("invoiceId").isNull())
        .path("invoiceId")
        .asText();
  }

  /** An invoice as soon as it is in a state. */
  static JsonNode invoice(TestFirm firm, String invoiceId, String state) {
    return Eventually.get(
        "the state " + state,
        () -> firm.owner().get("/invoices/" + invoiceId).expect(200),
        invoice -> invoice.path("state").asText().equals(state));
  }
}
