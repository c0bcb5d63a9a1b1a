package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.local.aws.Needed;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.lambda.FunctionFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskTokenTest {
  private static final String STATES =
      Bench.tokenTask(
              "First",
              """
              "TimeoutSeconds": "{% $states.input.seconds %}", "Next": "Done",
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Done"}]
              """)
          + ", \"Done\": {\"Type\": \"Succeed\"}";

  @TempDir private Path folder;

  private final List<String> tokens = new ArrayList<>();

  private Bench.Body keeping() {
    return event -> {
      tokens.add(event.get("token").textValue());
      return JsonValues.object().put("ignored", true);
    };
  }

  private Bench waiting() {
    return Bench.of(folder, STATES).with("Known", keeping()).start("one", "{\"seconds\": 60}");
  }

  private static Answer succeed(Bench bench, String token, String output) {
    return bench.call(
        "SendTaskSuccess", JsonValues.object().put("taskToken", token).put("output", output));
  }

  @Test
  void theExecutionWaitsForTheAnswerAndTakesItAsTheResult() throws Exception {
    try (Bench bench = waiting()) {
      assertThat(bench.status("one")).isEqualTo("RUNNING");
      assertThat(bench.history("one")).endsWith("First TaskSubmitted");
      assertThat(succeed(bench, tokens.getFirst(), "{\"paid\": true}").status()).isEqualTo(200);
      bench.clock.settle();
      assertThat(bench.output("one")).isEqualTo(Bench.read("{\"paid\": true}"));
      assertThat(bench.clock.waiting()).isZero();
    }
  }

  @Test
  void anAnswerMayComeBeforeTheFunctionReturns() {
    try (Bench bench = Bench.of(folder, STATES)) {
      bench.with(
          "Known",
          event -> {
            assertThat(succeed(bench, event.get("token").textValue(), "\"quick\"").status())
                .isEqualTo(200);
            return event;
          });
      bench.start("one", "{\"seconds\": 60}");
      assertThat(bench.output("one").asText()).isEqualTo("quick");
    }
  }

  @Test
  void aFunctionThatThrowsFailsTheTaskAtOnce() {
    try (Bench bench =
        Bench.of(folder, STATES)
            .with(
                "Known",
                event -> {
                  tokens.add(event.get("token").textValue());
                  throw new FunctionFailed("Broken", "no", null);
                })
            .start("one", "{\"seconds\": 60}")) {
      assertThat(bench.output("one").get("Error").asText()).isEqualTo("Broken");
      assertThat(Bench.code(succeed(bench, tokens.getFirst(), "1"))).isEqualTo("TaskTimedOut");
    }
  }

  @Test
  void aTokenIsTakenOnce() {
    try (Bench bench = waiting()) {
      succeed(bench, tokens.getFirst(), "1");
      assertThat(Bench.code(succeed(bench, tokens.getFirst(), "2"))).isEqualTo("TaskTimedOut");
      bench.clock.settle();
      assertThat(bench.output("one").asInt()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerAfterTheTimeOutIsRefused() {
    try (Bench bench = waiting()) {
      bench.clock.advance(Duration.ofSeconds(60));
      assertThat(bench.output("one"))
          .isEqualTo(Bench.read("{\"Error\": \"States.Timeout\", \"Cause\": \"\"}"));
      assertThat(Bench.code(succeed(bench, tokens.getFirst(), "1"))).isEqualTo("TaskTimedOut");
    }
  }

  @Test
  void aTaskCanBeToldToFail() {
    try (Bench bench = waiting()) {
      bench.call(
          "SendTaskFailure",
          JsonValues.object()
              .put("taskToken", tokens.getFirst())
              .put("error", "Void")
              .put("cause", "Voided"));
      bench.clock.settle();
      assertThat(bench.output("one"))
          .isEqualTo(Bench.read("{\"Error\": \"Void\", \"Cause\": \"Voided\"}"));
    }
  }

  @Test
  void whatIsNoTokenOrNoJsonIsRefusedByName() {
    try (Bench bench = waiting()) {
      assertThat(Bench.code(succeed(bench, "made up", "1"))).isEqualTo("InvalidToken");
      assertThat(Bench.code(succeed(bench, tokens.getFirst(), "{"))).isEqualTo("InvalidOutput");
      assertThat(bench.status("one")).isEqualTo("RUNNING");
    }
  }

  @Test
  void tokensAreNeverShown() throws Exception {
    try (Bench bench = waiting()) {
      assertThat(bench.local("GET", "/_local/executions").toString())
          .doesNotContain(tokens.getFirst());
    }
  }

  @Test
  void answeringNeedsAGrantOnTheMachineUsedTokensIncluded() {
    try (Bench bench = waiting()) {
      succeed(bench, tokens.getFirst(), "1");
      for (String token : List.of(tokens.getFirst(), "made up")) {
        assertThat(
                bench.machines.needs(
                    Bench.awsCall("SendTaskSuccess", JsonValues.object().put("taskToken", token))))
            .containsExactly(Needed.of("states:SendTaskSuccess", Bench.MACHINE));
      }
    }
  }
}
