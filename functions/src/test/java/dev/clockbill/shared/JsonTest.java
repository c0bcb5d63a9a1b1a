package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void oneValueIsReadWithBlanksAroundIt() {
    assertThat(Json.read(" {\"a\": [1, null]}\n")).isEqualTo(Map.of("a", Arrays.asList(1, null)));
  }

  @Test
  void whatIsNoSingleValueIsRefused() {
    for (String wrong : List.of("{", "{}x", "{} {}", "1 2", "{\"a\":1,\"a\":2}", "[".repeat(60))) {
      assertThatThrownBy(() -> Json.read(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
