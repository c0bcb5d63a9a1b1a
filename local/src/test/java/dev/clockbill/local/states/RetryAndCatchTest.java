package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.lambda.FunctionFailed;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetryAndCatchTest {
  private static final String REFUSED = "dev.example.Outbox$MailRefused";

  @TempDir private Path folder;

  private static TestWorkflow.Body failing(String error) {
    return event -> {
      throw new FunctionFailed(error, "no way", null);
    };
  }

  @Test
  void retriesWaitLongerEachTimeUpToTheLongestDelay() {
    String retry =
        """
        "Retry": [{"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 2, "BackoffRate": 2.5,
          "MaxAttempts": 3, "MaxDelaySeconds": 10}], "End": true
        """;
    List<Instant> calls = new ArrayList<>();
    try (TestWorkflow workflow = TestWorkflow.of(folder, TestWorkflow.task("First", retry))) {
      workflow.with(
          "Known",
          event -> {
            calls.add(workflow.clock.instant());
            throw new FunctionFailed("Broken", "no way", null);
          });
      workflow.start("one", "{}").clock.advance(Duration.ofHours(1));
      assertThat(
              calls.stream()
                  .map(request -> Duration.between(calls.getFirst(), request).toSeconds()))
          .containsExactly(0L, 2L, 7L, 17L);
      assertThat(workflow.describe("one").get("error").asText()).isEqualTo("Broken");
      assertThat(TestWorkflow.read(workflow.describe("one").get("cause").asText()))
          .isEqualTo(
              TestWorkflow.read("{\"errorMessage\": \"no way\", \"errorType\": \"Broken\"}"));
    }
  }

  @Test
  void fullJitterDrawsEachDelayFromItsWholeLength() {
    Retrier retrier =
        new Retrier(
            List.of("States.ALL"),
            Duration.ofSeconds(8),
            3,
            BigDecimal.TWO,
            Optional.of(Duration.ofSeconds(20)),
            true);
    Random random = new Random(7);
    List<Duration> first = new ArrayList<>();
    List<Duration> third = new ArrayList<>();
    for (int draw = 0; draw < 1000; draw++) {
      first.add(retrier.delay(0, random));
      third.add(retrier.delay(2, random));
    }
    assertThat(first).allMatch(delay -> delay.compareTo(Duration.ofSeconds(8)) <= 0);
    assertThat(first).anyMatch(delay -> delay.compareTo(Duration.ofSeconds(1)) < 0);
    assertThat(first).anyMatch(delay -> delay.compareTo(Duration.ofSeconds(7)) > 0);
    assertThat(third).allMatch(delay -> delay.compareTo(Duration.ofSeconds(20)) <= 0);
    assertThat(third).anyMatch(delay -> delay.compareTo(Duration.ofSeconds(16)) > 0);
  }

  @Test
  void theRetryCountIsSeenAndASuccessEndsTheRetrying() {
    String states =
        """
        "First": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
          "Arguments": {"FunctionName": "Known",
            "Payload": "{% $states.context.State.RetryCount %}"},
          "Retry": [{"ErrorEquals": ["Broken"]}],
          "Output": "{% $states.result.Payload %}", "End": true}
        """;
    TestWorkflow.Body thirdTime =
        event -> {
          if (event.asInt() < 2) {
            throw new FunctionFailed("Broken", null, null);
          }
          return event;
        };
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states).with("Known", thirdTime).start("one", "{}")) {
      workflow.clock.advance(Duration.ofMinutes(1));
      assertThat(workflow.output("one").asInt()).isEqualTo(2);
    }
  }

  @Test
  void theFirstRetrierThatNamesTheErrorDecidesAloneEvenWithNoAttempts() {
    String more =
        """
        "Retry": [{"ErrorEquals": ["dev.example.Outbox$MailRefused"], "MaxAttempts": 0},
          {"ErrorEquals": ["States.ALL"]}],
        "Catch": [{"ErrorEquals": ["dev.example.Outbox$MailRefused"], "Next": "Refused",
            "Assign": {"why": "{% $states.errorOutput.Error %}"}},
          {"ErrorEquals": ["States.ALL"], "Next": "GiveUp"}],
        "Next": "Done"
        """;
    String states =
        TestWorkflow.task("First", more)
            + """
            , "Refused": {"Type": "Pass", "Output": ["{% $why %}", "{% $states.input %}"],
              "End": true},
            "GiveUp": {"Type": "Fail"}, "Done": {"Type": "Succeed"}
            """;
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states).with("Known", failing(REFUSED)).start("one", "{}")) {
      JsonNode output = workflow.output("one");
      assertThat(output.get(0).asText()).isEqualTo(REFUSED);
      assertThat(output.get(1).get("Error").asText()).isEqualTo(REFUSED);
      assertThat(TestWorkflow.read(output.get(1).get("Cause").asText()).get("errorType").asText())
          .isEqualTo(REFUSED);
    }
  }

  @Test
  void aFunctionThatTakesTooLongIsNotHeardAnyMore() throws Exception {
    String more =
        """
        "TimeoutSeconds": 30, "Catch": [
          {"ErrorEquals": ["States.TaskFailed"], "Next": "Done"},
          {"ErrorEquals": ["States.Timeout"], "Output": "late", "Next": "Done"}],
        "Next": "Done"
        """;
    String states = TestWorkflow.task("First", more) + ", \"Done\": {\"Type\": \"Succeed\"}";
    try (TestWorkflow workflow = TestWorkflow.of(folder, states)) {
      workflow.with(
          "Known",
          event -> {
            workflow.clock.advance(Duration.ofMinutes(1));
            return event;
          });
      workflow.start("one", "{}");
      assertThat(workflow.output("one").asText()).isEqualTo("late");
      assertThat(workflow.history("one"))
          .contains("First TaskTimedOut")
          .doesNotContain("First TaskSucceeded");
    }
  }

  @Test
  void anErrorThatNobodyCatchesEndsTheExecution() throws Exception {
    String more =
        """
        "Catch": [{"ErrorEquals": ["Another"], "Next": "Done"}], "Next": "Done"
        """;
    String states = TestWorkflow.task("First", more) + ", \"Done\": {\"Type\": \"Succeed\"}";
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states).with("Known", failing("Broken")).start("one", "{}")) {
      assertThat(workflow.history("one")).endsWith("First TaskFailed", "ExecutionFailed");
      assertThat(workflow.statuses()).containsExactly("RUNNING", "FAILED");
    }
  }

  @Test
  void anOutputThatCannotBeEvaluatedIsCaughtToo() {
    String more =
        """
        "Output": "{% $states.result.Payload.none %}",
        "Catch": [{"ErrorEquals": ["States.QueryEvaluationError"], "Output": "caught",
          "Next": "Done"}], "Next": "Done"
        """;
    String states = TestWorkflow.task("First", more) + ", \"Done\": {\"Type\": \"Succeed\"}";
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states).with("Known", event -> event).start("one", "{}")) {
      assertThat(workflow.output("one").asText()).isEqualTo("caught");
    }
  }
}
