package dev.clockbill.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.local.template.TemplateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPatternTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode EVENT =
      json(
          """
          {"source": "shop", "detail-type": "Sold",
           "detail": {"state": "FAILED", "count": 3, "flag": true, "none": null,
                      "tags": ["a", "b"], "deep": {"name": "order-7"}}}
          """);

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private static boolean matches(String pattern) {
    return EventPattern.of("Pattern", json(pattern)).matches(EVENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"source\": [\"other\", \"shop\"]}",
        "{\"detail\": {\"count\": [3], \"flag\": [true], \"none\": [null]}}",
        "{\"detail\": {\"tags\": [\"b\"]}}",
        "{\"detail\": {\"deep\": {\"name\": [{\"prefix\": \"order-\"}]}}}",
        "{\"detail\": {\"deep\": {\"name\": [{\"suffix\": \"7\"}]}}}",
        "{\"detail\": {\"state\": [{\"equals-ignore-case\": \"failed\"}]}}",
        "{\"detail\": {\"state\": [{\"anything-but\": [\"RUNNING\", \"SUCCEEDED\"]}]}}",
        "{\"detail\": {\"deep\": {\"name\": [{\"anything-but\": {\"prefix\": \"draft-\"}}]}}}",
        "{\"detail\": {\"absent\": [{\"exists\": false}], \"state\": [{\"exists\": true}]}}",
        "{\"detail\": {\"count\": [{\"numeric\": [\">\", 1]}]}}",
        "{\"$or\": [{\"source\": [\"other\"]}, {\"detail-type\": [\"Sold\"]}]}",
      })
  void whatIsWantedFits(String pattern) {
    assertThat(matches(pattern)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"source\": [\"shopping\"]}",
        "{\"source\": [\"shop\"], \"detail\": {\"state\": [\"RUNNING\"]}}",
        "{\"detail\": {\"count\": [\"3\"]}}",
        "{\"detail\": {\"absent\": [\"a\"]}}",
        "{\"detail\": {\"absent\": [{\"anything-but\": \"a\"}]}}",
        "{\"detail\": {\"state\": [{\"anything-but\": \"FAILED\"}]}}",
        "{\"detail\": {\"state\": [{\"exists\": false}]}}",
        "{\"detail\": {\"count\": [{\"numeric\": [\">\", 3]}]}}",
      })
  void whatDiffersDoesNotFit(String pattern) {
    assertThat(matches(pattern)).isFalse();
  }

  @Test
  void anUnknownComparisonIsRefusedByName() {
    assertThatThrownBy(() -> matches("{\"detail\": {\"count\": [{\"around\": [\">\", 1]}]}}"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Pattern.detail.count")
        .hasMessageContaining("around");
    assertThatThrownBy(() -> matches("{\"$or\": []}")).hasMessageContaining("$or");
    assertThatThrownBy(() -> matches("{\"source\": \"shop\"}"))
        .hasMessageContaining("must be a list");
  }
}
