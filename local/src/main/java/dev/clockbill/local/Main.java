package dev.clockbill.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the stack and runs it until the process ends.
 *
 * <p>System properties: {@code settings} (the YAML file), {@code port} (8080), {@code data} (the
 * folder that keeps everything, {@code local/data}), {@code fresh} ({@code true} empties it first),
 * {@code reload} ({@code true} lets functions run their new code once their classes were compiled
 * again), {@code endWithParent} ({@code true} ends it with the process that started it).
 */
public final class Main {
  private Main() {}

  /** Starts the stack; prints the reason and exits with 1 if that fails. */
  public static void main(String[] arguments) {
    Progress progress = Progress.printed();
    try {
      Settings settings = settings();
      Stack stack = Stack.start(settings, progress);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
      if (Boolean.getBoolean("endWithParent")) {
        endWithParent();
      }
      progress.ready();
      settings.welcome().ifPresent(file -> System.out.println(stack.filled(read(file))));
    } catch (RuntimeException refused) {
      System.err.println("\nThe stack does not start. " + refused.getMessage());
      if (refused.getCause() != null) {
        refused.getCause().printStackTrace();
      }
      System.exit(1);
    }
  }

  /** Maven does not stop the processes it started when it is stopped itself. */
  static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent ->
                Thread.ofPlatform()
                    .daemon()
                    .name("parent")
                    .start(
                        () -> {
                          parent.onExit().join();
                          System.exit(0);
                        }));
  }

  private static Settings settings() {
    String file = System.getProperty("settings");
    if (file == null) {
      throw new IllegalArgumentException("Name the file of settings with -Dsettings=.");
    }
    Path data = Path.of(System.getProperty("data", "local/data"));
    String fresh = System.getProperty("fresh", "false");
    if (!fresh.equals("false")) {
      delete(data);
    }
    return Settings.read(Path.of(file))
        .onPort(port())
        .keptIn(data)
        .reloading(Boolean.getBoolean("reload"));
  }

  private static int port() {
    String port = System.getProperty("port", "8080");
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("-Dport= takes a number up to 65535, not " + port + ".");
    }
    return Integer.parseInt(port);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("The folder " + folder + " cannot be emptied.", failed);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException("The text " + file + " cannot be read.", failed);
    }
  }

  private static void stop(Stack stack) {
    System.out.println("Stopping.");
    stack.close();
    System.out.println("Stopped; what there is stays in the data folder.");
  }
}
