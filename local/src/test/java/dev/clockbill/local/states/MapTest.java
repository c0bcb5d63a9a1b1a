package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.lambda.FunctionFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Map state, inline: what it does for each item, and what becomes of one that fails. */
final class MapTest {
  private static final String CALL =
      """
      "Call": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {"FunctionName": "Known", "Payload": "{% $states.input %}"}, MORE
        "Output": "{% $states.result.Payload %}", "End": true}
      """;

  @TempDir private Path folder;

  /** A Map with more fields whose iterations run these states. */
  private static String map(String fields, String startAt, String states) {
    return """
    "First": {"Type": "Map", %s "ItemProcessor": {"StartAt": "%s", "States": {%s}}}
    """
        .formatted(fields, startAt, states);
  }

  private static String calls(String fields, String more) {
    return map(fields + " \"End\": true,", "Call", CALL.replace("MORE", more));
  }

  private static TestWorkflow.Body failingAt(int item, List<JsonNode> called) {
    return event -> {
      called.add(event);
      if (event.asInt() == item) {
        throw new FunctionFailed("Broken", "no way", null);
      }
      return event;
    };
  }

  @Test
  void eachItemIsTheInputOfAnIterationAndTheOutputsComeInTheirOrder() throws Exception {
    String states = calls("\"Items\": \"{% $states.input.numbers %}\",", "");
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states)
            .with("Known", event -> JsonValues.object().numberNode(event.asInt() * 10))
            .start("one", "{\"numbers\": [3, 1, 2]}")) {
      assertThat(workflow.output("one")).isEqualTo(TestWorkflow.read("[30, 10, 20]"));
      assertThat(workflow.history("one"))
          .startsWith("ExecutionStarted", "First MapStateEntered", "First MapStateStarted")
          .containsSubsequence(
              "First MapIterationStarted",
              "Call TaskStateEntered",
              "Call TaskSucceeded",
              "Call TaskStateExited",
              "First MapIterationSucceeded",
              "First MapStateSucceeded",
              "First MapStateExited",
              "ExecutionSucceeded");
    }
  }

  @Test
  void aListInTheDefinitionAndASelectorMakeTheInputs() {
    String states =
        map(
            """
            "Items": ["a", "{% $states.input.b %}"],
            "ItemSelector": {"at": "{% $states.context.Map.Item.Index %}",
              "what": "{% $states.context.Map.Item.Value %}", "all": "{% $states.input.b %}"},
            "Output": "{% $states.result[0] %}", "End": true,
            """,
            "Keep", "\"Keep\": {\"Type\": \"Pass\", \"End\": true}");
    try (TestWorkflow workflow = TestWorkflow.of(folder, states).start("one", "{\"b\": \"c\"}")) {
      assertThat(workflow.output("one"))
          .isEqualTo(TestWorkflow.read("{\"at\": 0, \"what\": \"a\", \"all\": \"c\"}"));
    }
  }

  @Test
  void anEmptyListSucceedsAndWhatIsNoListFails() {
    String states = calls("", "");
    try (TestWorkflow workflow = TestWorkflow.of(folder, states).start("one", "[]")) {
      assertThat(workflow.output("one")).isEmpty();
      workflow.start("two", "{}");
      assertThat(workflow.describe("two").get("error").asText())
          .isEqualTo("States.QueryEvaluationError");
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 40", "'\"MaxConcurrency\": 0,', 40", "'\"MaxConcurrency\": 3,', 3"})
  void atMostSoManyRunAtOnce(String limit, int most) {
    String states =
        map(
            limit + " \"End\": true,",
            "Wait",
            TestWorkflow.tokenTask("Wait", "\"TimeoutSeconds\": 60, \"End\": true"));
    String fifty = "[" + "1,".repeat(49) + "1]";
    List<String> tokens = new ArrayList<>();
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states)
            .with(
                "Known",
                event -> {
                  tokens.add(event.get("token").textValue());
                  return event;
                })
            .start("one", fifty)) {
      assertThat(tokens).hasSize(most);
      workflow.call(
          "SendTaskSuccess",
          JsonValues.object().put("taskToken", tokens.getLast()).put("output", "7"));
      workflow.clock.settle();
      assertThat(tokens).hasSize(most + 1);
      assertThat(workflow.status("one")).isEqualTo("RUNNING");
    }
  }

  @Test
  void whatFailsEndsTheOthersAndFailsTheState() throws Exception {
    String states =
        map(
            """
            "Catch": [{"ErrorEquals": ["Broken"], "Output": "{% $states.errorOutput.Error %}",
              "Next": "Caught"}], "Next": "Caught",
            """,
            "Which",
            CALL.replace("MORE", "")
                + """
                , "Which": {"Type": "Choice",
                  "Choices": [{"Condition": "{% $states.input = 2 %}", "Next": "Call"}],
                  "Default": "Late"},
                "Late": {"Type": "Wait", "Seconds": 60, "Next": "Call"}
                """);
    List<JsonNode> called = new ArrayList<>();
    String caught = ", \"Caught\": {\"Type\": \"Succeed\"}";
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states + caught)
            .with("Known", failingAt(2, called))
            .start("one", "[1, 2, 3]")) {
      workflow.clock.advance(Duration.ofMinutes(5));
      assertThat(workflow.output("one").asText()).isEqualTo("Broken");
      assertThat(called).as("the others are not continued").hasSize(1);
      assertThat(workflow.history("one"))
          .containsSubsequence(
              "First MapIterationFailed",
              "First MapIterationAborted",
              "First MapIterationAborted",
              "First MapStateFailed",
              "First MapStateExited");
    }
  }

  @Test
  void aRetryBeginsEveryIterationAnew() {
    List<JsonNode> called = new ArrayList<>();
    String states =
        calls("\"Retry\": [{\"ErrorEquals\": [\"States.ALL\"], \"MaxAttempts\": 1}],", "");
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states)
            .with("Known", failingAt(2, called))
            .start("one", "[1, 2]")) {
      workflow.clock.advance(Duration.ofMinutes(1));
      assertThat(workflow.describe("one").get("error").asText()).isEqualTo("Broken");
      assertThat(called).hasSize(4);
    }
  }

  @Test
  void anIterationThatRetriesAndCatchesByItselfLeavesTheOthersAlone() {
    List<JsonNode> called = new ArrayList<>();
    String more =
        """
        "Retry": [{"ErrorEquals": ["Broken"], "IntervalSeconds": 30, "MaxAttempts": 2}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Output": {"failed": "{% $states.input %}"},
          "Next": "Failed"}],
        """;
    String states =
        map(
            "\"End\": true,",
            "Call",
            CALL.replace("MORE", more) + ", \"Failed\": {\"Type\": \"Pass\", \"End\": true}");
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states)
            .with("Known", failingAt(2, called))
            .start("one", "[1, 2, 3]")) {
      workflow.clock.advance(Duration.ofMinutes(5));
      assertThat(workflow.output("one")).isEqualTo(TestWorkflow.read("[1, {\"failed\": 2}, 3]"));
      assertThat(called).hasSize(5);
    }
  }

  @Test
  void anIterationReadsTheVariablesAroundItAndKeepsItsOwn() {
    String states =
        """
        "First": {"Type": "Pass", "Assign": {"factor": 3}, "Output": [1, 2], "Next": "Each"},
        "Each": {"Type": "Map", "Output": {"own": "{% $exists($own) %}",
            "results": "{% $states.result %}"}, "End": true,
          "ItemProcessor": {"StartAt": "Set", "States": {
            "Set": {"Type": "Pass", "Assign": {"own": "{% $states.input * $factor %}"},
              "Next": "Use"},
            "Use": {"Type": "Pass", "Output": "{% $own %}", "End": true}}}}
        """;
    try (TestWorkflow workflow = TestWorkflow.of(folder, states).start("one", "{}")) {
      assertThat(workflow.output("one"))
          .isEqualTo(TestWorkflow.read("{\"own\": false, \"results\": [3, 6]}"));
    }
  }

  @Test
  void aMapWithinAMap() {
    String states =
        map(
            "\"End\": true,",
            "Inner",
            """
            "Inner": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Twice",
              "States": {"Twice": {"Type": "Pass", "Output": "{% $states.input * 2 %}",
                "End": true}}}}
            """);
    try (TestWorkflow workflow = TestWorkflow.of(folder, states).start("one", "[[1, 2], [3]]")) {
      assertThat(workflow.output("one")).isEqualTo(TestWorkflow.read("[[2, 4], [6]]"));
    }
  }

  @Test
  void anAbortEndsWhatIsUnderWay() {
    String states =
        map(
            "\"End\": true,",
            "Late",
            "\"Late\": {\"Type\": \"Wait\", \"Seconds\": 60, \"Next\": \"Call\"}, "
                + CALL.replace("MORE", ""));
    List<JsonNode> called = new ArrayList<>();
    try (TestWorkflow workflow =
        TestWorkflow.of(folder, states).with("Known", failingAt(0, called)).start("one", "[1]")) {
      workflow.call(
          "StopExecution", JsonValues.object().put("executionArn", TestWorkflow.EXECUTION + "one"));
      workflow.clock.advance(Duration.ofMinutes(5));
      assertThat(workflow.status("one")).isEqualTo("ABORTED");
      assertThat(called).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"ItemReader\": {}, | ItemReader",
        "\"ToleratedFailureCount\": 1, | ToleratedFailureCount",
        "\"Items\": 3, | must be a list",
        "\"MaxConcurrency\": -1, | MaxConcurrency",
        "\"Label\": \"x\", | Label",
      })
  void whatIsNotOfAnInlineMapIsRefused(String field, String named) {
    String states = calls(field, "");
    assertThatThrownBy(() -> DefinitionReader.read(TestWorkflow.definition(states), Map.of()))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining(named);
  }

  @Test
  void aDistributedMapIsRefusedAndNamesAreUnique() {
    String distributed =
        calls("", "")
            .replace(
                "\"StartAt\"", "\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\"}, \"StartAt\"");
    assertThatThrownBy(() -> DefinitionReader.read(TestWorkflow.definition(distributed), Map.of()))
        .hasMessageContaining("INLINE");
    String twice = map("\"End\": true,", "First", "\"First\": {\"Type\": \"Pass\", \"End\": true}");
    assertThatThrownBy(() -> DefinitionReader.read(TestWorkflow.definition(twice), Map.of()))
        .hasMessageContaining("two states \"First\"");
    String outside =
        map(
            "\"Assign\": {\"x\": 1}, \"End\": true,",
            "Set",
            "\"Set\": {\"Type\": \"Pass\", \"Assign\": {\"x\": 2}, \"End\": true}");
    assertThatThrownBy(() -> DefinitionReader.read(TestWorkflow.definition(outside), Map.of()))
        .hasMessageContaining("\"x\"");
  }
}
