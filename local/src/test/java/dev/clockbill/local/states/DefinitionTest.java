package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DefinitionTest {
  private static void refused(String definition, String... words) {
    assertThatThrownBy(() -> DefinitionReader.read(definition, Map.of()))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContainingAll(words);
  }

  private static String only(String state) {
    return TestWorkflow.definition("\"First\": {" + state + "}");
  }

  private static String task(String more) {
    return TestWorkflow.definition(
        TestWorkflow.task("First", more) + ", \"Done\": {\"Type\": \"Succeed\"}");
  }

  @Test
  void everyFieldThatIsKnownIsRead() {
    String retry =
        """
        "Retry": [{"ErrorEquals": ["A", "B"], "IntervalSeconds": 2, "MaxAttempts": 5,
            "BackoffRate": 1.5, "MaxDelaySeconds": 9, "JitterStrategy": "FULL", "Comment": "c"},
          {"ErrorEquals": ["States.ALL"]}],
        "TimeoutSeconds": 5, "Comment": "c", "QueryLanguage": "JSONata", "Next": "Done"
        """;
    Definition definition = DefinitionReader.read(task(retry), Map.of());
    State.Task task = (State.Task) definition.state("First");
    assertThat(task.retriers().getFirst().maxDelay()).contains(Duration.ofSeconds(9));
    assertThat(task.retriers().getFirst().backoffRate()).isEqualByComparingTo("1.5");
    Retrier usual = task.retriers().getLast();
    assertThat(usual.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(usual.maxAttempts()).isEqualTo(3);
    assertThat(usual.backoffRate()).isEqualByComparingTo(BigDecimal.TWO);
    assertThat(usual.fullJitter()).isFalse();
  }

  @Test
  void substitutionsStandForTheirValuesAndUnknownOnesAreRefused() {
    String definition = task("\"Next\": \"Done\"").replace("\"Known\"", "\"${Name}\"");
    State.Task task =
        (State.Task) DefinitionReader.read(definition, Map.of("Name", "arn:x")).state("First");
    assertThat(task.functionName().asText()).isEqualTo("arn:x");
    refused(definition, "${Name}", "DefinitionSubstitutions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Parallel", "Nonsense"})
  void aTypeThatIsNotKnownIsRefused(String type) {
    refused(only("\"Type\": \"" + type + "\""), "First", "Type", type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"InputPath", "ResultPath", "HeartbeatSeconds", "Credentials", "Nonsense"})
  void aFieldThatIsNotKnownIsRefused(String field) {
    refused(task("\"" + field + "\": 1, \"Next\": \"Done\""), "First", field);
  }

  @Test
  void fieldsOfInnerObjectsAreRefusedToo() {
    refused(
        task("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"Interval\": 1}], \"Next\": \"Done\""),
        "First",
        "Retry 1",
        "Interval");
    refused(
        task("\"Next\": \"Done\"").replace("\"Payload\"", "\"InvocationType\""),
        "First",
        "Arguments",
        "InvocationType");
    refused("{\"Nonsense\": 1}", "Nonsense");
  }

  @Test
  void aResourceOrQueryLanguageThatIsNotKnownIsRefused() {
    refused(
        task("\"Next\": \"Done\"").replace("lambda:invoke", "sqs:sendMessage"),
        "First",
        "arn:aws:states:::sqs:sendMessage");
    refused(only("\"Type\": \"Succeed\"").replace("JSONata", "JSONPath"), "First", "JSONPath");
    refused(
        "{\"StartAt\": \"First\", \"States\": {\"First\": {\"Type\": \"Succeed\"}}}", "JSONPath");
  }

  @Test
  void everyWayLeadsToAStateAndEveryStateLiesOnOne() {
    refused(only("\"Type\": \"Pass\", \"Next\": \"Nowhere\""), "First", "Nowhere");
    refused(only("\"Type\": \"Pass\""), "First", "Next", "End");
    refused(only("\"Type\": \"Pass\", \"End\": true, \"Next\": \"First\""), "First", "End");
    refused(
        task("\"Catch\": [{\"ErrorEquals\": [\"A\"], \"Next\": \"Lost\"}], \"Next\": \"Done\""),
        "First",
        "Lost");
    refused(task("\"End\": true"), "Done", "not reached");
    refused(TestWorkflow.definition("\"Other\": {\"Type\": \"Succeed\"}"), "StartAt", "First");
  }

  @Test
  void whatIsNoExpressionIsRefused() {
    refused(
        only("\"Type\": \"Pass\", \"Output\": {\"a\": [\"{% $x + %}\"]}, \"End\": true"),
        "First",
        "Output",
        "$x +",
        "not JSONata");
    refused(only("\"Type\": \"Pass\", \"Output\": \"{% %}\", \"End\": true"), "First", "Output");
    refused(
        only("\"Type\": \"Pass\", \"Output\": \"{% /*/ %}\", \"End\": true"), "First", "Output");
    refused(only("\"Type\": \"Pass\", \"Output\": \"{% $x\", \"End\": true"), "First", "Output");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$eval('1')", "$x ?: 1", "$x ?? 1"})
  void whatStepFunctionsLeavesOutOfJsonataIsRefused(String expression) {
    refused(
        only("\"Type\": \"Pass\", \"Output\": \"{% " + expression + " %}\", \"End\": true"),
        "First",
        "Output",
        "Step Functions does not take");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'?? $eval( ?:'", "/* ?? */ $x", "$evaluate", "$contains('a', /a??/)", "`a??`"})
  void whatOnlyLooksLikeItIsNot(String expression) {
    String definition =
        only("\"Type\": \"Pass\", \"Output\": \"{% " + expression + " %}\", \"End\": true");
    assertThat(DefinitionReader.read(definition, Map.of()).states()).containsKey("First");
  }

  @Test
  void valuesThatCannotBeAreRefused() {
    refused(task("\"TimeoutSeconds\": 0, \"Next\": \"Done\""), "First", "TimeoutSeconds");
    refused(task("\"TimeoutSeconds\": 1.5, \"Next\": \"Done\""), "First", "TimeoutSeconds");
    refused(task("\"Assign\": {\"states\": 1}, \"Next\": \"Done\""), "First", "states");
    refused(
        task("\"Retry\": [{\"ErrorEquals\": [\"States.ALL\", \"A\"]}], \"Next\": \"Done\""),
        "First",
        "States.ALL");
    refused(
        task("\"Retry\": [{\"ErrorEquals\": [\"States.Nonsense\"]}], \"Next\": \"Done\""),
        "First",
        "States.Nonsense");
    refused(only("\"Type\": \"Wait\", \"End\": true"), "First", "Seconds", "Timestamp");
    refused(only("\"Type\": \"Wait\", \"Timestamp\": \"tomorrow\", \"End\": true"), "Timestamp");
    refused("{", "not JSON");
    refused("{\"StartAt\": \"A\", \"StartAt\": \"B\"}", "StartAt");
  }
}
