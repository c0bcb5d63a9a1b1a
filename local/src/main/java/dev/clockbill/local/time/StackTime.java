package dev.clockbill.local.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The time that functions find by {@link java.util.ServiceLoader}.
 *
 * <p>A function reads the clock of the stack that runs it, so that several stacks in one JVM can
 * each have a time of their own. On a thread that no stack started, this is the clock of the stack
 * that was started last, or the system's where there is none.
 */
public final class StackTime implements InstantSource {
  private static final List<InstantSource> STACKS =
      new CopyOnWriteArrayList<>(List.of(InstantSource.system()));
  // Inherited, so that threads which a function starts read the same clock as the function.
  private static final ThreadLocal<InstantSource> OF_THREAD = new InheritableThreadLocal<>();

  /** For the service loader. */
  public StackTime() {}

  /** Adds the clock of a stack that starts. */
  public static void add(InstantSource clock) {
    STACKS.add(clock);
  }

  /** Removes the clock of a stack that stops. */
  public static void remove(InstantSource clock) {
    STACKS.remove(clock);
  }

  /**
   * Runs a task that reads this clock, as do the threads that it starts.
   *
   * @return what the task returns
   */
  public static <T> T callWith(InstantSource clock, Callable<T> task) throws Exception {
    InstantSource before = OF_THREAD.get();
    OF_THREAD.set(clock);
    try {
      return task.call();
    } finally {
      if (before == null) {
        OF_THREAD.remove();
      } else {
        OF_THREAD.set(before);
      }
    }
  }

  @Override
  public Instant instant() {
    InstantSource ofThread = OF_THREAD.get();
    return (ofThread == null ? STACKS.getLast() : ofThread).instant();
  }
}
