package dev.clockbill.local.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that the functions find by {@link java.util.ServiceLoader}: that of the stack which runs
 * in this JVM, the machine's where none does.
 */
public final class StackTime implements InstantSource {
  private static volatile InstantSource source = InstantSource.system();

  /** For the service loader. */
  public StackTime() {}

  /** Lets everything in this JVM read a clock. */
  public static void follow(InstantSource clock) {
    source = clock;
  }

  /** Lets everything in this JVM read the machine's time again, if it reads this clock now. */
  public static void leave(InstantSource clock) {
    if (source == clock) {
      source = InstantSource.system();
    }
  }

  @Override
  public Instant instant() {
    return source.instant();
  }
}
