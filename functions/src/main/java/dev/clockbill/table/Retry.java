package dev.clockbill.table;

import java.util.function.Supplier;

/** Optimistic locking: after a conflict between reading and writing, everything is read again. */
public final class Retry {
  private static final int TRIES = 8;

  private Retry() {}

  /**
   * Runs an attempt that reads, decides and writes. If a condition of the write failed, it runs
   * again, up to eight times in all.
   *
   * @throws ConditionFailed if there was a conflict every time
   */
  public static <T> T onConflict(Supplier<T> attempt) {
    return onConflict(TRIES, attempt);
  }

  /**
   * The same with another number of tries, for something that many requests do at once.
   *
   * @throws ConditionFailed if there was a conflict every time
   */
  public static <T> T onConflict(int tries, Supplier<T> attempt) {
    for (int left = tries - 1; ; left--) {
      try {
        return attempt.get();
      } catch (ConditionFailed conflict) {
        if (left == 0) {
          throw conflict;
        }
      }
    }
  }
}
