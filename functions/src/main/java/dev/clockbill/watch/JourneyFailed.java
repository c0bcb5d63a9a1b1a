package dev.clockbill.watch;

/** A step of the journey that failed, in one sentence. */
final class JourneyFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String step;
  private final long milliseconds;

  JourneyFailed(String step, long milliseconds, RuntimeException why) {
    super(
        "The journey failed at \"%s\" after %d ms: %s"
            .formatted(step, milliseconds, why.getMessage()),
        why);
    this.step = step;
    this.milliseconds = milliseconds;
  }

  String step() {
    return step;
  }

  long milliseconds() {
    return milliseconds;
  }
}
