package dev.clockbill.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final Values values =
      Values.of(json("{\"count\": 3, \"day\": \"2026-11-09\", \"customer.ada\": \"01KA\"}"));

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException malformed) {
      throw new AssertionError(malformed);
    }
  }

  @Test
  void aNameInATextIsReplacedAndAWholeTextBecomesTheValueItself() {
    assertThat(values.text("/{customer.ada}/{count}")).isEqualTo("/01KA/3");
    assertThat(values.filled(json("{\"of {count}\": [\"{count}\", \"{count} of {count}\"]}")))
        .isEqualTo(json("{\"of 3\": [3, \"3 of 3\"]}"));
  }

  @Test
  void ofADateThereIsTheDayOfTheMonth() {
    assertThat(values.filled(json("[\"{day@dayOfMonth}\", \"on the {day@dayOfMonth}.\"]")))
        .isEqualTo(json("[9, \"on the 9.\"]"));
    assertThatThrownBy(() -> values.text("{count@dayOfMonth}")).hasMessageContaining("\"3\"");
  }

  @Test
  void aNameThatIsNotKnownIsNamed() {
    assertThatThrownBy(() -> values.text("{nothing}")).hasMessageContaining("\"nothing\"");
  }
}
