package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api.Answer;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.StoppedClock;
import dev.clockbill.TestFirm;
import dev.clockbill.local.aws.UsedGrants.Use;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every AWS call between Stop and the draft that waits for approval fails, before or after it took
 * effect: there is one entry and one draft all the same.
 *
 * <p>A call that fails once is repeated by the SDK, one that fails {@value #STUBBORN} times fails
 * the function, and then the client, the workflow or the schedule has to repeat it. It belongs to
 * the long form of {@link EveryCallFailsTest}, which has the same calls fail together.
 */
@StoppedClock
@Tag("faults")
@EnabledIfSystemProperty(named = "long.form", matches = "true")
class StopToDraftFaultTest {
  private static final int STUBBORN = 5;
  private static final Set<String> ON_THE_WAY =
      Set.of("StopTimer", "DraftInvoice", "AwaitApproval");

  private final TestFirm firm = Laptop.firm();

  /** A way in which one call fails. */
  record Fault(String function, String service, String operation, String when, int times) {}

  /** The calls as a run without faults makes them. */
  static List<Fault> faults() {
    return calls()
        .flatMap(
            call ->
                Stream.of("before", "after")
                    .flatMap(
                        when ->
                            Stream.of(1, STUBBORN)
                                .map(
                                    times ->
                                        new Fault(
                                            call.function(),
                                            call.service(),
                                            call.operation(),
                                            when,
                                            times))))
        .toList();
  }

  private static Stream<Use> calls() {
    TestFirm firm = Laptop.firm();
    Stage.invoiceOf(firm, track(firm).path("timeEntryId").asText());
    Laptop.settle();
    return Laptop.stack().used().uses().stream()
        .filter(use -> ON_THE_WAY.contains(use.function()))
        .map(use -> new Use(use.function(), use.service(), use.operation(), ""))
        .distinct()
        .sorted();
  }

  @Test
  void allThreeFunctionsAreAskedForFaults() {
    assertThat(faults()).extracting(Fault::function).containsAll(ON_THE_WAY);
    assertThat(faults())
        .contains(
            new Fault("StopTimer", "dynamodb", "TransactWriteItems", "after", 1),
            new Fault("StopTimer", "states", "StartExecution", "before", STUBBORN));
  }

  @AfterEach
  void letTimeRun() {
    Laptop.settle();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void thereIsOneEntryAndOneDraft(Fault fault) {
    String customer = firm.customer("Faulty " + fault.operation());
    String timer = firm.start(customer, firm.service("Payroll", 6_000));
    fault(fault, fault.times());
    try {
      Answer stopped =
          Eventually.get(
              "an answer to Stop",
              () -> firm.owner().post("/timers/" + timer + "/stop"),
              answer -> answer.status() == 200);
      assertThat(stopped.json().path("timeEntry").path("timeEntryId").asText()).isEqualTo(timer);
      // The workflow and the schedule repeat within minutes what nobody repeats at once.
      Laptop.advance("PT20M");
    } finally {
      fault(fault, 0);
    }
    Laptop.advance("PT1H");
    JsonNode entries =
        firm.owner().get("/time-entries?customerId=" + customer).expect(200).path("timeEntries");
    JsonNode invoices =
        firm.owner().get("/invoices?customerId=" + customer).expect(200).path("invoices");
    assertThat(entries).hasSize(1);
    assertThat(invoices).hasSize(1);
    assertThat(invoices.path(0).path("state").asText()).isEqualTo("draft");
    assertThat(entries.path(0).path("invoiceId")).isEqualTo(invoices.path(0).path("invoiceId"));
    firm.owner()
        .post("/invoices/" + invoices.path(0).path("invoiceId").asText() + "/send")
        .expect(202);
    Stage.invoice(firm, invoices.path(0).path("invoiceId").asText(), "sent");
  }

  private static JsonNode track(TestFirm firm) {
    return firm.stop(firm.start(firm.customer("Sound"), firm.service("Payroll", 6_000)));
  }

  private static void fault(Fault fault, int times) {
    Laptop.fault(fault.function(), fault.service(), fault.operation(), fault.when(), times);
  }
}
