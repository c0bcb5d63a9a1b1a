package dev.clockbill.local.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of the stack, and everything that is due on it. */
public interface StackClock extends InstantSource {

  /** Something due; {@link #cancel()} takes it back if it has not begun. */
  interface Due {
    /** Takes it back; does nothing if it has begun. */
    void cancel();
  }

  /**
   * Runs a task when the time has come, on a thread of its own. Moments in the past are due at
   * once. While time is moved, nothing later begins before it has ended.
   *
   * @param what names it in messages
   */
  Due at(Instant when, String what, Runnable task);

  /** Runs a task now, on a thread of its own; time is not moved on before it has ended. */
  void run(String what, Runnable task);

  /**
   * Moves time on through every moment at which something is due, in order; returns when all of it
   * has run.
   *
   * @throws IllegalArgumentException for a negative duration
   */
  void advance(Duration by);

  /** Stops time between advances, or lets it run on from where it stands. */
  void stop(boolean stopped);

  /** Whether time stands. */
  boolean stopped();

  /** Waits until nothing that {@link #run} or {@link #at} began is still under way. */
  void settle();
}
