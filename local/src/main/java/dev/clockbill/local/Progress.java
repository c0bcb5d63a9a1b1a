package dev.clockbill.local;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Reports the steps of a start, one line each, with the time it took. */
final class Progress {
  /** A step without a result. */
  @FunctionalInterface
  interface Step {
    /** Runs the step. */
    void run() throws Exception;
  }

  private final Consumer<String> lines;
  private final long begun = System.nanoTime();

  private Progress(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Reports nothing. */
  static Progress silent() {
    return new Progress(line -> {});
  }

  /** Prints the lines. */
  static Progress printed() {
    return new Progress(System.out::println);
  }

  /** Runs a step and reports how long it took. */
  <T> T step(String what, Callable<T> step) throws Exception {
    long from = System.nanoTime();
    T result = step.call();
    tell(what, System.nanoTime() - from);
    return result;
  }

  /** Runs a step without a result. */
  void step(String what, Step step) throws Exception {
    step(
        what,
        () -> {
          step.run();
          return what;
        });
  }

  /** Reports that the stack is ready, and how long the start took. */
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
