package dev.clockbill.journey;

import dev.clockbill.Project;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps what the product and the stack print during a test in which much fails on purpose in a file
 * under {@code functions/target/journeys}, so that what the test itself says can be read.
 */
final class ProductOutput implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final PrintStream file;

  private ProductOutput(PrintStream file) {
    this.file = file;
  }

  /** Begins to keep it in a file of that name. */
  static ProductOutput into(String name) {
    try {
      Path folder = Files.createDirectories(Project.path("functions/target/journeys"));
      PrintStream file =
          new PrintStream(
              Files.newOutputStream(folder.resolve(name + ".log")), true, StandardCharsets.UTF_8);
      ProductOutput output = new ProductOutput(file);
      System.setOut(file);
      System.setErr(file);
      return output;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Says something where it is seen. */
  void say(String line) {
    out.println(line);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    file.close();
  }
}
