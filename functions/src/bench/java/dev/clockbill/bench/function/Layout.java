package dev.clockbill.bench.function;

import dev.clockbill.Project;
import dev.clockbill.runtime.Scenario;
import dev.clockbill.runtime.Way;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Lays out the files of functions as Lambda does: a function's classes in the working directory and
 * the jars in its folder {@code lib}, which the runtime interface client loads by a class loader of
 * its own. In a container's image all classes are in one jar on the class path instead: a cache of
 * JDK 25 works there, and the JVM looks through every jar on it when it starts.
 */
final class Layout {
  private static final String RUNTIME =
      "/(aws-lambda-java-(runtime|serialization|core)|utils-lite)[^/]*\\.jar$";

  /** What a function with databind and the SDK's default clients is packed with. */
  private static final String USUAL =
      "/software/amazon/(awssdk|eventstream)/|/org/reactivestreams/|/slf4j-api/|/httpcomponents/|/commons-(codec|logging)/"
          + "|/aws-lambda-java-events/|/joda-time/|/jackson/core/";

  private static final String USUAL_HANDLERS = Layout.class.getPackageName() + ".usual.Usual";

  private static final String NOT_USUAL =
      "pinpoint|cognito|sesv2|enhanced|netty|url-connection|crt";

  /** What is true of one jar alone. */
  private static final Pattern NOT_JOINED =
      Pattern.compile("^META-INF/(MANIFEST\\.MF|.*\\.(SF|RSA|DSA))$|module-info\\.class$");

  private final Path folder;

  /** Lays everything out anew in a folder. */
  Layout(Path folder) {
    this.folder = folder;
    try {
      delete(folder);
      Files.createDirectories(folder.resolve("empty"));
      unzip(Project.path("functions/target/clockbill.jar"), folder.resolve("clockbill"));
      unzip(Project.path("functions/target/libraries.zip"), folder.resolve("layer"));
      copy(jars(folder.resolve("layer/java/lib")), folder.resolve("clockbill/lib"));
      copyClasses(folder.resolve("clockbill"));
      copyClasses(folder.resolve("bench"));
      copyClasses(folder.resolve("usual"));
      copy(usual(), folder.resolve("usual/lib"));
      zip(folder.resolve("bench"), folder.resolve("bench.jar"));
      unpackNativeLibrary();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What runs Clockbill's handlers, or in a container's image. */
  Way clockbill(Scenario scenario) {
    return way(scenario.function(), scenario.handler(), "clockbill");
  }

  /** What runs the handler that is written as usual. */
  Way usual(Scenario scenario) {
    return way(scenario.function() + ", usual", USUAL_HANDLERS + scenario.function(), "usual");
  }

  /** Where the calls alone are made from: this benchmark's classes beside Clockbill's libraries. */
  Path bareDirectory() {
    return folder.resolve("clockbill");
  }

  /** What runs the least that a function can be. */
  Way floor() {
    return way("hello, world", Floor.class.getName(), "bench");
  }

  private Way way(String name, String handler, String directory) {
    return new Way(
        name, handler, folder.resolve(directory), jarsOfClassPath(RUNTIME), flags(), Map.of());
  }

  /** The same with the function and its libraries in one jar on the class path. */
  Way inImage(Way way) {
    List<Path> own =
        way.directory().endsWith("clockbill")
            ? List.of(Project.path("functions/target/clockbill.jar"))
            : List.of(folder.resolve("bench.jar"));
    String kind = way.directory().getFileName().toString();
    List<Path> libraries =
        switch (kind) {
          case "clockbill" -> jars(folder.resolve("layer/java/lib"));
          case "usual" -> usual();
          default -> List.of();
        };
    Path image = folder.resolve(kind + "-image.jar");
    if (!Files.exists(image)) {
      join(Stream.concat(own.stream(), libraries.stream()).toList(), image);
    }
    List<Path> classPath = Stream.concat(way.classPath().stream(), Stream.of(image)).toList();
    return new Way(
        way.name() + ", cache",
        way.handler(),
        folder.resolve("empty"),
        classPath,
        way.flags(),
        way.variables());
  }

  /** As Lambda starts Java without SnapStart (Lambda developer guide, "Customize Java runtime"). */
  private List<String> flags() {
    return List.of(
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx870m",
        "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
            + folder.resolve("jni.so"));
  }

  Path folder() {
    return folder;
  }

  private static List<Path> usual() {
    return jarsOfClassPath(USUAL).stream()
        .filter(
            Predicate.not(jar -> jar.getFileName().toString().matches(".*(" + NOT_USUAL + ").*")))
        .toList();
  }

  private static List<Path> jarsOfClassPath(String pattern) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(Pattern.compile(pattern).asPredicate())
        .map(Path::of)
        .toList();
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void copy(List<Path> files, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
  }

  /** The classes of this benchmark. */
  private static void copyClasses(Path folder) throws IOException {
    Path classes =
        Path.of(Layout.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    String room = Layout.class.getPackageName().replace('.', '/');
    try (Stream<Path> files = Files.walk(classes.resolve(room))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(classes.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static void unzip(Path archive, Path folder) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(entries, file);
        }
      }
    }
  }

  private static void zip(Path folder, Path archive) throws IOException {
    try (ZipOutputStream output = new ZipOutputStream(Files.newOutputStream(archive));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        output.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
        Files.copy(file, output);
      }
    }
  }

  /** Joins jars: of files of one name the first counts, but all services are named. */
  private static void join(List<Path> jars, Path joined) {
    Map<String, byte[]> services = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    try (ZipOutputStream output = new ZipOutputStream(Files.newOutputStream(joined))) {
      output.setLevel(Deflater.BEST_SPEED);
      for (Path jar : jars) {
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(jar))) {
          for (ZipEntry entry = entries.getNextEntry();
              entry != null;
              entry = entries.getNextEntry()) {
            String name = entry.getName();
            if (name.startsWith("META-INF/services/") && !entry.isDirectory()) {
              services.merge(name, entries.readAllBytes(), Layout::lines);
            } else if (!NOT_JOINED.matcher(name).find() && names.add(name)) {
              output.putNextEntry(new ZipEntry(name));
              entries.transferTo(output);
            }
          }
        }
      }
      for (Map.Entry<String, byte[]> service : services.entrySet()) {
        output.putNextEntry(new ZipEntry(service.getKey()));
        output.write(service.getValue());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static byte[] lines(byte[] one, byte[] other) {
    return (new String(one, StandardCharsets.UTF_8)
            + "\n"
            + new String(other, StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** One copy for all: the client would unpack it each time, which Lambda has done before. */
  private void unpackNativeLibrary() throws IOException {
    String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    String name = "/jni/libaws-lambda-jni.linux-" + machine + ".so";
    try (InputStream library = Layout.class.getResourceAsStream(name)) {
      Files.copy(library, folder.resolve("jni.so"));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
