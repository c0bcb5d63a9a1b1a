package dev.clockbill.journey;

import dev.clockbill.Api.Answer;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * What everybody's requests go through: it can be shut between them, and what a crash interrupts is
 * repeated unchanged, as clients do.
 */
final class Gate {
  private static final int PAUSE_MILLIS = 20;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final AtomicInteger interrupted = new AtomicInteger();
  private final Map<String, Queue<Long>> times = new ConcurrentSkipListMap<>();
  private volatile boolean over;

  /** Everybody gives up. */
  static final class Over extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Lets nobody through any more, and waits until nobody is on the way. */
  void shut() {
    lock.writeLock().lock();
  }

  /** Lets people through again; by the thread that has shut it. */
  void open() {
    lock.writeLock().unlock();
  }

  /** From now on whoever comes gives up, and whoever waits; by the thread that may have shut it. */
  void end() {
    over = true;
    if (lock.isWriteLockedByCurrentThread()) {
      open();
    }
  }

  /** How many requests were interrupted. */
  int interrupted() {
    return interrupted.get();
  }

  /** How long the answers took, in nanoseconds, by the kind of request. */
  Map<String, Queue<Long>> times() {
    return times;
  }

  /**
   * Makes a request until the stack answers it, and not with an error of its own.
   *
   * @param kind what its time is noted under
   */
  Answer answer(String kind, Supplier<Answer> request) {
    long begun = System.nanoTime();
    Answer answer = answer(request);
    times
        .computeIfAbsent(kind, none -> new ConcurrentLinkedQueue<>())
        .add(System.nanoTime() - begun);
    return answer;
  }

  private Answer answer(Supplier<Answer> request) {
    while (true) {
      lock.readLock().lock();
      try {
        if (over) {
          throw new Over();
        }
        Answer answer = request.get();
        if (answer.status() < 500) {
          return answer;
        }
      } catch (UncheckedIOException crashed) {
        interrupted.incrementAndGet();
      } finally {
        lock.readLock().unlock();
      }
      pause();
    }
  }

  private static void pause() {
    pause(PAUSE_MILLIS);
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Over();
    }
  }
}
