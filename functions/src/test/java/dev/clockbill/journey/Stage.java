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
import java.util.Optional;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Where a journey happens: a stage that is up somewhere, or the laptop's stack.
 *
 * <p>{@code -Dclockbill.base=} gives the address of one that is up. Without one it is the test
 * class's own stack. Where a stage has none of the laptop's controls, these take their place, and
 * the steps that need what is not there are left out, saying so:
 *
 * <ul>
 *   <li>{@code -Dclockbill.token=}: the ID token of an owner;
 *   <li>{@code -Dclockbill.mails=}: an address that answers with the mails that the stage sent,
 *       newest first, in the shape of {@code GET /_local/mails};
 *   <li>{@code -Dclockbill.workflow=}: the ARN of its state machine, whose executions are asked of
 *       AWS with the credentials, and at the {@code AWS_ENDPOINT_URL}, of the environment.
 * </ul>
 */
final class Stage {
  private static final String STAND_IN = "/_processor/";

  private final String base;
  private final boolean controls;

  private Stage(String base) {
    this.base = base;
    this.controls = Api.at(base).post("/_local/clock", "{}").status() == 200;
  }

  static Stage open() {
    return new Stage(given("base").orElseGet(() -> Laptop.api().base()).replaceAll("/$", ""));
  }

  /** Calls of somebody without a login. */
  Api nobody() {
    return Api.at(base);
  }

  /** A firm to work in: a fresh one, or that of the token. */
  TestFirm firm() {
    Optional<String> token = given("token");
    if (token.isPresent()) {
      Api owner = nobody().as(token.get());
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

  /** Leaves the test out where nobody can read the mails of the stage. */
  void needsMails() {
    assumeTrue(hasMails(), "left out: -Dclockbill.mails= says where " + base + " shows its mails");
  }

  boolean hasMails() {
    return controls || given("mails").isPresent();
  }

  /** The mails of one kind that were sent to an address, newest first. */
  List<JsonNode> mails(String kind, String to) {
    needsMails();
    String address = controls ? "/_local/mails" : given("mails").orElseThrow();
    return StreamSupport.stream(
            nobody().get(address).expect(200).path("mails").spliterator(), false)
        .filter(mail -> mail.path("tags").path("kind").asText().equals(kind))
        .filter(mail -> mail.path("to").path(0).asText().contains(to))
        .toList();
  }

  /**
   * The status of an execution, such as {@code RUNNING}; leaves the test out where it cannot be
   * asked.
   */
  String execution(String name) {
    if (controls) {
      return StreamSupport.stream(
              nobody().get("/_local/executions").expect(200).path("executions").spliterator(),
              false)
          .filter(each -> each.path("name").asText().equals(name))
          .findFirst()
          .orElseThrow()
          .path("status")
          .asText();
    }
    Optional<String> workflow = given("workflow");
    assumeTrue(workflow.isPresent(), "left out: -Dclockbill.workflow= is the state machine's ARN");
    String arn = workflow.get().replace(":stateMachine:", ":execution:") + ":" + name;
    try (SfnClient states = SfnClient.builder().region(Region.of(arn.split(":")[3])).build()) {
      return states.describeExecution(asked -> asked.executionArn(arn)).statusAsString();
    }
  }

  /** Leaves the test out where a checkout is the processor's own page, which takes real money. */
  void needsStandIn(String checkout) {
    assumeTrue(checkout.contains(STAND_IN), "left out: " + checkout + " is not the stand-in's");
  }

  private static Optional<String> given(String property) {
    return Optional.ofNullable(System.getProperty("clockbill." + property))
        .filter(value -> !value.isEmpty());
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
