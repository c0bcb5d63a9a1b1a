package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.aws.RequiredPermission;
import dev.clockbill.local.http.Response;
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
        .put("stateMachineArn", TestWorkflow.MACHINE)
        .put("name", name)
        .put("input", input);
  }

  private static ObjectNode execution(String name) {
    return JsonValues.object().put("executionArn", TestWorkflow.EXECUTION + name);
  }

  @Test
  void startingTwiceWithTheSameInputStartsOnce() {
    try (TestWorkflow workflow = TestWorkflow.of(folder, WAITING)) {
      Response first = workflow.call("StartExecution", starting("one", "{\"a\":1}"));
      workflow.clock.advance(Duration.ofMinutes(1));
      Response second = workflow.call("StartExecution", starting("one", "{\"a\":1}"));
      assertThat(TestWorkflow.text(second)).isEqualTo(TestWorkflow.text(first));
      assertThat(TestWorkflow.read(TestWorkflow.text(first)))
          .isEqualTo(
              TestWorkflow.read(
                  "{\"executionArn\": \"%sone\", \"startDate\": 1795338000.250}"
                      .formatted(TestWorkflow.EXECUTION)));
      assertThat(workflow.statuses()).containsExactly("RUNNING");
    }
  }

  @Test
  void aUsedNameIsRefusedForOtherInputAndAfterTheEnd() {
    try (TestWorkflow workflow = TestWorkflow.of(folder, WAITING).start("one", "{}")) {
      assertThat(TestWorkflow.code(workflow.call("StartExecution", starting("one", "{\"a\":2}"))))
          .isEqualTo("ExecutionAlreadyExists");
      workflow.clock.advance(Duration.ofHours(1));
      assertThat(workflow.status("one")).isEqualTo("SUCCEEDED");
      assertThat(TestWorkflow.code(workflow.call("StartExecution", starting("one", "{}"))))
          .isEqualTo("ExecutionAlreadyExists");
      workflow.clock.advance(Duration.ofDays(90));
      assertThat(workflow.call("StartExecution", starting("one", "{}")).status()).isEqualTo(200);
    }
  }

  @Test
  void namesInputsAndArnsThatCannotBeAreRefusedByName() {
    try (TestWorkflow workflow = TestWorkflow.of(folder, WAITING)) {
      for (String name : new String[] {"", "a b", "a/b", "a#b", "x".repeat(81)}) {
        assertThat(TestWorkflow.code(workflow.call("StartExecution", starting(name, "{}"))))
            .isEqualTo("InvalidName");
      }
      assertThat(TestWorkflow.code(workflow.call("StartExecution", starting("one", "{"))))
          .isEqualTo("InvalidExecutionInput");
      assertThat(
              TestWorkflow.code(
                  workflow.call(
                      "StartExecution",
                      starting("one", "{}").put("stateMachineArn", TestWorkflow.MACHINE + "x"))))
          .isEqualTo("StateMachineDoesNotExist");
      assertThat(TestWorkflow.code(workflow.call("StartExecution", JsonValues.object())))
          .isEqualTo("ValidationException");
      for (String operation : new String[] {"DescribeExecution", "StopExecution"}) {
        assertThat(TestWorkflow.code(workflow.call(operation, execution("none"))))
            .isEqualTo("ExecutionDoesNotExist");
      }
      assertThat(workflow.events).isEmpty();
    }
  }

  @Test
  void aStoppedExecutionIsAbortedAndItsWaitTakenBack() throws Exception {
    try (TestWorkflow workflow = TestWorkflow.of(folder, WAITING).start("one", "{}")) {
      workflow.call("StopExecution", execution("one").put("error", "Void").put("cause", "Voided"));
      assertThat(workflow.describe("one").get("status").asText()).isEqualTo("ABORTED");
      assertThat(workflow.describe("one").get("error").asText()).isEqualTo("Void");
      assertThat(workflow.history("one")).endsWith("First WaitStateEntered", "ExecutionAborted");
      assertThat(workflow.clock.waiting()).isZero();
      assertThat(workflow.events.getLast().get("status").asText()).isEqualTo("ABORTED");
      assertThat(workflow.events.getLast().has("error")).isFalse();
      assertThat(workflow.call("StopExecution", execution("one")).status()).isEqualTo(200);
      assertThat(workflow.statuses()).containsExactly("RUNNING", "ABORTED");
    }
  }

  @Test
  void anExecutionThatTakesTooLongEndsAsTimedOut() throws Exception {
    String definition =
        "{\"TimeoutSeconds\": 60, " + TestWorkflow.definition(WAITING).substring("{".length());
    try (TestWorkflow workflow = TestWorkflow.defined(folder, definition).start("one", "{}")) {
      workflow.clock.advance(Duration.ofSeconds(60));
      assertThat(workflow.history("one")).endsWith("First WaitStateEntered", "ExecutionTimedOut");
      assertThat(workflow.statuses()).containsExactly("RUNNING", "TIMED_OUT");
      assertThat(workflow.clock.waiting()).isZero();
    }
  }

  @Test
  void whatARestartInterruptsEndsAsAbortedWithItsEvent() throws Exception {
    TestWorkflow workflow = TestWorkflow.of(folder, WAITING).start("done", "{}");
    workflow.clock.advance(Duration.ofHours(1));
    workflow.start("waiting", "{\"a\": 1}");
    try (TestWorkflow again = workflow.restarted()) {
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
    TestWorkflow workflow = TestWorkflow.of(folder, WAITING).start("one", "{}");
    try (TestWorkflow again = workflow.restarted()) {
      assertThat(again.call("StopExecution", execution("one")).status()).isEqualTo(200);
      again.machines.abortInterrupted();
      assertThat(again.statuses()).containsExactly("ABORTED");
    }
  }

  @Test
  void executionsAreListedNewestFirstPageByPage() {
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, WAITING).start("a", "{}").start("b", "{}").start("c", "{}")) {
      workflow.call("StopExecution", execution("b"));
      ObjectNode request = JsonValues.object().put("stateMachineArn", TestWorkflow.MACHINE);
      JsonNode first =
          TestWorkflow.read(
              TestWorkflow.text(workflow.call("ListExecutions", request.put("maxResults", 2))));
      assertThat(first.get("executions").findValuesAsText("name")).containsExactly("c", "b");
      JsonNode second =
          TestWorkflow.read(
              TestWorkflow.text(
                  workflow.call(
                      "ListExecutions",
                      request.put("nextToken", first.get("nextToken").textValue()))));
      assertThat(second.get("executions").findValuesAsText("name")).containsExactly("a");
      assertThat(second.has("nextToken")).isFalse();
      request.remove("nextToken");
      JsonNode running =
          TestWorkflow.read(
              TestWorkflow.text(
                  workflow.call("ListExecutions", request.put("statusFilter", "RUNNING"))));
      assertThat(running.get("executions").findValuesAsText("name")).containsExactly("c", "a");
    }
  }

  @Test
  void theStacksOwnListSaysWhatTheContractSays() throws Exception {
    try (TestWorkflow workflow = TestWorkflow.of(folder, WAITING).start("one", "{\"a\": 1}")) {
      assertThat(workflow.local("GET", "/_local/executions"))
          .isEqualTo(
              TestWorkflow.read(
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
    try (TestWorkflow workflow = TestWorkflow.of(folder, WAITING).start("one", "{}")) {
      assertThat(workflow.control("POST", "/_local/executions/none/abort").status()).isEqualTo(404);
      Response aborted = workflow.control("POST", "/_local/executions/one/abort");
      assertThat(aborted.status()).isEqualTo(200);
      assertThat(TestWorkflow.text(aborted)).isEqualTo("{}");
      assertThat(workflow.status("one")).isEqualTo("ABORTED");
      assertThat(workflow.control("POST", "/_local/executions/one/abort").status()).isEqualTo(409);
    }
  }

  @Test
  void eachActionNeedsItsResource() {
    try (TestWorkflow workflow = TestWorkflow.of(folder, WAITING)) {
      assertThat(
              workflow.machines.needs(
                  TestWorkflow.awsCall("StartExecution", starting("one", "{}"))))
          .containsExactly(RequiredPermission.of("states:StartExecution", TestWorkflow.MACHINE));
      assertThat(workflow.machines.needs(TestWorkflow.awsCall("StopExecution", execution("one"))))
          .containsExactly(
              RequiredPermission.of("states:StopExecution", TestWorkflow.EXECUTION + "one"));
      assertThat(
              workflow.machines.needs(TestWorkflow.awsCall("DescribeExecution", execution("one"))))
          .containsExactly(
              RequiredPermission.of("states:DescribeExecution", TestWorkflow.EXECUTION + "one"));
    }
  }
}
