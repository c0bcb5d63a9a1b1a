package dev.clockbill.local.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of the stack, and the tasks that are due on it. */
public interface StackClock extends InstantSource {

  /** A task that is due later. */
  interface Due {
    /** Cancels the task; does nothing if it has started. */
    void cancel();
  }

  /**
   * Runs a task on a new thread at this time, or at once if the time has passed. While the clock
   * advances, no later task starts before this one has finished.
   *
   * @param what names it in messages
   */
  Due at(Instant when, String what, Runnable task);

  /** Runs a task now on a new thread; the clock does not advance before it has finished. */
  void run(String what, Runnable task);

  /**
   * Advances the clock and runs every task that becomes due, in order; returns when all have
   * finished.
   *
   * @throws IllegalArgumentException for a negative duration
   */
  void advance(Duration by);

  /** Stops the clock between advances, or lets it continue from its current time. */
  void stop(boolean stopped);

  /** Whether the clock is stopped. */
  boolean stopped();

  /** Waits until all tasks that have started are finished. */
  void settle();
}
