import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that every Java source is formatted by google-java-format.
 *
 * <p>{@code java Formatting.java check <root>} names the files that are not and ends with 1; {@code
 * fix} formats them.
 */
public final class Formatting {
  private Formatting() {}

  /** Checks or formats. */
  public static void main(String[] arguments) throws Exception {
    boolean fix = arguments[0].equals("fix");
    Path root = Path.of(arguments[1]);
    List<Path> different = new ArrayList<>();
    for (Path source : sources(root)) {
      String text = Files.readString(source);
      String formatted = format(text);
      if (!text.equals(formatted)) {
        different.add(root.relativize(source));
        if (fix) {
          Files.writeString(source, formatted);
        }
      }
    }
    different.forEach(path -> System.out.println((fix ? "formatted " : "not formatted: ") + path));
    if (!fix && !different.isEmpty()) {
      System.out.println("mvn -Pformat formats them.");
      System.exit(1);
    }
  }

  private static String format(String text) throws Exception {
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    String tidy = RemoveUnusedImports.removeUnusedImports(text);
    tidy = ImportOrderer.reorderImports(tidy, JavaFormatterOptions.Style.GOOGLE);
    return formatter.formatSource(tidy);
  }

  private static List<Path> sources(Path root) throws Exception {
    List<Path> found = new ArrayList<>();
    for (String module : List.of("local/src", "functions/src")) {
      try (var walk = Files.walk(root.resolve(module))) {
        walk.filter(path -> path.toString().endsWith(".java")).sorted().forEach(found::add);
      }
    }
    return found;
  }
}
