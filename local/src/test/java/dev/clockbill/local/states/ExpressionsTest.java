package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionsTest {
  private static JsonNode evaluate(String expression, String input) throws StateError {
    Scope scope =
        new Scope(
                Instant.parse("2026-11-22T09:00:00.250Z"),
                JsonValues.object(),
                Map.of("n", TestWorkflow.read("5")))
            .with("input", TestWorkflow.read(input));
    return Expressions.evaluate("Output", TextNode.valueOf("{% " + expression + " %}"), scope);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-7",
        "2147483648",
        "9007199254740993",
        "123456789012345678901234567890",
        "12.25",
        "0.1",
        "null",
        "true",
        "\"8.25\"",
        "[]",
        "[1]",
        "[[1],[2.5,null]]",
        "{}",
        "{\"a\":null,\"b\":{\"c\":[{}]}}"
      })
  void whatIsPassedOnStaysExactlyWhatItWas(String value) throws Exception {
    assertThat(evaluate("$states.input", value).toString()).isEqualTo(value);
    assertThat(evaluate("$states.input.x", "{\"x\":" + value + "}").toString()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$n + 1 | 6",
        "$n / 2 | 2.5",
        "6 / 2 | 3",
        "$states.input.a * 3 | 30000000000",
        "$sum([1, 2, 3]) | 6",
        "$count($states.input.list) | 2",
        "$string($states.input.a) | \"10000000000\"",
        "$number('12') | 12",
        "1e3 | 1000",
        "$states.input.whole | 4",
        "$states.input.whole = 4 | true",
        "$states.input.list[0] | 1",
        "$exists($states.input.none) | false",
        "$states.input.list.{'v': $} | [{\"v\":1},{\"v\":2}]",
        "'a' in ['a', 'b'] | true",
        "$partition([1,2,3], 2) | [[1,2],[3]]",
        "$range(1, 7, 3) | [1,4,7]",
        "$range(0, 1, 0.5) | [0,0.5,1]",
        "$range(3, 1, -1) | [3,2,1]",
        "$hash('abc', 'SHA-1') | \"a9993e364706816aba3e25717850c26c9cd0d89d\"",
        "$parse('{\"a\": [1, 2.5]}') | {\"a\":[1,2.5]}",
        "$parse('null') | null",
        "$random(3) = $random(3) | true",
        "$length($uuid()) | 36",
        "$now() | \"2026-11-22T09:00:00.250Z\"",
        "$millis() | 1795338000250",
        "$fromMillis(1795338000250) | \"2026-11-22T09:00:00.250Z\""
      })
  void expressionsGiveWhatStepFunctionsGives(String expression, String result) throws Exception {
    String input = "{\"a\": 10000000000, \"list\": [1, 2], \"whole\": 4.0}";
    assertThat(evaluate(expression, input).toString()).isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$states.input.none",
        "$none",
        "$none()",
        "'a' + 1",
        "$sum",
        "function($x) { $x }",
        "$parse('{')",
        "$hash('a', 'CRC')",
        "$range(1, 2, 0)",
        "$partition([1], 0)",
        "$error('stop')",
        "($f := function($x) { 1 + $f($x) }; $f(1))",
        "$"
      })
  void whatGivesNothingOrFailsIsAQueryEvaluationError(String expression) {
    assertThatThrownBy(() -> evaluate(expression, "{}"))
        .isInstanceOf(StateError.class)
        .hasMessageContaining(expression)
        .extracting(error -> ((StateError) error).name())
        .isEqualTo("States.QueryEvaluationError");
  }

  @Test
  void expressionsMayStandAtAnyDepthAndOtherTextIsLeftAlone() throws Exception {
    Scope scope =
        new Scope(Instant.EPOCH, JsonValues.object(), Map.of("n", TestWorkflow.read("5")));
    JsonNode template =
        TestWorkflow.read("{\"a\": [\"{% $n %}\", {\"b\": \"{%$n%}\"}], \"c\": \"$n\"}");
    assertThat(Expressions.evaluate("Output", template, scope))
        .isEqualTo(TestWorkflow.read("{\"a\": [5, {\"b\": 5}], \"c\": \"$n\"}"));
  }
}
