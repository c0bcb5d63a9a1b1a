package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Api.Answer;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.local.aws.Faults;
import dev.clockbill.local.aws.Faults.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The mail service, the workflow or the processor is away for an hour or a day: what people can do
 * meanwhile, and that everything is done by itself afterwards.
 */
@StoppedClock
class AwayTest {
  private static final int FOR_EVER = 1_000_000;
  private static final Duration HOUR = Duration.ofHours(1);

  /** What waited longest is tried hourly. */
  private static final Duration BY_ITSELF = Duration.ofHours(3);

  private Bench bench;
  private TestFirm firm;
  private Api owner;
  private String service;

  @BeforeEach
  void makeAFirm() {
    bench = Bench.ofClass();
    firm = bench.firm(Api.json("payments", "ready"));
    owner = firm.owner();
    service = firm.service("Advice", 24_000);
  }

  @AfterEach
  void close() {
    bench.faults().clear();
    bench.close();
  }

  private void away(String which) {
    bench.faults().add(new Call(Faults.ANY, which, Faults.ANY), "before", "error", FOR_EVER);
  }

  /** Lets the outage last; schedules run in its first and in its last hour. */
  private void last(Duration time) {
    bench.pass(HOUR);
    Duration left = time.minus(HOUR).minus(HOUR);
    if (left.isPositive()) {
      bench.passAsleep(left);
      bench.pass(HOUR);
    }
  }

  private void back() {
    bench.faults().clear();
    bench.pass(BY_ITSELF);
    assertThat(Books.audit(bench.look(), firm.firmId(), owner)).isEmpty();
  }

  private String stopped(String customer) {
    String timer = firm.start(firm.customer(customer), service);
    bench.pass(HOUR);
    firm.stop(timer);
    bench.pass(Duration.ZERO);
    return timer;
  }

  private JsonNode entry(String timer) {
    return owner.get("/time-entries/" + timer).expect(200);
  }

  private String draft(String customer) {
    return entry(stopped(customer)).path("invoiceId").asText();
  }

  private JsonNode invoice(String id) {
    return firm.invoice(id);
  }

  private String state(String id) {
    return invoice(id).path("state").asText();
  }

  private void send(String id) {
    owner.post("/invoices/" + id + "/send", "{}").expect(202);
    bench.pass(Duration.ZERO);
  }

  private Answer checkout(String id) {
    return bench.api().post(invoice(id).path("payUrl").asText() + "/checkout");
  }

  private void pay(String checkout) {
    bench.api().post(checkout, Api.json("outcome", "paid")).expect(200);
    bench.pass(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT24H"})
  void withoutTheMailServiceEverythingGoesOnAndTheMailsFollowOnce(Duration time) {
    String paid = draft("Ada");
    send(paid);
    String checkout = checkout(paid).header("location").orElseThrow();
    String waiting = draft("Ben");
    away("ses");
    send(waiting);
    pay(checkout);
    String timed = stopped("Cy");
    assertThat(entry(timed).path("invoiceId").isNull()).isFalse();
    assertThat(state(paid)).isEqualTo("paid");
    assertThat(state(waiting)).isEqualTo("sending");
    assertThat(invoice(waiting).path("number").isNull()).isFalse();
    last(time);
    assertThat(state(waiting)).isEqualTo("sending");
    assertThat(bench.mails("receipt", paid)).isEmpty();
    back();
    assertThat(state(waiting)).isEqualTo("sent");
    assertThat(bench.mails("invoice", waiting)).hasSize(1);
    assertThat(bench.mails("receipt", paid)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT24H"})
  void withoutTheWorkflowTimeIsKeptMoneyIsBookedAndTheRestFollows(Duration time) {
    String paid = draft("Ada");
    send(paid);
    String checkout = checkout(paid).header("location").orElseThrow();
    String waiting = draft("Ben");
    String ended = draft("Dee");
    away("states");
    String timed = stopped("Cy");
    assertThat(entry(timed).path("measuredSeconds").asLong()).isEqualTo(3_600);
    assertThat(entry(timed).path("invoiceId").isNull()).isTrue();
    send(waiting);
    assertThat(state(waiting)).isEqualTo("sending");
    pay(checkout);
    assertThat(state(paid)).isEqualTo("paid");
    assertThat(owner.delete("/invoices/" + ended).status()).isEqualTo(204);
    last(time);
    back();
    assertThat(state(entry(timed).path("invoiceId").asText())).isEqualTo("draft");
    assertThat(state(waiting)).isEqualTo("sent");
    assertThat(bench.mails("invoice", waiting)).hasSize(1);
    assertThat(bench.mails("receipt", paid)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT24H"})
  void withoutTheProcessorThePayPageSaysSoAndPayingWorksAfterwards(Duration time) {
    String open = draft("Ada");
    send(open);
    String ended = draft("Ben");
    send(ended);
    String endedCheckout = checkout(ended).header("location").orElseThrow();
    String session = endedCheckout.replaceAll(".*/", "");
    away("processor");
    Answer pressed = checkout(open);
    assertThat(pressed.status()).isEqualTo(503);
    assertThat(pressed.body()).contains("<html");
    assertThat(bench.api().get(invoice(open).path("payUrl").asText()).status()).isEqualTo(200);
    owner.post("/invoices/" + ended + "/void", "{}").expect(200);
    bench.pass(Duration.ZERO);
    assertThat(sessions(session)).containsExactly("open");
    last(time);
    assertThat(checkout(open).status()).isEqualTo(503);
    back();
    assertThat(sessions(session)).containsExactly("expired");
    pay(checkout(open).header("location").orElseThrow());
    assertThat(state(open)).isEqualTo("paid");
    assertThat(bench.mails("receipt", open)).hasSize(1);
  }

  @Test
  void newsOfAMailComesAgainUntilItIsRecorded() {
    String sent = draft("Ada");
    send(sent);
    bench
        .faults()
        .add(new Call("RecordDelivery", "dynamodb", Faults.ANY), "before", "error", FOR_EVER);
    String mail = bench.mails("invoice", sent).getFirst().path("id").asText();
    bench.api().post("/_local/mails/" + mail + "/bounce", "{}").expect(200);
    last(Duration.ofHours(1));
    assertThat(invoice(sent).at("/delivery/status").asText()).isEqualTo("delivered");
    back();
    assertThat(invoice(sent).at("/delivery/status").asText()).isEqualTo("bounced");
    assertThat(bench.mails("ownerNotice", sent)).hasSize(1);
  }

  private List<String> sessions(String id) {
    return bench.checkouts().stream()
        .filter(session -> session.path("sessionId").asText().equals(id))
        .map(session -> session.path("status").asText())
        .toList();
  }
}
