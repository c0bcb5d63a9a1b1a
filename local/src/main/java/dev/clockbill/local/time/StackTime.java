package dev.clockbill.local.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The time that the functions find by {@link java.util.ServiceLoader}: that of the stack which runs
 * in this JVM, of several the one started last, the machine's where none does.
 */
public final class StackTime implements InstantSource {
  private static final List<InstantSource> CLOCKS =
      new CopyOnWriteArrayList<>(List.of(InstantSource.system()));

  /** For the service loader. */
  public StackTime() {}

  /** Lets everything in this JVM read a clock. */
  public static void follow(InstantSource clock) {
    CLOCKS.add(clock);
  }

  /** Lets everything in this JVM read the clock that was followed before, if this one is now. */
  public static void leave(InstantSource clock) {
    CLOCKS.remove(clock);
  }

  @Override
  public Instant instant() {
    return CLOCKS.getLast().instant();
  }
}
