package dev.clockbill;

import dev.clockbill.local.aws.UsedGrants.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which grants the functions have used in one run of Maven: a file for each JVM that tests ran in,
 * a line for each use. Maven names the folder; without it, as in an IDE, nothing is kept.
 */
public final class UsedGrantFiles {
  private static final String FOLDER = "used.grants";

  private UsedGrantFiles() {}

  /** Where they are kept. */
  private static Optional<Path> folder() {
    return Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of);
  }

  /** Adds what a stack's functions have used. */
  public static void keep(Set<Use> uses) {
    Set<String> lines =
        uses.stream()
            .map(use -> use.function() + " " + use.action())
            .collect(Collectors.toCollection(TreeSet::new));
    folder().ifPresent(folder -> append(folder, lines));
  }

  private static void append(Path folder, Set<String> lines) {
    Path file = folder.resolve(ProcessHandle.current().pid() + ".txt");
    try {
      Files.createDirectories(folder);
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * All uses, such as {@code StopTimer dynamodb:UpdateItem}; empty where none are kept.
   *
   * @throws UncheckedIOException if they cannot be read
   */
  public static Optional<Set<String>> read() {
    return folder().map(UsedGrantFiles::read);
  }

  private static Set<String> read(Path folder) {
    Set<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return lines;
  }
}
