package dev.clockbill.local.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.local.storage.DataFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningClockTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final AtomicReference<Instant> machine = new AtomicReference<>(START);
  private final List<String> done = new CopyOnWriteArrayList<>();

  private RunningClock clock(DataFile data) {
    return new RunningClock(data.store("clock"), machine::get, Duration.ZERO);
  }

  @Test
  void timePassesThroughEveryDueMomentInOrder() {
    try (DataFile data = DataFile.inMemory();
        RunningClock clock = clock(data)) {
      for (int minutes : List.of(30, 10, 20)) {
        clock.at(
            START.plus(Duration.ofMinutes(minutes)),
            "note",
            () -> done.add(clock.instant().toString()));
      }
      clock.advance(Duration.ofMinutes(25));
      assertThat(done).containsExactly("2026-03-01T10:10:00Z", "2026-03-01T10:20:00Z");
      assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(25)));
    }
  }

  @Test
  void whatATaskBeginsItselfEndsBeforeTimeMovesOn() {
    try (DataFile data = DataFile.inMemory();
        RunningClock clock = clock(data)) {
      clock.at(START.plusSeconds(2), "later", () -> done.add("later"));
      clock.at(
          START.plusSeconds(1),
          "outer",
          () -> {
            clock.run("inner", () -> clock.run("innermost", () -> done.add("innermost")));
            clock.at(START, "past", () -> done.add("past"));
            clock.at(START.plusSeconds(3), "evenLater", () -> done.add("even later"));
          });
      clock.advance(Duration.ofSeconds(3));
      assertThat(done).hasSize(4).endsWith("later", "even later");
    }
  }

  @Test
  void whatIsTakenBackDoesNotRun() {
    try (DataFile data = DataFile.inMemory();
        RunningClock clock = clock(data)) {
      StackClock.Due due = clock.at(START.plusSeconds(1), "never", () -> done.add("never"));
      due.cancel();
      clock.advance(Duration.ofSeconds(5));
      assertThat(done).isEmpty();
    }
  }

  @Test
  void aFailingTaskHoldsNothingUp() {
    try (DataFile data = DataFile.inMemory();
        RunningClock clock = clock(data)) {
      clock.at(
          START.plusSeconds(1),
          "a task that is meant to fail",
          () -> {
            throw new IllegalStateException("Meant to fail.");
          });
      clock.at(START.plusSeconds(2), "next", () -> done.add("next"));
      clock.advance(Duration.ofSeconds(2));
      assertThat(done).containsExactly("next");
    }
  }

  @Test
  void stoppedTimeStandsUntilItIsMovedAndThenRunsOnFromThere() {
    try (DataFile data = DataFile.inMemory();
        RunningClock clock = clock(data)) {
      clock.stop(true);
      machine.set(START.plusSeconds(100));
      assertThat(clock.instant()).isEqualTo(START);
      clock.advance(Duration.ofHours(1));
      assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(1)));
      clock.stop(false);
      machine.set(START.plusSeconds(107));
      assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(1)).plusSeconds(7));
    }
  }

  @Test
  void whatIsDueRunsByItselfAsTimeRuns() throws InterruptedException {
    try (DataFile data = DataFile.inMemory();
        RunningClock clock = new RunningClock(data.store("clock"))) {
      CountDownLatch ran = new CountDownLatch(1);
      clock.at(InstantSource.system().instant().plusMillis(20), "soon", ran::countDown);
      assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void timeDoesNotGoBackwards() {
    try (DataFile data = DataFile.inMemory();
        RunningClock clock = clock(data)) {
      assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whereTimeStandsIsKeptBetweenRuns(@TempDir Path folder) {
    try (DataFile data = new DataFile(folder);
        RunningClock clock = clock(data)) {
      clock.advance(Duration.ofDays(3));
      clock.stop(true);
    }
    machine.set(START.plusSeconds(50));
    try (DataFile data = new DataFile(folder);
        RunningClock clock = clock(data)) {
      assertThat(clock.stopped()).isTrue();
      assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(3)));
    }
  }

  @Test
  void aClockThatBeganInThePastCatchesUpWithTheMachine() {
    try (DataFile data = DataFile.inMemory();
        RunningClock clock =
            new RunningClock(data.store("clock"), machine::get, Duration.ofDays(-21))) {
      clock.at(START.minus(Duration.ofDays(1)), "due", () -> done.add(clock.instant().toString()));
      clock.catchUp();
      assertThat(done).containsExactly("2026-02-28T10:00:00Z");
      assertThat(clock.instant()).isEqualTo(START);
    }
  }
}
