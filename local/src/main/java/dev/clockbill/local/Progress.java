package dev.clockbill.local;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Tells what the stack does while it starts, one line each, with the time that it took. */
final class Progress {
  /** A step that gives nothing. */
  @FunctionalInterface
  interface Step {
    /** Does it. */
    void run() throws Exception;
  }

  private final Consumer<String> lines;
  private final long begun = System.nanoTime();

  private Progress(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Tells nobody. */
  static Progress silent() {
    return new Progress(line -> {});
  }

  /** Prints it. */
  static Progress printed() {
    return new Progress(System.out::println);
  }

  /** Does a step and tells how long it took. */
  <T> T step(String what, Callable<T> step) throws Exception {
    long from = System.nanoTime();
    T result = step.call();
    tell(what, System.nanoTime() - from);
    return result;
  }

  /** Does a step that gives nothing. */
  void step(String what, Step step) throws Exception {
    step(
        what,
        () -> {
          step.run();
          return what;
        });
  }

  /** Tells that all is ready, and how long it took. */
  void ready() {
    tell("Ready", System.nanoTime() - begun);
  }

  private void tell(String what, long nanos) {
    Duration took = Duration.ofNanos(nanos);
    String seconds =
        String.format(Locale.ROOT, "%d.%02d s", took.toSeconds(), took.toMillisPart() / 10);
    lines.accept(String.format(Locale.ROOT, "  %-58s %8s", what, seconds));
  }
}
