package dev.clockbill.shared;

import java.security.SecureRandom;

/**
 * Chance that the system gives. Functions that are restored from the same snapshot do not share it,
 * as they would the state of a generator of numbers (Lambda developer guide, "Handling uniqueness
 * with Lambda SnapStart").
 */
public final class Chance {
  private static final SecureRandom SYSTEM = new SecureRandom();

  private Chance() {}

  /** A number from 0 up to, but not, a bound, which is positive. */
  public static long below(long bound) {
    return SYSTEM.nextLong(bound);
  }

  /** As many random bytes. */
  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    SYSTEM.nextBytes(bytes);
    return bytes;
  }
}
