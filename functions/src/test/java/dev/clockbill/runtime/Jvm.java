package dev.clockbill.runtime;

import java.nio.file.Path;

/** The JDK that runs this, whose tools run the functions as well. */
final class Jvm {
  private Jvm() {}

  /** The path of one of its tools. */
  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
