package dev.clockbill.journey;

/** Whether a test takes hours to look at everything: in the profiles that run it alone. */
public final class LongForm {
  private LongForm() {}

  /** One number in {@code mvn verify}, another one in the test's own profile. */
  public static int choose(int usual, int inTheLongForm) {
    return chosen() ? inTheLongForm : usual;
  }

  /** Whether the test runs in its own profile. */
  public static boolean chosen() {
    return Boolean.getBoolean("long.form");
  }
}
