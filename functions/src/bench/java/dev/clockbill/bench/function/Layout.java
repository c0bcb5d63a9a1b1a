package dev.clockbill.bench.function;

import dev.clockbill.Project;
import dev.clockbill.runtime.Scenario;
import dev.clockbill.runtime.Way;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Lays out the files of functions as Lambda does: a function's classes in the working directory and
 * the jars in its folder {@code lib}, which the runtime interface client loads by a class loader of
 * its own. In a container's image all jars are on the class path instead, which is where a cache of
 * JDK 25 works.
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

  /** The same with all jars on the class path, ours before the libraries. */
  Way inImage(Way way) {
    List<Path> own =
        way.directory().endsWith("clockbill")
            ? List.of(Project.path("functions/target/clockbill.jar"))
            : List.of(folder.resolve("bench.jar"));
    List<Path> libraries =
        switch (way.directory().getFileName().toString()) {
          case "clockbill" -> jars(folder.resolve("layer/java/lib"));
          case "usual" -> usual();
          default -> List.of();
        };
    List<Path> classPath =
        Stream.of(way.classPath(), own, libraries).flatMap(List::stream).toList();
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
