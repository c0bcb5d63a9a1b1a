package dev.clockbill.bench.function;

import java.nio.file.Path;

/** The JDK that runs the benchmark, whose tools run the functions as well. */
final class Jvm {
  private Jvm() {}

  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
