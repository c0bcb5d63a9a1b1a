import com.fasterxml.jackson.jr.ob.JSON;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is shipped that others made. It completes the bill of materials that CycloneDX's Maven
 * plugin has made of the functions' dependencies, by what the portal and the PDF bring along, and
 * writes all licences and notices beside the functions' classes, whence they come into their jar:
 * Apache's licence (4d), MIT's, BSD's and the fonts' ask for that.
 *
 * <p>{@code java -classpath <the functions' dependencies> ThirdParty.java <root>} ends with 1 if it
 * knows no text of something whose licence asks for one.
 */
public final class ThirdParty {
  private static final String BILL = "functions/target/bom.json";
  private static final String NOTICES = "functions/target/classes/META-INF/THIRD-PARTY.txt";
  private static final String LAYER = "functions/src/layer/libraries.xml";

  /** Folders whose {@code manifest.json} says which of their files others made. */
  private static final List<String> VENDORED =
      List.of("portal/vendor/", "functions/src/main/fonts/dev/clockbill/print/script/");

  /** Texts for what holds none itself. */
  private static final String OWN = "functions/src/main/notices/";

  private static final String FONTS =
      "functions/src/main/resources/dev/clockbill/print/fonts/OFL.txt";

  private static final Pattern LEFT_OUT =
      Pattern.compile("<exclude>([\\w.]+):([\\w*-]+)</exclude>");

  private static final Pattern WORDS =
      Pattern.compile(
          "(META-INF/)?[^/]*(licen[cs]e|notice|copying)[^/]*", Pattern.CASE_INSENSITIVE);

  private static final String RULE = "=".repeat(100) + "\n";

  private static final String HEAD =
      """
      Clockbill is licensed under the Apache License 2.0. It is shipped with the following works of
      others, each under its own licence, whose texts and notices follow.

      The libraries openhtmltopdf-core and openhtmltopdf-pdfbox are used as they are, under the GNU
      Lesser General Public License 2.1 or later. Their source is on Maven Central under the same names
      and versions (classifier "sources"), and their archives can be replaced in the layer by others
      of the same interface; the rest of Clockbill comes with its source, from which all of it can be
      built again.

      """;

  private final Path root;

  private ThirdParty(Path root) {
    this.root = root;
  }

  /** Takes the project's root. */
  public static void main(String... arguments) throws IOException {
    new ThirdParty(Path.of(arguments[0])).write();
  }

  private void write() throws IOException {
    Path file = root.resolve(BILL);
    if (Files.notExists(file)) {
      System.out.println(
          "There is no bill of materials and the jar holds no notices: CycloneDX's plugin does not"
              + " run where Maven is offline (-o).");
      return;
    }
    Map<String, Object> bill = JSON.std.mapFrom(file.toFile());
    List<Map<String, Object>> components = new ArrayList<>(objects(bill, "components"));
    components.removeIf(this::leftOut);
    for (String folder : VENDORED) {
      components.removeIf(each -> text(each, "bom-ref").startsWith(folder));
      Map<String, Object> manifest =
          JSON.std.mapFrom(root.resolve(folder + "manifest.json").toFile());
      objects(manifest, "files").forEach(each -> components.add(vendored(folder, each)));
    }
    bill.put("components", components);
    JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).write(bill, file.toFile());
    Path notices = root.resolve(NOTICES);
    Files.createDirectories(notices.getParent());
    Files.writeString(notices, notices(components));
  }

  /** What the layer leaves out of the dependencies: {@code group:name}, or {@code *} for a name. */
  private boolean leftOut(Map<String, Object> component) {
    Matcher leftOut = LEFT_OUT.matcher(read(LAYER));
    return leftOut
        .results()
        .anyMatch(
            each ->
                each.group(1).equals(text(component, "group"))
                    && (each.group(2).equals("*")
                        || each.group(2).equals(text(component, "name"))));
  }

  /** A file that was copied or made from a package, named after that: npm's, unless it says so. */
  private static Map<String, Object> vendored(String folder, Map<String, Object> entry) {
    String from = text(entry, "from");
    String file = text(entry, "file");
    int at = from.lastIndexOf('@');
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("type", file.endsWith(".js") || file.endsWith(".wasm") ? "library" : "file");
    component.put("bom-ref", folder + file);
    component.put("name", from.substring(0, at));
    component.put("version", from.substring(at + 1));
    component.put("description", folder + file);
    component.put("hashes", List.of(Map.of("alg", "SHA-256", "content", text(entry, "sha256"))));
    component.put("licenses", List.of(Map.of("license", Map.of("id", text(entry, "licence")))));
    component.put("purl", entry.getOrDefault("purl", "pkg:npm/" + from.replaceFirst("^@", "%40")));
    return component;
  }

  /** All texts, each once, after the list of all that is shipped. */
  private String notices(List<Map<String, Object>> components) {
    Map<String, Map<String, Object>> sorted = new TreeMap<>();
    components.forEach(each -> sorted.put(title(each), each));
    StringBuilder text = new StringBuilder(HEAD);
    Map<String, List<String>> users = new LinkedHashMap<>();
    sorted.forEach(
        (title, component) -> {
          List<String> licences = licences(component);
          text.append(title).append("  ").append(String.join(", ", licences)).append('\n');
          List<String> texts = texts(component, licences);
          if (texts.isEmpty() && !licences.equals(List.of("MIT-0"))) {
            System.out.println("Put the licence of " + title + " into " + OWN + ".");
            System.exit(1);
          }
          texts.forEach(each -> users.computeIfAbsent(each, none -> new ArrayList<>()).add(title));
        });
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

  /** Those in its archive; else ours for it; else, for Apache's licence, our own copy of that. */
  private List<String> texts(Map<String, Object> component, List<String> licences) {
    List<String> inside = inArchive(text(component, "name") + "-" + text(component, "version"));
    if (!inside.isEmpty()) {
      return inside;
    }
    String own = OWN + text(component, "name").replaceFirst("^@.*/", "") + ".txt";
    if (Files.exists(root.resolve(own))) {
      return List.of(read(own));
    }
    if (licences.contains("OFL-1.1")) {
      return List.of(read(FONTS));
    }
    return licences.contains("Apache-2.0") ? List.of(read("LICENSE")) : List.of();
  }

  private static List<String> inArchive(String name) {
    List<String> texts = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Path.of(path).getFileName().toString().equals(name + ".jar")) {
        try (JarFile jar = new JarFile(path);
            Stream<JarEntry> entries = jar.stream()) {
          entries
              .filter(entry -> !entry.isDirectory() && WORDS.matcher(entry.getName()).matches())
              .forEach(entry -> texts.add(read(jar, entry)));
        } catch (IOException unreadable) {
          throw new UncheckedIOException(unreadable);
        }
      }
    }
    return texts;
  }

  private static String read(JarFile jar, JarEntry entry) {
    try {
      return tidy(new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String read(String path) {
    try {
      return tidy(Files.readString(root.resolve(path)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String tidy(String text) {
    return text.replace("\r\n", "\n").strip();
  }

  /** Such as {@code com.stripe:stripe-java 33.3.0}. */
  private static String title(Map<String, Object> component) {
    String group = text(component, "group");
    return (group.isEmpty() ? "" : group + ":")
        + text(component, "name")
        + " "
        + text(component, "version");
  }

  /** As SPDX names them. */
  @SuppressWarnings("unchecked")
  private static List<String> licences(Map<String, Object> component) {
    return objects(component, "licenses").stream()
        .map(
            choice -> {
              Map<String, Object> licence =
                  (Map<String, Object>) choice.getOrDefault("license", Map.of());
              String name = text(licence, licence.containsKey("id") ? "id" : "name");
              return choice.containsKey("expression") ? text(choice, "expression") : name;
            })
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> objects(Map<String, Object> of, String name) {
    return (List<Map<String, Object>>) of.getOrDefault(name, List.of());
  }

  private static String text(Map<String, Object> of, String name) {
    return String.valueOf(of.getOrDefault(name, ""));
  }
}
