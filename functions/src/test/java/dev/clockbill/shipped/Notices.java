package dev.clockbill.shipped;

import dev.clockbill.Project;
import dev.clockbill.shipped.BillOfMaterials.Component;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The licences and notices of what is shipped, as one text: those that a library's archive holds;
 * where it holds none, what {@code functions/src/main/notices} has for it; else, for Apache's
 * licence, the project's own copy of it.
 */
final class Notices {
  private static final Pattern WORDS =
      Pattern.compile(
          "(META-INF/)?[^/]*(licen[cs]e|notice|copying)[^/]*", Pattern.CASE_INSENSITIVE);

  private static final String OWN = "functions/src/main/notices";
  private static final String FONTS =
      "functions/src/main/resources/dev/clockbill/print/fonts/OFL.txt";
  private static final String RULE = "=".repeat(100) + "\n";

  private static final String HEAD =
      """
      Clockbill is licensed under the Apache License 2.0. It is shipped with the following works of
      others, each under its own licence, whose texts and notices follow.

      The libraries openhtmltopdf-core and openhtmltopdf-pdfbox are used as they are, under the GNU Lesser
      General Public License 2.1 or later. Their source is on Maven Central under the same names and
      versions (classifier "sources"), and their archives can be replaced in the layer by others of
      the same interface; the rest of Clockbill comes with its source, from which the archive can be
      built again.

      """;

  private Notices() {}

  /** The text for these components, in the order of their names. */
  static String of(List<Component> components) throws IOException {
    Map<String, List<String>> users = new LinkedHashMap<>();
    Map<String, Component> sorted = new TreeMap<>();
    components.forEach(each -> sorted.put(each.title(), each));
    StringBuilder text = new StringBuilder(HEAD);
    for (Component component : sorted.values()) {
      text.append(component.title()).append("  ").append(String.join(", ", component.licences()));
      text.append('\n');
      texts(component)
          .forEach(
              each ->
                  users.computeIfAbsent(each, none -> new ArrayList<>()).add(component.title()));
    }
    users.forEach(
        (words, titles) ->
            text.append('\n')
                .append(RULE)
                .append(String.join(",\n", titles))
                .append("\n\n")
                .append(words)
                .append('\n'));
    return text.toString();
  }

  /** The texts that go with a component; empty if its licence asks for none or none is known. */
  static List<String> texts(Component component) throws IOException {
    List<String> inside = inArchive(component);
    if (!inside.isEmpty()) {
      return inside;
    }
    String name = component.name().replaceFirst("^@.*/", "");
    Path own = Project.path(OWN + "/" + name + ".txt");
    if (Files.exists(own)) {
      return List.of(Files.readString(own).strip());
    }
    if (component.licences().contains("OFL-1.1")) {
      return List.of(Project.read(FONTS).strip());
    }
    return component.licences().contains("Apache-2.0")
        ? List.of(Project.read("LICENSE").strip())
        : List.of();
  }

  private static List<String> inArchive(Component component) throws IOException {
    String archive = component.name() + "-" + component.version() + ".jar";
    List<String> texts = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Path.of(path).getFileName().toString().equals(archive)) {
        try (JarFile jar = new JarFile(path)) {
          try (Stream<JarEntry> entries = jar.stream()) {
            entries
                .filter(entry -> !entry.isDirectory() && WORDS.matcher(entry.getName()).matches())
                .forEach(entry -> texts.add(read(jar, entry)));
          }
        }
      }
    }
    return texts;
  }

  private static String read(JarFile jar, JarEntry entry) {
    try {
      return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)
          .replace("\r\n", "\n")
          .strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
