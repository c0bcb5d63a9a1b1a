package dev.clockbill.bench;

import dev.clockbill.bench.function.FunctionSpeed;
import dev.clockbill.bench.job.WholeJob;
import dev.clockbill.bench.portal.PortalSpeed;
import java.util.List;

/** Measures what {@code -Dparts=} names, and prints the tables of {@code docs/benchmark.md}. */
public final class Bench {
  private Bench() {}

  /** Measures one part after the other. */
  public static void main(String[] arguments) throws Exception {
    List<String> parts = List.of(System.getProperty("parts", "functions,job,portal").split(","));
    if (parts.contains("functions")) {
      FunctionSpeed.main(arguments);
    }
    if (parts.contains("job")) {
      WholeJob.main(arguments);
    }
    if (parts.contains("portal")) {
      PortalSpeed.main(arguments);
    }
    // A client that is kept for later calls has threads that go on.
    System.exit(0);
  }
}
