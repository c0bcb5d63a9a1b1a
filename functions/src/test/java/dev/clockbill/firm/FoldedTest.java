package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.shared.Ids;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedTest {

  @Test
  void caseAccentsAndBlanksDoNotMatter() {
    assertThat(Folded.of("  José  ÁLVAREZ ")).isEqualTo("jose alvarez");
    assertThat(Folded.of("Straße")).isEqualTo(Folded.of("STRASSE"));
    assertThat(Folded.of("Søren Łuczak")).isEqualTo("soren luczak");
    assertThat(Folded.of("Ångström")).isEqualTo(Folded.of("A\u030angstro\u0308m"));
    assertThat(Folded.of("İpek")).isEqualTo("ipek");
  }

  @Test
  void aNameComesBeforeLongerOnesThatBeginWithIt() {
    String id = Ids.next();
    assertThat(
            List.of(
                Folded.orderedBy("Ann", id),
                Folded.orderedBy("ann (old)", id),
                Folded.orderedBy("Ann B", id),
                Folded.orderedBy("Anna", id)))
        .isSorted();
  }

  @Test
  void anyNameFitsASortKey() {
    for (String name : List.of("각".repeat(200), "😀".repeat(200), "ﷺ".repeat(200))) {
      assertThat(Folded.orderedBy(name, Ids.next()).getBytes(StandardCharsets.UTF_8))
          .hasSizeLessThanOrEqualTo(1024);
    }
  }
}
