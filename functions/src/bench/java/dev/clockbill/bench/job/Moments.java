package dev.clockbill.bench.job;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How long the parts of jobs took, and when to look whether one is done.
 *
 * <p>There is nothing that tells a client, so clients look. They look first when four fifths of the
 * usual time have passed and then at steps of a tenth of it: that is what a measured time may be
 * too long by, and few looks are in vain.
 */
final class Moments {
  private static final double FIRST = 0.8;
  private static final double STEP = 0.1;
  private static final long SHORTEST_STEP = 3_000_000;
  private static final double WEIGHT = 0.05;

  private final Map<String, Queue<Long>> times = new ConcurrentHashMap<>();
  private final Map<String, Double> usual = new ConcurrentHashMap<>();

  /** Nothing measured yet, but what is usual is known. */
  Moments anew() {
    Moments next = new Moments();
    next.usual.putAll(usual);
    return next;
  }

  /** Notes that a part of a job has ended that began then, in {@link System#nanoTime}. */
  void note(String part, long begun) {
    long took = System.nanoTime() - begun;
    times.computeIfAbsent(part, none -> new ConcurrentLinkedQueue<>()).add(took);
    usual.merge(part, (double) took, (before, now) -> before + (now - before) * WEIGHT);
  }

  /** Looks until a part that began then is done, and notes how long it took. */
  <T> T await(String part, long begun, Supplier<T> look, Predicate<T> done) {
    double expected = usual.getOrDefault(part, 0.0);
    long next = begun + (long) (expected * FIRST);
    while (true) {
      LockSupport.parkNanos(next - System.nanoTime());
      T seen = look.get();
      if (done.test(seen)) {
        note(part, begun);
        return seen;
      }
      next = System.nanoTime() + Math.max(SHORTEST_STEP, (long) (expected * STEP));
    }
  }

  /** The time within which a share of a part's instances ended, in milliseconds: nearest rank. */
  long millis(String part, double share) {
    long[] sorted = times.get(part).stream().mapToLong(Long::longValue).sorted().toArray();
    int rank = (int) Math.ceil(share * sorted.length);
    return Math.round(sorted[Math.max(rank, 1) - 1] / 1e6);
  }

  /** How many instances of a part have ended. */
  int count(String part) {
    return times.get(part).size();
  }
}
