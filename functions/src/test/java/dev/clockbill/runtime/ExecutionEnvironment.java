package dev.clockbill.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One execution environment: a JVM of its own in which AWS's runtime interface client runs a
 * handler, as Lambda starts it.
 */
public final class ExecutionEnvironment implements AutoCloseable {
  /** Of {@code /proc}: USER_HZ, which Linux shows to programs as 100 on every machine. */
  private static final int TICKS_A_SECOND = 100;

  private static final int USER_TICKS = 11;
  private static final long ENDING_SECONDS = 120;

  private final RuntimeApi api = new RuntimeApi();
  private final Process process;
  private final Path log;
  private final long started;
  private int calls;

  /**
   * What a JVM has used since it was started.
   *
   * @param cpuMillis of all its threads
   * @param residentMegabytes the most so far
   * @param classes loaded, from archives too
   */
  public record Usage(double cpuMillis, double residentMegabytes, double classes) {}

  /**
   * Starts it.
   *
   * @param log where its standard output goes
   */
  public ExecutionEnvironment(Way way, Path log) {
    this.log = log;
    ProcessBuilder builder = new ProcessBuilder(way.command());
    builder.environment().clear();
    builder.environment().putAll(way.environment());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.directory(way.directory().toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    this.started = System.nanoTime();
    try {
      this.process = builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits until its handler is made and it asks for an event; gives the milliseconds since. */
  public double initialised() {
    return (await("next").nanos() - started) / 1e6;
  }

  /** Waits until it is ready for its snapshot, and Lambda might take it. */
  public void readyForSnapshot() {
    await("restore");
  }

  /** Lets it go on as if it were restored, until it asks for an event. */
  public void restore() {
    try {
      api.restore();
      await("next");
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  /**
   * Has it handle an event.
   *
   * @return the answer
   */
  public Answer call(String event) {
    try {
      long handed = System.nanoTime();
      api.hand(event, "request-" + ++calls);
      RuntimeApi.Arrival answer = await("response");
      await("next");
      return new Answer(answer.body(), (answer.nanos() - handed) / 1e6);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  /** What came back, and after how many milliseconds. */
  public record Answer(String body, double millis) {}

  private RuntimeApi.Arrival await(String what) {
    try {
      return api.await(what);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    } catch (TimeoutException | IllegalStateException wrong) {
      throw new IllegalStateException("See " + log, wrong);
    }
  }

  private static IllegalStateException interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(interrupted);
  }

  /** What it has used so far. */
  public Usage usage() {
    try {
      String stat = Files.readString(proc("stat"));
      // Behind the command's name, which may have spaces in it, the third field comes first.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
      long resident =
          Files.readAllLines(proc("status")).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum();
      return new Usage(
          1_000.0 * (double) ticks / TICKS_A_SECOND, (double) resident / 1_024, (double) classes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  private long classes() throws IOException {
    Process jstat =
        new ProcessBuilder(Jvm.tool("jstat"), "-class", Long.toString(process.pid())).start();
    String[] lines =
        new String(jstat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n");
    return Long.parseLong(lines[1].strip().split("\\s+")[0]);
  }

  /** Ends it as Lambda does, and waits until what it writes at its end is written. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}
