package dev.clockbill.bench.job;

import dev.clockbill.Project;
import dev.clockbill.local.Settings;
import dev.clockbill.local.Stack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The laptop's stack in a process of its own, as {@code mvn -Plocal} starts it but without the
 * demonstration data: so that what it costs is told apart from what its clients cost.
 */
final class MeasuredStack implements AutoCloseable {
  private static final String UP = "up ";

  private final Process process;
  private final String base;

  private MeasuredStack(Process process, String base) {
    this.process = process;
    this.base = base;
  }

  /** What the process runs: takes the folder that keeps its data, or nothing to keep none. */
  public static void main(String[] arguments) throws IOException {
    Settings settings =
        Settings.read(Project.path("functions/src/local/stack.yaml"))
            .withoutDemonstration()
            .reloading(true);
    Stack stack =
        Stack.start(
            arguments.length == 0 ? settings : settings.keptIn(Path.of(arguments[0]).resolve("d")));
    System.out.println(UP + stack.base());
    // The input ends with whoever measures.
    System.in.transferTo(OutputStream.nullOutputStream());
    stack.close();
    System.exit(0);
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param flags the JVM's
   * @param arguments of {@link #main}
   * @param log takes what it logs
   */
  static MeasuredStack start(List<String> flags, List<String> arguments, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MeasuredStack.class.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.to(log.toFile())).start();
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(UP)) {
        Thread.ofPlatform().daemon().start(() -> output.lines().forEach(rest -> {}));
        return new MeasuredStack(process, line.substring(UP.length()));
      }
    }
    throw new IllegalStateException("The stack did not start: see " + log);
  }

  /** Its address. */
  String base() {
    return base;
  }

  /** How long it has used processors. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException | InterruptedException failed) {
      process.destroyForcibly();
    }
  }
}
