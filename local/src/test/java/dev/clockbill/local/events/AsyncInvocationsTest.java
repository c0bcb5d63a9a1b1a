package dev.clockbill.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.template.AsyncEntry;
import dev.clockbill.local.template.QueueEntry;
import dev.clockbill.local.time.RunningClock;
import dev.clockbill.local.time.StackClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of an event at which its function fails, also when the stack is killed then. */
class AsyncInvocationsTest {
  private static final QueueEntry DEAD =
      new QueueEntry(
          "Dead",
          "arn:dead",
          Duration.ofSeconds(30),
          Duration.ofDays(14),
          Optional.empty(),
          Optional.empty());
  private static final QueueEntry QUEUE =
      new QueueEntry(
          "Unread",
          "arn:unread",
          Duration.ofMinutes(5),
          Duration.ofDays(4),
          Optional.of(new QueueEntry.Redrive("arn:dead", 12)),
          Optional.of("Books"));

  private final DataFile data = DataFile.inMemory();
  private final List<RunningClock> clocks = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private int killedAt = Integer.MAX_VALUE;
  private boolean failing = true;
  private AsyncEntry settings = new AsyncEntry(2, Duration.ofHours(6), Optional.of("arn:unread"));
  private Queues queues;

  @AfterEach
  void stop() {
    clocks.forEach(RunningClock::close);
    data.close();
  }

  /** One run of the stack. */
  private AsyncInvocations run() {
    Instant beginning = Instant.parse("2026-11-25T09:00:00Z");
    RunningClock clock =
        new RunningClock(data.store("clock"), InstantSource.fixed(beginning), Duration.ZERO);
    clock.stop(true);
    clocks.add(clock);
    queues = new Queues(List.of(QUEUE, DEAD), invoker(), new Mortal(clock), data.store("messages"));
    return new AsyncInvocations(
        invoker(), new Mortal(clock), data.store("queue"), Map.of("Books", settings), queues);
  }

  private Invoker invoker() {
    return (function, payload) -> {
      events.add(new String(payload, StandardCharsets.UTF_8));
      if (failing) {
        throw new FunctionFailed("Away", "the table is away", null);
      }
      return new byte[0];
    };
  }

  /**
   * A clock at which the stack looks no more once it is killed: whatever is under way ends there.
   */
  private final class Mortal implements StackClock {
    private final StackClock clock;

    Mortal(StackClock clock) {
      this.clock = clock;
    }

    @Override
    public Instant instant() {
      if (events.size() >= killedAt) {
        throw new IllegalStateException("the stack is killed");
      }
      return clock.instant();
    }

    @Override
    public Due at(Instant when, String what, Runnable task) {
      return clock.at(when, what, task);
    }

    @Override
    public void run(String what, Runnable task) {
      clock.run(what, task);
    }

    @Override
    public void advance(Duration by) {
      clock.advance(by);
    }

    @Override
    public void stop(boolean stopped) {
      clock.stop(stopped);
    }

    @Override
    public boolean stopped() {
      return clock.stopped();
    }

    @Override
    public void settle() {
      clock.settle();
    }
  }

  private RunningClock clock() {
    return clocks.getLast();
  }

  @Test
  void whatFailsThreeTimesComesAgainFromTheQueueForFailures() {
    run().begin("Books", "{\"n\":1}".getBytes(StandardCharsets.UTF_8));
    clock().advance(Duration.ofMinutes(3));
    assertThat(events).hasSize(4);
    assertThat(events.subList(0, 3)).containsOnly("{\"n\":1}");
    assertThat(events.getLast()).contains("\\\"requestPayload\\\":{\\\"n\\\":1}");
    failing = false;
    clock().advance(Duration.ofMinutes(5));
    assertThat(events).hasSize(5);
    clock().advance(Duration.ofDays(1));
    assertThat(events).hasSize(5);
  }

  @Test
  void whatIsReceivedTooOftenWaitsAmongTheDeadLettersAndCanBeMovedBack() {
    run().begin("Books", "{\"n\":1}".getBytes(StandardCharsets.UTF_8));
    clock().advance(Duration.ofHours(3));
    assertThat(events).hasSize(3 + 12);
    assertThat(queues.bodies("Unread")).isEmpty();
    assertThat(queues.bodies("Dead")).singleElement().asString().contains("\"requestPayload\"");
    clock().advance(Duration.ofDays(1));
    assertThat(events).as("nobody takes from there").hasSize(3 + 12);
    failing = false;
    assertThat(queues.move("Dead", "Unread")).isEqualTo(1);
    clock().settle();
    assertThat(events).hasSize(3 + 12 + 1);
    assertThat(queues.bodies("Dead")).isEmpty();
    assertThat(queues.bodies("Unread")).isEmpty();
  }

  @Test
  void aDeadLetterIsDroppedWhenItIsTooOld() {
    run().begin("Books", "{\"n\":1}".getBytes(StandardCharsets.UTF_8));
    clock().advance(Duration.ofDays(13));
    assertThat(queues.bodies("Dead")).hasSize(1);
    clock().advance(Duration.ofDays(1).plusHours(1));
    assertThat(queues.bodies("Dead")).isEmpty();
  }

  @Test
  void aFunctionSaysHowOftenAndHowLongItIsTriedAgain() {
    settings = new AsyncEntry(1, Duration.ofHours(6), Optional.of("arn:dead"));
    run().begin("Books", "{\"n\":1}".getBytes(StandardCharsets.UTF_8));
    clock().advance(Duration.ofHours(1));
    assertThat(events).hasSize(2);
    assertThat(queues.bodies("Dead")).singleElement().asString().contains("RetriesExhausted");
    settings = new AsyncEntry(2, Duration.ofSeconds(90), Optional.of("arn:dead"));
    run().begin("Books", "{\"n\":2}".getBytes(StandardCharsets.UTF_8));
    clock().advance(Duration.ofHours(1));
    assertThat(events).hasSize(4);
    assertThat(queues.bodies("Dead").getLast()).contains("EventAgeExceeded");
    settings = AsyncEntry.STANDARD;
    run().begin("Books", "{\"n\":3}".getBytes(StandardCharsets.UTF_8));
    clock().advance(Duration.ofHours(1));
    assertThat(queues.bodies("Dead")).hasSize(2);
  }

  @Test
  void aMessageSurvivesTheStack() {
    run().begin("Books", "{\"n\":1}".getBytes(StandardCharsets.UTF_8));
    clock().advance(Duration.ofMinutes(4));
    assertThat(events).hasSize(4);
    failing = false;
    run();
    queues.resume();
    clock().advance(Duration.ofMinutes(10));
    assertThat(events).hasSize(5);
  }

  @Test
  void whatFailsForGoodWhileTheStackIsKilledIsNotLost() {
    killedAt = 3;
    run().begin("Books", "{\"n\":1}".getBytes(StandardCharsets.UTF_8));
    clock().advance(Duration.ofMinutes(3));
    assertThat(events).hasSize(3);
    killedAt = Integer.MAX_VALUE;
    failing = false;
    run().resume();
    clock().advance(Duration.ofMinutes(10));
    assertThat(events).hasSize(4);
  }
}
