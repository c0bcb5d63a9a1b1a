package dev.clockbill.shared;

import java.util.function.Supplier;

/** Optimistic writing: who was overtaken between reading and writing reads anew. */
public final class Again {
  private Again() {}

  /**
   * Does what reads, decides and writes; again where a condition of the write did not hold.
   *
   * @throws WriteRefused if it was overtaken every time
   */
  public static <T> T ifOvertaken(int tries, Supplier<T> attempt) {
    for (int left = tries - 1; ; left--) {
      try {
        return attempt.get();
      } catch (WriteRefused overtaken) {
        if (left == 0) {
          throw overtaken;
        }
      }
    }
  }
}
