package dev.clockbill.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several things are worked on at a time, and no more than that. */
class SeveralAtOnceTest {
  private static final List<Integer> TWELVE = IntStream.range(0, 12).boxed().toList();

  private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

  /** Four meet at the barrier, again and again: three would wait there for ever. */
  @Test
  void soManyAreWorkedOnAtATime() {
    CyclicBarrier four = new CyclicBarrier(4);
    assertThat(
            SeveralAtOnce.all(
                TWELVE,
                4,
                number -> {
                  meet(four);
                  return done.add(number);
                }))
        .isTrue();
    assertThat(done).containsExactlyInAnyOrderElementsOf(TWELVE);
  }

  private static void meet(CyclicBarrier others) {
    try {
      others.await(10, TimeUnit.SECONDS);
    } catch (Exception alone) {
      throw new IllegalStateException(alone);
    }
  }

  @Test
  void oneAtATimeTheyAreDoneInTheirOrder() {
    assertThat(SeveralAtOnce.all(TWELVE, 1, done::add)).isTrue();
    assertThat(done).containsExactlyElementsOf(TWELVE);
  }

  @Test
  void nothingMoreIsBegunOnceItMakesNoSense() {
    assertThat(SeveralAtOnce.all(TWELVE, 1, number -> done.add(number) && number < 3)).isFalse();
    assertThat(done).containsExactly(0, 1, 2, 3);
    assertThat(SeveralAtOnce.all(List.of(), 4, done::add)).isTrue();
  }

  @Test
  void whatOneOfThemThrowsIsToldOnceAllHaveEnded() {
    assertThatThrownBy(
            () ->
                SeveralAtOnce.all(
                    TWELVE,
                    4,
                    number -> {
                      if (number == 0) {
                        throw new IllegalArgumentException("zero");
                      }
                      return done.add(number);
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("zero");
  }

  @Test
  void eachHasTheTimeOfTheWhole() {
    TimeLeft.atMost(
        Duration.ofSeconds(3),
        () ->
            assertThat(
                    SeveralAtOnce.all(
                        TWELVE, 4, number -> TimeLeft.now().compareTo(Duration.ofSeconds(3)) <= 0))
                .isTrue());
  }
}
