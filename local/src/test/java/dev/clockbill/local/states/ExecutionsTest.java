package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.Needed;
import dev.clockbill.local.http.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExecutionsTest {
  private static final String WAITING =
      "\"First\": {\"Type\": \"Wait\", \"Seconds\": 3600, \"End\": true}";

  @TempDir private Path folder;

  private static ObjectNode starting(String name, String input) {
    return JsonValues.object()
        .put("stateMachineArn", Bench.MACHINE)
        .put("name", name)
        .put("input", input);
  }

  private static ObjectNode execution(String name) {
    return JsonValues.object().put("executionArn", Bench.EXECUTION + name);
  }

  @Test
  void startingTwiceWithTheSameInputStartsOnce() {
    try (Bench bench = Bench.of(folder, WAITING)) {
      Answer first = bench.call("StartExecution", starting("one", "{\"a\":1}"));
      bench.clock.advance(Duration.ofMinutes(1));
      Answer second = bench.call("StartExecution", starting("one", "{\"a\":1}"));
      assertThat(Bench.text(second)).isEqualTo(Bench.text(first));
      assertThat(Bench.read(Bench.text(first)))
          .isEqualTo(
              Bench.read(
                  "{\"executionArn\": \"%sone\", \"startDate\": 1795338000.250}"
                      .formatted(Bench.EXECUTION)));
      assertThat(bench.statuses()).containsExactly("RUNNING");
    }
  }

  @Test
  void aUsedNameIsRefusedForOtherInputAndAfterTheEnd() {
    try (Bench bench = Bench.of(folder, WAITING).start("one", "{}")) {
      assertThat(Bench.code(bench.call("StartExecution", starting("one", "{\"a\":2}"))))
          .isEqualTo("ExecutionAlreadyExists");
      bench.clock.advance(Duration.ofHours(1));
      assertThat(bench.status("one")).isEqualTo("SUCCEEDED");
      assertThat(Bench.code(bench.call("StartExecution", starting("one", "{}"))))
          .isEqualTo("ExecutionAlreadyExists");
      bench.clock.advance(Duration.ofDays(90));
      assertThat(bench.call("StartExecution", starting("one", "{}")).status()).isEqualTo(200);
    }
  }

  @Test
  void namesInputsAndArnsThatCannotBeAreRefusedByName() {
    try (Bench bench = Bench.of(folder, WAITING)) {
      for (String name : new String[] {"", "a b", "a/b", "a#b", "x".repeat(81)}) {
        assertThat(Bench.code(bench.call("StartExecution", starting(name, "{}"))))
            .isEqualTo("InvalidName");
      }
      assertThat(Bench.code(bench.call("StartExecution", starting("one", "{"))))
          .isEqualTo("InvalidExecutionInput");
      assertThat(
              Bench.code(
                  bench.call(
                      "StartExecution",
                      starting("one", "{}").put("stateMachineArn", Bench.MACHINE + "x"))))
          .isEqualTo("StateMachineDoesNotExist");
      assertThat(Bench.code(bench.call("StartExecution", JsonValues.object())))
          .isEqualTo("ValidationException");
      for (String operation : new String[] {"DescribeExecution", "StopExecution"}) {
        assertThat(Bench.code(bench.call(operation, execution("none"))))
            .isEqualTo("ExecutionDoesNotExist");
      }
      assertThat(bench.events).isEmpty();
    }
  }

  @Test
  void aStoppedExecutionIsAbortedAndItsWaitTakenBack() throws Exception {
    try (Bench bench = Bench.of(folder, WAITING).start("one", "{}")) {
      bench.call("StopExecution", execution("one").put("error", "Void").put("cause", "Voided"));
      assertThat(bench.describe("one").get("status").asText()).isEqualTo("ABORTED");
      assertThat(bench.describe("one").get("error").asText()).isEqualTo("Void");
      assertThat(bench.history("one")).endsWith("First WaitStateEntered", "ExecutionAborted");
      assertThat(bench.clock.waiting()).isZero();
      assertThat(bench.events.getLast().get("status").asText()).isEqualTo("ABORTED");
      assertThat(bench.events.getLast().has("error")).isFalse();
      assertThat(bench.call("StopExecution", execution("one")).status()).isEqualTo(200);
      assertThat(bench.statuses()).containsExactly("RUNNING", "ABORTED");
    }
  }

  @Test
  void anExecutionThatTakesTooLongEndsAsTimedOut() throws Exception {
    String definition =
        "{\"TimeoutSeconds\": 60, " + Bench.definition(WAITING).substring("{".length());
    try (Bench bench = Bench.defined(folder, definition).start("one", "{}")) {
      bench.clock.advance(Duration.ofSeconds(60));
      assertThat(bench.history("one")).endsWith("First WaitStateEntered", "ExecutionTimedOut");
      assertThat(bench.statuses()).containsExactly("RUNNING", "TIMED_OUT");
      assertThat(bench.clock.waiting()).isZero();
    }
  }

  @Test
  void whatARestartInterruptsEndsAsAbortedWithItsEvent() throws Exception {
    Bench bench = Bench.of(folder, WAITING).start("done", "{}");
    bench.clock.advance(Duration.ofHours(1));
    bench.start("waiting", "{\"a\": 1}");
    try (Bench again = bench.restarted()) {
      assertThat(again.status("waiting")).isEqualTo("RUNNING");
      again.start("new", "{}");
      again.machines.abortInterrupted();
      assertThat(again.status("done")).isEqualTo("SUCCEEDED");
      assertThat(again.status("waiting")).isEqualTo("ABORTED");
      assertThat(again.status("new")).isEqualTo("RUNNING");
      JsonNode event = again.events.getLast();
      assertThat(event.get("name").asText()).isEqualTo("waiting");
      assertThat(event.get("status").asText()).isEqualTo("ABORTED");
      assertThat(event.get("input").asText()).isEqualTo("{\"a\": 1}");
      assertThat(again.history("waiting"))
          .containsExactly("ExecutionStarted", "First WaitStateEntered", "ExecutionAborted");
    }
  }

  @Test
  void whatARestartInterruptedCanBeStoppedBeforeThatAndIsToldOnce() {
    Bench bench = Bench.of(folder, WAITING).start("one", "{}");
    try (Bench again = bench.restarted()) {
      assertThat(again.call("StopExecution", execution("one")).status()).isEqualTo(200);
      again.machines.abortInterrupted();
      assertThat(again.statuses()).containsExactly("ABORTED");
    }
  }

  @Test
  void executionsAreListedNewestFirstPageByPage() {
    try (Bench bench =
        Bench.of(folder, WAITING).start("a", "{}").start("b", "{}").start("c", "{}")) {
      bench.call("StopExecution", execution("b"));
      ObjectNode request = JsonValues.object().put("stateMachineArn", Bench.MACHINE);
      JsonNode first =
          Bench.read(Bench.text(bench.call("ListExecutions", request.put("maxResults", 2))));
      assertThat(first.get("executions").findValuesAsText("name")).containsExactly("c", "b");
      JsonNode second =
          Bench.read(
              Bench.text(
                  bench.call(
                      "ListExecutions",
                      request.put("nextToken", first.get("nextToken").textValue()))));
      assertThat(second.get("executions").findValuesAsText("name")).containsExactly("a");
      assertThat(second.has("nextToken")).isFalse();
      request.remove("nextToken");
      JsonNode running =
          Bench.read(
              Bench.text(bench.call("ListExecutions", request.put("statusFilter", "RUNNING"))));
      assertThat(running.get("executions").findValuesAsText("name")).containsExactly("c", "a");
    }
  }

  @Test
  void theStacksOwnListSaysWhatTheContractSays() throws Exception {
    try (Bench bench = Bench.of(folder, WAITING).start("one", "{\"a\": 1}")) {
      assertThat(bench.local("GET", "/_local/executions"))
          .isEqualTo(
              Bench.read(
                  """
                  {"executions": [{"name": "one", "status": "RUNNING",
                    "startedAt": "2026-11-22T09:00:00Z", "input": {"a": 1}, "history": [
                      {"state": null, "event": "ExecutionStarted", "at": "2026-11-22T09:00:00Z"},
                      {"state": "First", "event": "WaitStateEntered",
                       "at": "2026-11-22T09:00:00Z"}]}]}
                  """));
    }
  }

  @Test
  void anExecutionCanBeAbortedByNameOnce() throws Exception {
    try (Bench bench = Bench.of(folder, WAITING).start("one", "{}")) {
      assertThat(bench.control("POST", "/_local/executions/none/abort").status()).isEqualTo(404);
      Answer aborted = bench.control("POST", "/_local/executions/one/abort");
      assertThat(aborted.status()).isEqualTo(200);
      assertThat(Bench.text(aborted)).isEqualTo("{}");
      assertThat(bench.status("one")).isEqualTo("ABORTED");
      assertThat(bench.control("POST", "/_local/executions/one/abort").status()).isEqualTo(409);
    }
  }

  @Test
  void eachActionNeedsItsResource() {
    try (Bench bench = Bench.of(folder, WAITING)) {
      assertThat(bench.machines.needs(Bench.awsCall("StartExecution", starting("one", "{}"))))
          .containsExactly(Needed.of("states:StartExecution", Bench.MACHINE));
      assertThat(bench.machines.needs(Bench.awsCall("StopExecution", execution("one"))))
          .containsExactly(Needed.of("states:StopExecution", Bench.EXECUTION + "one"));
      assertThat(bench.machines.needs(Bench.awsCall("DescribeExecution", execution("one"))))
          .containsExactly(Needed.of("states:DescribeExecution", Bench.EXECUTION + "one"));
    }
  }
}
