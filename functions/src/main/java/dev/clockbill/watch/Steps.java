package dev.clockbill.watch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The steps of one journey, and how long each took. */
final class Steps {
  private final Map<String, Object> milliseconds = new LinkedHashMap<>();

  /**
   * Takes a step.
   *
   * @throws JourneyFailed if it fails
   */
  <T> T take(String name, Supplier<T> step) {
    long begun = System.nanoTime();
    try {
      T result = step.get();
      milliseconds.put(name, since(begun));
      return result;
    } catch (RuntimeException why) {
      throw new JourneyFailed(name, since(begun), why);
    }
  }

  private static long since(long begun) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  /** How long the steps took that succeeded, in the order in which they were taken. */
  Map<String, Object> milliseconds() {
    return milliseconds;
  }
}
