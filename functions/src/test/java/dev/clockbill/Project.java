package dev.clockbill;

import dev.clockbill.local.template.Attributes;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.QueueEntry;
import dev.clockbill.local.template.StateMachineEntry;
import dev.clockbill.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The project's own files, as tests read them. */
public final class Project {
  private static final Path ROOT = root();

  private Project() {}

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("template.yaml")) ? here : here.getParent();
  }

  /** A file or folder, by its path from the top. */
  public static Path path(String path) {
    return ROOT.resolve(path);
  }

  /** The text of a file. */
  public static String read(String path) {
    try {
      return Files.readString(path(path));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** All files below a folder whose names have this ending. */
  public static List<Path> files(String folder, String ending) {
    try (Stream<Path> found = Files.walk(path(folder))) {
      return found.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** The functions of {@code template.yaml}. */
  public static List<FunctionEntry> functions() {
    return template().functions();
  }

  /** Its state machines. */
  public static List<StateMachineEntry> stateMachines() {
    return template().stateMachines();
  }

  /** Its queues. */
  public static List<QueueEntry> queues() {
    return template().queues();
  }

  private static Template template() {
    return Template.read(
        path("template.yaml"),
        Map.of("BaseUrl", "http://localhost:8080", "Release", "ofTheTests"),
        Attributes.NONE);
  }
}
