package dev.clockbill.local.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.shelf.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The machine's time and a distance from it, kept between runs.
 *
 * <p>Time either runs or stands: it stands while it is stopped, and at each moment through which it
 * is moved, until everything begun there has ended.
 */
public final class RunningClock implements StackClock, AutoCloseable {
  private static final String KEY = "clock";
  // The scheduler looks again after this long, so that a changed system clock is noticed.
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private static final Duration LAST_WORK = Duration.ofSeconds(10);

  private final Shelf shelf;
  private final InstantSource system;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // One at a time: moves of time, which hold it as long as they last.
  private final ReentrantLock moving = new ReentrantLock(true);
  private final TreeSet<Task> due =
      new TreeSet<>(Comparator.comparing(Task::when).thenComparing(Task::number));

  private Duration offset;
  private boolean stopped;
  // Where time stands; empty while it runs.
  private Optional<Instant> standing;
  private boolean moved;
  private boolean closed;
  private long tasks;
  private int underWay;

  private final class Task implements Due {
    private final Instant when;
    private final long number;
    private final String what;
    private final Runnable body;

    Task(Instant when, long number, String what, Runnable body) {
      this.when = when;
      this.number = number;
      this.what = what;
      this.body = body;
    }

    Instant when() {
      return when;
    }

    long number() {
      return number;
    }

    @Override
    public void cancel() {
      lock.lock();
      try {
        due.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }

  /** The clock that a shelf keeps; a new one tells the machine's time. */
  public RunningClock(Shelf shelf) {
    this(shelf, InstantSource.system(), Duration.ZERO);
  }

  /**
   * The clock that a shelf keeps.
   *
   * @param system the machine's time
   * @param beginning how far from the machine's time a new clock begins; negative for the past
   */
  public RunningClock(Shelf shelf, InstantSource system, Duration beginning) {
    this.shelf = shelf;
    this.system = system;
    Optional<JsonNode> kept = shelf.get(KEY);
    this.offset =
        kept.map(state -> Duration.parse(state.path("offset").asText())).orElse(beginning);
    this.stopped = kept.map(state -> state.path("stopped").asBoolean()).orElse(false);
    this.standing =
        stopped
            ? kept.map(state -> Instant.parse(state.path("stoppedAt").asText()))
            : Optional.empty();
    keep();
    Thread.ofPlatform().daemon().name("clock").start(this::schedule);
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return standing.orElseGet(() -> system.instant().plus(offset));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Due at(Instant when, String what, Runnable body) {
    lock.lock();
    try {
      Task task = new Task(when, tasks++, what, body);
      if (when.isAfter(instant())) {
        due.add(task);
        changed.signalAll();
      } else {
        begin(task);
      }
      return task;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run(String what, Runnable body) {
    at(Instant.MIN, what, body);
  }

  @Override
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("Time moves forward only, not by " + by + ".");
    }
    moving.lock();
    try {
      move(hold().plus(by));
    } finally {
      moving.unlock();
    }
  }

  /** Moves time to the machine's own, if it lies ahead, and lets it run with that from there. */
  public void catchUp() {
    moving.lock();
    try {
      Instant from = hold();
      Instant present = system.instant();
      move(present.isAfter(from) ? present : from);
      lock.lock();
      try {
        if (present.isAfter(from) && !stopped) {
          offset = Duration.ZERO;
          keep();
        }
      } finally {
        lock.unlock();
      }
    } finally {
      moving.unlock();
    }
  }

  /** Lets time stand for a move, and says where. */
  private Instant hold() {
    lock.lock();
    try {
      moved = true;
      Instant now = instant();
      standing = Optional.of(now);
      return now;
    } finally {
      lock.unlock();
    }
  }

  private void move(Instant target) {
    lock.lock();
    try {
      settled();
      while (!closed && !due.isEmpty() && !due.first().when().isAfter(target)) {
        Task next = due.removeFirst();
        if (next.when().isAfter(instant())) {
          standing = Optional.of(next.when());
        }
        begin(next);
        settled();
      }
      if (!closed) {
        standing = Optional.of(target);
      }
    } finally {
      moved = false;
      letRun();
      keep();
      changed.signalAll();
      lock.unlock();
    }
  }

  @Override
  public void stop(boolean stop) {
    moving.lock();
    lock.lock();
    try {
      if (stop && !stopped) {
        standing = Optional.of(instant());
      }
      stopped = stop;
      letRun();
      keep();
      changed.signalAll();
    } finally {
      lock.unlock();
      moving.unlock();
    }
  }

  /** Time runs on from where it stood, unless it is stopped. */
  private void letRun() {
    if (!stopped && standing.isPresent()) {
      offset = Duration.between(system.instant(), standing.get());
      standing = Optional.empty();
    }
  }

  @Override
  public boolean stopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void settle() {
    lock.lock();
    try {
      settled();
    } finally {
      lock.unlock();
    }
  }

  private void settled() {
    while (underWay > 0 && !closed) {
      changed.awaitUninterruptibly();
    }
  }

  private void begin(Task task) {
    if (closed) {
      return;
    }
    underWay++;
    Thread.ofVirtual().name(task.what).start(() -> carryOut(task));
  }

  private void carryOut(Task task) {
    try {
      task.body.run();
    } catch (RuntimeException | Error failed) {
      System.err.println(task.what + " failed:");
      failed.printStackTrace();
    } finally {
      lock.lock();
      try {
        underWay--;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Begins what is due as time runs by itself. */
  private void schedule() {
    lock.lock();
    try {
      while (!closed) {
        boolean waits = moved || standing.isPresent() || due.isEmpty();
        Duration left = waits ? LOOK_AGAIN : Duration.between(instant(), due.first().when());
        if (!waits && !left.isPositive()) {
          begin(due.removeFirst());
        } else {
          Duration pause = left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN;
          changed.awaitNanos(pause.toNanos());
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    ObjectNode state =
        JsonNodeFactory.instance
            .objectNode()
            .put("offset", offset.toString())
            .put("stopped", stopped);
    standing.ifPresent(instant -> state.put("stoppedAt", instant.toString()));
    shelf.put(KEY, state);
  }

  /** Begins nothing more and waits a while for what is under way; the time is kept. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      due.clear();
      changed.signalAll();
      long left = LAST_WORK.toNanos();
      while (underWay > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    awaitMove();
  }

  /** A move under way ends by itself now, and the shelf must not be closed before it has. */
  private void awaitMove() {
    moving.lock();
    try {
      lock.lock();
      try {
        keep();
      } finally {
        lock.unlock();
      }
    } finally {
      moving.unlock();
    }
  }
}
