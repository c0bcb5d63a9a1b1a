package dev.clockbill.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CharactersTest {
  private static Fields fields(String name) {
    return Fields.of(Map.of("name", name));
  }

  @Test
  void whatTurnsTheDirectionOfWritingIsLeftOut() {
    assertThat(fields("\u202AAda\u202C \u202Eecallaw\u2069").text("name", 200))
        .isEqualTo("Ada ecallaw");
    assertThat(fields("\u2066 \u202E").text("name", 200)).isNull();
  }

  @Test
  void lettersThatAreWrittenFromTheRightStayAsTheyAre() {
    String name = "\u05d3\u05e0\u05d4 \u0644\u064a\u0644\u0649 \u200f(Ltd)\u200e";
    assertThat(fields(name).text("name", 200)).isEqualTo(name);
  }
}
