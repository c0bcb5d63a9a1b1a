package dev.clockbill.local.states;

import dev.clockbill.local.time.StackClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** A clock that moves only when a test moves it; due tasks run on the thread that moves it. */
final class ManualClock implements StackClock {
  private record Entry(Instant when, long order, Runnable task) {}

  private final Deque<Runnable> ready = new ArrayDeque<>();
  private final PriorityQueue<Entry> later =
      new PriorityQueue<>(Comparator.comparing(Entry::when).thenComparingLong(Entry::order));
  private Instant now = Instant.parse("2026-11-22T09:00:00.250Z");
  private long order;

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Due at(Instant when, String what, Runnable task) {
    Entry entry = new Entry(when, order++, task);
    later.add(entry);
    return () -> cancel(entry);
  }

  private synchronized void cancel(Entry entry) {
    later.remove(entry);
  }

  @Override
  public synchronized void run(String what, Runnable task) {
    ready.add(task);
  }

  @Override
  public void advance(Duration by) {
    Instant goal = instant().plus(by);
    settle();
    while (moveOn(goal)) {
      settle();
    }
  }

  private synchronized boolean moveOn(Instant goal) {
    Entry next = later.peek();
    if (next == null || next.when().isAfter(goal)) {
      now = goal;
      return false;
    }
    now = next.when().isAfter(now) ? next.when() : now;
    ready.add(later.remove().task());
    return true;
  }

  @Override
  public void stop(boolean stopped) {
    throw new UnsupportedOperationException("It always stands.");
  }

  @Override
  public boolean stopped() {
    return true;
  }

  @Override
  public void settle() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized Runnable next() {
    return ready.poll();
  }

  /** The number of tasks that wait for their time. */
  synchronized int waiting() {
    return later.size();
  }
}
