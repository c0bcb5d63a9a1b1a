package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.shared.Ids;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedNameTest {

  @Test
  void aNameComesBeforeLongerOnesThatBeginWithIt() {
    String id = Ids.next();
    assertThat(
            List.of(
                FoldedName.sortKey("Ann", id),
                FoldedName.sortKey("ann (old)", id),
                FoldedName.sortKey("Ann B", id),
                FoldedName.sortKey("Anna", id)))
        .isSorted();
  }

  @Test
  void anyNameFitsASortKey() {
    for (String name : List.of("각".repeat(200), "😀".repeat(200), "ﷺ".repeat(200))) {
      assertThat(FoldedName.sortKey(name, Ids.next()).getBytes(StandardCharsets.UTF_8))
          .hasSizeLessThanOrEqualTo(1024);
    }
  }
}
