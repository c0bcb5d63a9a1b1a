package dev.clockbill.local.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.storage.DocumentStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The system's time plus an offset, kept between runs.
 *
 * <p>The clock either runs or is frozen: while it is stopped, and during an advance, until the
 * tasks of each moment have finished.
 */
public final class RunningClock implements StackClock, AutoCloseable {
  private static final String KEY = "clock";
  // The scheduler checks again after this time, to notice a changed system clock.
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private static final Duration LAST_WORK = Duration.ofSeconds(10);

  private final DocumentStore store;
  private final InstantSource system;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Held during an advance: only one at a time.
  private final ReentrantLock advanceLock = new ReentrantLock(true);
  private final TreeSet<Task> due =
      new TreeSet<>(Comparator.comparing(Task::when).thenComparing(Task::number));

  private Duration offset;
  private boolean stopped;
  // The time while the clock is frozen; empty while it runs.
  private Optional<Instant> frozenAt;
  private boolean advancing;
  private boolean closed;
  private long tasks;
  private int running;

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

  /** A clock with the state in a store; without one it starts with the system's time. */
  public RunningClock(DocumentStore store) {
    this(store, InstantSource.system(), Duration.ZERO);
  }

  /**
   * A clock with the state in a store.
   *
   * @param system the system's time
   * @param beginning how far a new clock starts from the system's time; negative for the past
   */
  public RunningClock(DocumentStore store, InstantSource system, Duration beginning) {
    this.store = store;
    this.system = system;
    Optional<JsonNode> kept = store.get(KEY);
    this.offset =
        kept.map(state -> Duration.parse(state.path("offset").asText())).orElse(beginning);
    this.stopped = kept.map(state -> state.path("stopped").asBoolean()).orElse(false);
    this.frozenAt =
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
      return frozenAt.orElseGet(() -> system.instant().plus(offset));
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
    advanceLock.lock();
    try {
      move(freeze().plus(by));
    } finally {
      advanceLock.unlock();
    }
  }

  /** Advances to the system's time if that is ahead, and follows it from there. */
  public void catchUp() {
    advanceLock.lock();
    try {
      Instant from = freeze();
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
      advanceLock.unlock();
    }
  }

  /** Freezes the clock for an advance, and returns its time. */
  private Instant freeze() {
    lock.lock();
    try {
      advancing = true;
      Instant now = instant();
      frozenAt = Optional.of(now);
      return now;
    } finally {
      lock.unlock();
    }
  }

  private void move(Instant target) {
    lock.lock();
    try {
      awaitRunning();
      while (!closed && !due.isEmpty() && !due.first().when().isAfter(target)) {
        Task next = due.removeFirst();
        if (next.when().isAfter(instant())) {
          frozenAt = Optional.of(next.when());
        }
        begin(next);
        awaitRunning();
      }
      if (!closed) {
        frozenAt = Optional.of(target);
      }
    } finally {
      advancing = false;
      unfreeze();
      keep();
      changed.signalAll();
      lock.unlock();
    }
  }

  @Override
  public void stop(boolean stop) {
    advanceLock.lock();
    lock.lock();
    try {
      if (stop && !stopped) {
        frozenAt = Optional.of(instant());
      }
      stopped = stop;
      unfreeze();
      keep();
      changed.signalAll();
    } finally {
      lock.unlock();
      advanceLock.unlock();
    }
  }

  /** Lets the clock continue from its frozen time, unless it is stopped. */
  private void unfreeze() {
    if (!stopped && frozenAt.isPresent()) {
      offset = Duration.between(system.instant(), frozenAt.get());
      frozenAt = Optional.empty();
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
      awaitRunning();
    } finally {
      lock.unlock();
    }
  }

  private void awaitRunning() {
    while (running > 0 && !closed) {
      changed.awaitUninterruptibly();
    }
  }

  private void begin(Task task) {
    if (closed) {
      return;
    }
    running++;
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
        running--;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Starts tasks as they become due while the clock runs. */
  private void schedule() {
    lock.lock();
    try {
      while (!closed) {
        boolean waits = advancing || frozenAt.isPresent() || due.isEmpty();
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
    frozenAt.ifPresent(instant -> state.put("stoppedAt", instant.toString()));
    store.put(KEY, state);
  }

  /** Starts no more tasks and waits a while for running ones; the time is kept. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      due.clear();
      changed.signalAll();
      long left = LAST_WORK.toNanos();
      while (running > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    awaitAdvance();
  }

  /** An advance ends by itself now; the store must not be closed before that. */
  private void awaitAdvance() {
    advanceLock.lock();
    try {
      lock.lock();
      try {
        keep();
      } finally {
        lock.unlock();
      }
    } finally {
      advanceLock.unlock();
    }
  }
}
