package dev.clockbill.journey;

import dev.clockbill.Project;
import dev.clockbill.local.Settings;
import dev.clockbill.local.Stack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A stack in a process of its own, with its data on disk, that can be killed at any moment. */
final class StackProcess {
  private static final String UP = "up ";

  private final Process process;
  private final Bench.Address address;

  private StackProcess(Process process, Bench.Address address) {
    this.process = process;
    this.address = address;
  }

  /** What the process runs: takes the folder, the port and the file of settings. */
  public static void main(String[] arguments) throws IOException {
    Settings settings =
        Settings.read(Path.of(arguments[2]))
            .withoutDemonstration()
            .keptIn(Path.of(arguments[0]))
            .onPort(Integer.parseInt(arguments[1]));
    Bench.Address at = Bench.Address.of(Stack.start(settings));
    System.out.println(UP + at.base() + " " + at.tables() + " " + at.table());
    // The input ends with the test, however that ends.
    System.in.transferTo(OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }

  /** Starts it on what is in the folder, and waits until it answers. */
  static StackProcess start(Path folder, int port, Path log) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dproject.root=" + Project.path("."),
            "-cp",
            System.getProperty("java.class.path"),
            StackProcess.class.getName(),
            folder.toString(),
            Integer.toString(port),
            Project.path("functions/src/local/stack.yaml").toString());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      BufferedReader output = process.inputReader();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(UP)) {
          String[] told = line.substring(UP.length()).split(" ");
          Thread.ofVirtual().start(() -> output.lines().forEach(rest -> {}));
          return new StackProcess(process, new Bench.Address(told[0], told[1], told[2]));
        }
      }
      throw new AssertionError("the stack did not start: see " + log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where it is. */
  Bench.Address address() {
    return address;
  }

  /** Kills it: SIGKILL, so that nothing of it can finish or clean up. */
  void kill() {
    try {
      process.destroyForcibly();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the stack could not be killed");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
