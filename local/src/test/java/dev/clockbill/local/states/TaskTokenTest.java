package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.local.aws.RequiredPermission;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.lambda.FunctionFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskTokenTest {
  private static final String STATES =
      TestWorkflow.tokenTask(
              "First",
              """
              "TimeoutSeconds": "{% $states.input.seconds %}", "Next": "Done",
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Done"}]
              """)
          + ", \"Done\": {\"Type\": \"Succeed\"}";

  @TempDir private Path folder;

  private final List<String> tokens = new ArrayList<>();

  private TestWorkflow.Body keeping() {
    return event -> {
      tokens.add(event.get("token").textValue());
      return JsonValues.object().put("ignored", true);
    };
  }

  private TestWorkflow waiting() {
    return TestWorkflow.of(folder, STATES)
        .with("Known", keeping())
        .start("one", "{\"seconds\": 60}");
  }

  private static Response succeed(TestWorkflow workflow, String token, String output) {
    return workflow.call(
        "SendTaskSuccess", JsonValues.object().put("taskToken", token).put("output", output));
  }

  @Test
  void theExecutionWaitsForTheAnswerAndTakesItAsTheResult() throws Exception {
    try (TestWorkflow workflow = waiting()) {
      assertThat(workflow.status("one")).isEqualTo("RUNNING");
      assertThat(workflow.history("one")).endsWith("First TaskSubmitted");
      assertThat(succeed(workflow, tokens.getFirst(), "{\"paid\": true}").status()).isEqualTo(200);
      workflow.clock.settle();
      assertThat(workflow.output("one")).isEqualTo(TestWorkflow.read("{\"paid\": true}"));
      assertThat(workflow.clock.waiting()).isZero();
    }
  }

  @Test
  void anAnswerMayComeBeforeTheFunctionReturns() {
    try (TestWorkflow workflow = TestWorkflow.of(folder, STATES)) {
      workflow.with(
          "Known",
          event -> {
            assertThat(succeed(workflow, event.get("token").textValue(), "\"quick\"").status())
                .isEqualTo(200);
            return event;
          });
      workflow.start("one", "{\"seconds\": 60}");
      assertThat(workflow.output("one").asText()).isEqualTo("quick");
    }
  }

  @Test
  void aFunctionThatThrowsFailsTheTaskAtOnce() {
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, STATES)
            .with(
                "Known",
                event -> {
                  tokens.add(event.get("token").textValue());
                  throw new FunctionFailed("Broken", "no", null);
                })
            .start("one", "{\"seconds\": 60}")) {
      assertThat(workflow.output("one").get("Error").asText()).isEqualTo("Broken");
      assertThat(TestWorkflow.code(succeed(workflow, tokens.getFirst(), "1")))
          .isEqualTo("TaskTimedOut");
    }
  }

  @Test
  void aTokenIsTakenOnce() {
    try (TestWorkflow workflow = waiting()) {
      succeed(workflow, tokens.getFirst(), "1");
      assertThat(TestWorkflow.code(succeed(workflow, tokens.getFirst(), "2")))
          .isEqualTo("TaskTimedOut");
      workflow.clock.settle();
      assertThat(workflow.output("one").asInt()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerAfterTheTimeOutIsRefused() {
    try (TestWorkflow workflow = waiting()) {
      workflow.clock.advance(Duration.ofSeconds(60));
      assertThat(workflow.output("one"))
          .isEqualTo(TestWorkflow.read("{\"Error\": \"States.Timeout\", \"Cause\": \"\"}"));
      assertThat(TestWorkflow.code(succeed(workflow, tokens.getFirst(), "1")))
          .isEqualTo("TaskTimedOut");
    }
  }

  @Test
  void aTaskCanBeToldToFail() {
    try (TestWorkflow workflow = waiting()) {
      workflow.call(
          "SendTaskFailure",
          JsonValues.object()
              .put("taskToken", tokens.getFirst())
              .put("error", "Void")
              .put("cause", "Voided"));
      workflow.clock.settle();
      assertThat(workflow.output("one"))
          .isEqualTo(TestWorkflow.read("{\"Error\": \"Void\", \"Cause\": \"Voided\"}"));
    }
  }

  @Test
  void whatIsNoTokenOrNoJsonIsRefusedByName() {
    try (TestWorkflow workflow = waiting()) {
      assertThat(TestWorkflow.code(succeed(workflow, "made up", "1"))).isEqualTo("InvalidToken");
      assertThat(TestWorkflow.code(succeed(workflow, tokens.getFirst(), "{")))
          .isEqualTo("InvalidOutput");
      assertThat(workflow.status("one")).isEqualTo("RUNNING");
    }
  }

  @Test
  void tokensAreNeverShown() throws Exception {
    try (TestWorkflow workflow = waiting()) {
      assertThat(workflow.local("GET", "/_local/executions").toString())
          .doesNotContain(tokens.getFirst());
    }
  }

  @Test
  void answeringNeedsAGrantOnTheMachineUsedTokensIncluded() {
    try (TestWorkflow workflow = waiting()) {
      succeed(workflow, tokens.getFirst(), "1");
      for (String token : List.of(tokens.getFirst(), "made up")) {
        assertThat(
                workflow.machines.needs(
                    TestWorkflow.awsCall(
                        "SendTaskSuccess", JsonValues.object().put("taskToken", token))))
            .containsExactly(RequiredPermission.of("states:SendTaskSuccess", TestWorkflow.MACHINE));
      }
    }
  }
}
