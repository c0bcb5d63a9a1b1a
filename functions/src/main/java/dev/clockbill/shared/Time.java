package dev.clockbill.shared;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ServiceLoader;

/** The time that everything reads: from a provided source, or else the system's. */
public final class Time {
  private static final InstantSource SOURCE =
      ServiceLoader.load(InstantSource.class).findFirst().orElse(InstantSource.system());

  private Time() {}

  /** Now, cut to the second, as every stored and answered instant is. */
  public static Instant now() {
    return SOURCE.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The source of the current time, at full precision. */
  public static InstantSource source() {
    return SOURCE;
  }
}
