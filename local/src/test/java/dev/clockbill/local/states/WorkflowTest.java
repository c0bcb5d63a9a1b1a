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
        Bench.task("First", "\"Output\": \"{% $states.result.Payload %}\", \"Next\": \"Second\"")
            + ", \"Second\": {\"Type\": \"Succeed\"}";
    try (Bench bench =
        Bench.of(folder, states)
            .with("Known", event -> JsonValues.object().put("heard", event.get("said").asText()))
            .start("one", "{\"said\": \"hello\"}")) {
      assertThat(bench.output("one")).isEqualTo(Bench.read("{\"heard\": \"hello\"}"));
      assertThat(bench.history("one"))
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
      assertThat(bench.statuses()).containsExactly("RUNNING", "SUCCEEDED");
      assertThat(bench.clock.waiting()).isZero();
    }
  }

  @Test
  void theResultOfAFunctionIsItsPayloadAndHowItWasCalled() {
    try (Bench bench =
        Bench.of(folder, Bench.task("First", "\"End\": true"))
            .with("Known", event -> JsonValues.object().put("done", true))
            .start("one", "{}")) {
      assertThat(bench.output("one"))
          .isEqualTo(
              Bench.read(
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
    try (Bench bench =
        Bench.of(folder, states)
            .start("many", "{\"n\": 11}")
            .start("some", "{\"n\": 7}")
            .start("few", "{\"n\": 1}")) {
      assertThat(bench.output("many")).isEqualTo(Bench.read("[\"many\", 22]"));
      assertThat(bench.output("some")).isEqualTo(Bench.read("{\"n\": 7}"));
      assertThat(bench.output("few")).isEqualTo(Bench.read("[\"few\", \"few\"]"));
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
    try (Bench bench = Bench.of(folder, states).start("one", "{\"go\": false}")) {
      assertThat(bench.describe("one").get("error").asText()).isEqualTo("States.NoChoiceMatched");
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
    try (Bench bench = Bench.of(folder, states).start("one", "{}")) {
      assertThat(bench.output("one")).isEqualTo(Bench.read("[1, 2, 1]"));
    }
  }

  @Test
  void anUndefinedResultFailsTheExecution() {
    String states =
        "\"First\": {\"Type\": \"Pass\", \"Output\": \"{% $states.input.none %}\", \"End\": true}";
    try (Bench bench = Bench.of(folder, states).start("one", "{}")) {
      assertThat(bench.status("one")).isEqualTo("FAILED");
      assertThat(bench.describe("one").get("error").asText())
          .isEqualTo("States.QueryEvaluationError");
      assertThat(bench.describe("one").get("cause").asText())
          .contains("'$states.input.none'", "'Output'", "returned nothing (undefined)");
    }
  }

  @Test
  void aFailStateNamesErrorAndCauseInTheEventToo() {
    String states =
        """
        "First": {"Type": "Fail", "Error": "{% $states.input.e %}", "Cause": "Because"}
        """;
    try (Bench bench = Bench.of(folder, states).start("one", "{\"e\": \"Broken\"}")) {
      assertThat(bench.events.getLast())
          .isEqualTo(
              Bench.read(
                  """
                  {"executionArn": "%sone", "stateMachineArn": "%s", "name": "one",
                   "status": "FAILED", "startDate": 1795338000250, "stopDate": 1795338000250,
                   "input": "{\\"e\\": \\"Broken\\"}", "inputDetails": {"included": true},
                   "output": null, "outputDetails": null, "error": "Broken", "cause": "Because"}
                  """
                      .formatted(Bench.EXECUTION, Bench.MACHINE)));
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
    try (Bench bench = Bench.of(folder, states).start("one", "{\"s\": 60}")) {
      bench.clock.advance(Duration.ofSeconds(59));
      assertThat(bench.history("one")).doesNotContain("First WaitStateExited");
      bench.clock.advance(Duration.ofSeconds(1));
      assertThat(bench.history("one")).contains("First WaitStateExited", "Second WaitStateEntered");
      bench.clock.advance(Duration.ofHours(2));
      assertThat(Instant.parse(bench.output("one").asText()))
          .isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
    }
  }

  @Test
  void theContextTellsExecutionStateAndMachine() {
    String states =
        """
        "First": {"Type": "Pass", "Output": "{% $states.context %}", "End": true}
        """;
    try (Bench bench = Bench.of(folder, states).start("one", "{\"a\": 1}")) {
      assertThat(bench.output("one"))
          .isEqualTo(
              Bench.read(
                  """
                  {"Execution": {"Id": "%sone", "Name": "one",
                     "StartTime": "2026-11-22T09:00:00.250Z", "Input": {"a": 1}},
                   "State": {"Name": "First", "EnteredTime": "2026-11-22T09:00:00.250Z",
                     "RetryCount": 0},
                   "StateMachine": {"Id": "%s", "Name": "example"}}
                  """
                      .formatted(Bench.EXECUTION, Bench.MACHINE)));
    }
  }

  @Test
  void aFunctionThatTheMachinesRoleDoesNotGrantIsNotCalled() {
    String states =
        """
        "First": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
          "Arguments": {"FunctionName": "Other"}, "End": true}
        """;
    try (Bench bench =
        Bench.of(folder, states)
            .with(
                "Other",
                event -> {
                  throw new AssertionError("called");
                })
            .start("one", "{}")) {
      assertThat(bench.describe("one").get("error").asText())
          .isEqualTo("Lambda.AWSLambdaException");
      assertThat(bench.describe("one").get("cause").asText())
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
    try (Bench bench = Bench.of(folder, states).start("one", "{}")) {
      assertThat(bench.describe("one").get("error").asText()).isEqualTo("States.Runtime");
    }
  }
}
