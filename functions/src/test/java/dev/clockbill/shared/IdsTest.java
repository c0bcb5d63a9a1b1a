package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.Ulid;
import org.junit.jupiter.api.Test;

/** Identifiers that are made of time and chance. */
class IdsTest {
  /** Two identifiers of the same millisecond, with something done between them. */
  private record Pair(Ulid first, Ulid second) {
    static Pair around(Runnable between) {
      Pair pair;
      do {
        Ulid first = Ulid.from(Ids.next());
        between.run();
        pair = new Pair(first, Ulid.from(Ids.next()));
      } while (pair.first.getTime() != pair.second.getTime());
      return pair;
    }
  }

  @Test
  void thoseOfAMillisecondCountOn() {
    Pair pair = Pair.around(() -> {});
    assertThat(pair.second()).isEqualTo(pair.first().increment());
  }

  @Test
  void aRestoredFunctionDoesNotCountOn() {
    Pair pair = Pair.around(Ids::beginAnew);
    assertThat(pair.second()).isNotEqualTo(pair.first().increment());
  }
}
