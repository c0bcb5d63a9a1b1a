package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkflowTest {
  @TempDir private Path folder;

  @Test
  void aSequencePassesOutputsOnAndTellsItsHistory() throws Exception {
    String states =
        TestWorkflow.task(
                "First", "\"Output\": \"{% $states.result.Payload %}\", \"Next\": \"Second\"")
            + ", \"Second\": {\"Type\": \"Succeed\"}";
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states)
            .with("Known", event -> JsonValues.object().put("heard", event.get("said").asText()))
            .start("one", "{\"said\": \"hello\"}")) {
      assertThat(workflow.output("one")).isEqualTo(TestWorkflow.read("{\"heard\": \"hello\"}"));
      assertThat(workflow.history("one"))
          .containsExactly(
              "ExecutionStarted",
              "First TaskStateEntered",
              "First TaskScheduled",
              "First TaskStarted",
              "First TaskSucceeded",
              "First TaskStateExited",
              "Second SucceedStateEntered",
              "Second SucceedStateExited",
              "ExecutionSucceeded");
      assertThat(workflow.statuses()).containsExactly("RUNNING", "SUCCEEDED");
      assertThat(workflow.clock.waiting()).isZero();
    }
  }

  @Test
  void theResultOfAFunctionIsItsPayloadAndHowItWasCalled() {
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, TestWorkflow.task("First", "\"End\": true"))
            .with("Known", event -> JsonValues.object().put("done", true))
            .start("one", "{}")) {
      assertThat(workflow.output("one"))
          .isEqualTo(
              TestWorkflow.read(
                  """
                  {"ExecutedVersion": "$LATEST", "Payload": {"done": true}, "StatusCode": 200}
                  """));
    }
  }

  @Test
  void aChoiceTakesTheFirstRuleThatHoldsElseItsDefault() {
    String states =
        """
        "First": {"Type": "Choice", "Choices": [
            {"Condition": "{% $states.input.n > 10 %}", "Next": "Many",
              "Output": {"n": "{% $states.input.n * 2 %}"}, "Assign": {"kind": "many"}},
            {"Condition": "{% $states.input.n > 5 %}", "Next": "Some"}],
          "Default": "Few", "Assign": {"kind": "few"}, "Output": "few"},
        "Many": {"Type": "Pass", "Output": ["{% $kind %}", "{% $states.input.n %}"], "End": true},
        "Some": {"Type": "Succeed"},
        "Few": {"Type": "Pass", "Output": ["{% $kind %}", "{% $states.input %}"], "End": true}
        """;
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states)
            .start("many", "{\"n\": 11}")
            .start("some", "{\"n\": 7}")
            .start("few", "{\"n\": 1}")) {
      assertThat(workflow.output("many")).isEqualTo(TestWorkflow.read("[\"many\", 22]"));
      assertThat(workflow.output("some")).isEqualTo(TestWorkflow.read("{\"n\": 7}"));
      assertThat(workflow.output("few")).isEqualTo(TestWorkflow.read("[\"few\", \"few\"]"));
    }
  }

  @Test
  void aChoiceWithoutAnyWayFails() {
    String states =
        """
        "First": {"Type": "Choice",
          "Choices": [{"Condition": "{% $states.input.go %}", "Next": "Done"}]},
        "Done": {"Type": "Succeed"}
        """;
    try (TestWorkflow workflow = TestWorkflow.of(folder, states).start("one", "{\"go\": false}")) {
      assertThat(workflow.describe("one").get("error").asText())
          .isEqualTo("States.NoChoiceMatched");
    }
  }

  @Test
  void assignedVariablesAreSeenFromTheNextStateOn() {
    String states =
        """
        "First": {"Type": "Pass", "Assign": {"n": 1}, "Next": "Second"},
        "Second": {"Type": "Pass", "Assign": {"n": "{% $n + 1 %}", "before": "{% $n %}"},
          "Output": "{% $n %}", "Next": "Third"},
        "Third": {"Type": "Pass", "Output": ["{% $states.input %}", "{% $n %}", "{% $before %}"],
          "End": true}
        """;
    try (TestWorkflow workflow = TestWorkflow.of(folder, states).start("one", "{}")) {
      assertThat(workflow.output("one")).isEqualTo(TestWorkflow.read("[1, 2, 1]"));
    }
  }

  @Test
  void anUndefinedResultFailsTheExecution() {
    String states =
        "\"First\": {\"Type\": \"Pass\", \"Output\": \"{% $states.input.none %}\", \"End\": true}";
    try (TestWorkflow workflow = TestWorkflow.of(folder, states).start("one", "{}")) {
      assertThat(workflow.status("one")).isEqualTo("FAILED");
      assertThat(workflow.describe("one").get("error").asText())
          .isEqualTo("States.QueryEvaluationError");
      assertThat(workflow.describe("one").get("cause").asText())
          .contains("'$states.input.none'", "'Output'", "returned nothing (undefined)");
    }
  }

  @Test
  void aFailStateNamesErrorAndCauseInTheEventToo() {
    String states =
        """
        "First": {"Type": "Fail", "Error": "{% $states.input.e %}", "Cause": "Because"}
        """;
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states).start("one", "{\"e\": \"Broken\"}")) {
      assertThat(workflow.events.getLast())
          .isEqualTo(
              TestWorkflow.read(
                  """
                  {"executionArn": "%sone", "stateMachineArn": "%s", "name": "one",
                   "status": "FAILED", "startDate": 1795338000250, "stopDate": 1795338000250,
                   "input": "{\\"e\\": \\"Broken\\"}", "inputDetails": {"included": true},
                   "output": null, "outputDetails": null, "error": "Broken", "cause": "Because"}
                  """
                      .formatted(TestWorkflow.EXECUTION, TestWorkflow.MACHINE)));
    }
  }

  @Test
  void waitsEndWhenTheirTimeHasComeAndHoldNothing() throws Exception {
    String states =
        """
        "First": {"Type": "Wait", "Seconds": "{% $states.input.s %}", "Next": "Second"},
        "Second": {"Type": "Wait", "Timestamp": "2026-11-22T10:00:00Z", "Next": "Third"},
        "Third": {"Type": "Pass", "Output": "{% $states.context.State.EnteredTime %}", "End": true}
        """;
    try (TestWorkflow workflow = TestWorkflow.of(folder, states).start("one", "{\"s\": 60}")) {
      workflow.clock.advance(Duration.ofSeconds(59));
      assertThat(workflow.history("one")).doesNotContain("First WaitStateExited");
      workflow.clock.advance(Duration.ofSeconds(1));
      assertThat(workflow.history("one"))
          .contains("First WaitStateExited", "Second WaitStateEntered");
      workflow.clock.advance(Duration.ofHours(2));
      assertThat(Instant.parse(workflow.output("one").asText()))
          .isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
    }
  }

  @Test
  void theContextTellsExecutionStateAndMachine() {
    String states =
        """
        "First": {"Type": "Pass", "Output": "{% $states.context %}", "End": true}
        """;
    try (TestWorkflow workflow = TestWorkflow.of(folder, states).start("one", "{\"a\": 1}")) {
      assertThat(workflow.output("one"))
          .isEqualTo(
              TestWorkflow.read(
                  """
                  {"Execution": {"Id": "%sone", "Name": "one",
                     "StartTime": "2026-11-22T09:00:00.250Z", "Input": {"a": 1}},
                   "State": {"Name": "First", "EnteredTime": "2026-11-22T09:00:00.250Z",
                     "RetryCount": 0},
                   "StateMachine": {"Id": "%s", "Name": "example"}}
                  """
                      .formatted(TestWorkflow.EXECUTION, TestWorkflow.MACHINE)));
    }
  }

  @Test
  void aFunctionThatTheMachinesRoleDoesNotGrantIsNotCalled() {
    String states =
        """
        "First": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
          "Arguments": {"FunctionName": "Other"}, "End": true}
        """;
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states)
            .with(
                "Other",
                event -> {
                  throw new AssertionError("called");
                })
            .start("one", "{}")) {
      assertThat(workflow.describe("one").get("error").asText())
          .isEqualTo("Lambda.AWSLambdaException");
      assertThat(workflow.describe("one").get("cause").asText())
          .contains(
              "not authorized to perform: lambda:InvokeFunction on resource:"
                  + " arn:aws:lambda:eu-central-1:000000000000:function:Other");
    }
  }

  @Test
  void anEndlessLoopEndsAtTheLongestHistory() {
    String states =
        """
        "First": {"Type": "Choice",
          "Choices": [{"Condition": "{% true %}", "Next": "First"}]}
        """;
    try (TestWorkflow workflow = TestWorkflow.of(folder, states).start("one", "{}")) {
      assertThat(workflow.describe("one").get("error").asText()).isEqualTo("States.Runtime");
    }
  }
}
