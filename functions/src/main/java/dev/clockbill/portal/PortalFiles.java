package dev.clockbill.portal;

import dev.clockbill.shared.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The browser interface's files, read from the artifact once, with the hash of the whole tree: an
 * address that holds it never changes what it serves, and so may be cached for ever.
 */
final class PortalFiles {
  private static final String FOLDER = "/portal";

  /** Files that the build has compressed: named by the SHA-256 of their originals. */
  private static final String COMPRESSED = "/portal-compressed/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "webmanifest", "application/manifest+json",
          "woff2", "font/woff2");

  /** What no page asks for, or only for letters that are rare. */
  private static final Pattern ONLINE =
      Pattern.compile(
          "index.html|service-worker.js|.*[.](png|webmanifest|json)|vendor/inter-ext.*");

  private static final Pattern ALREADY_COMPRESSED = Pattern.compile("\\.(woff2|png)$");

  private final Map<String, PortalFile> files = new TreeMap<>();
  private final String hash;

  /**
   * One file.
   *
   * @param contentType the header that the browser gets
   * @param content as it is
   * @param compressed the same by the encodings that make it smaller, the best one first
   */
  record PortalFile(String contentType, byte[] content, Map<String, byte[]> compressed) {

    /** What the newest browsers get. */
    byte[] smallest() {
      return compressed.values().stream().findFirst().orElse(content);
    }
  }

  /** Reads the files of the class path's {@code portal} folder. */
  PortalFiles() {
    try {
      URI index = PortalFiles.class.getResource(FOLDER + "/index.html").toURI();
      if (index.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(index, Map.of())) {
          read(jar.getPath(FOLDER));
        }
      } else {
        read(Path.of(index).getParent());
      }
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    this.hash = hashed();
  }

  /** The hash of all files, their names included: 16 hexadecimal digits. */
  String hash() {
    return hash;
  }

  /** Where browsers find the files: an address that holds the hash. */
  String assets() {
    return "/assets/" + hash;
  }

  /** The paths below the folder that begin so. */
  List<String> names(String beginning) {
    return files.keySet().stream().filter(name -> name.startsWith(beginning)).toList();
  }

  /** A script and all that it needs at once, the nearest first. */
  Set<String> modules(String entry) {
    return Modules.neededBy(
        entry, name -> new String(file(name).orElseThrow().content(), StandardCharsets.UTF_8));
  }

  /** A text that the build has not compressed. */
  static PortalFile compressed(String contentType, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return new PortalFile(contentType, content, Map.of("gzip", gzip(content)));
  }

  /** The file at a path below the folder, such as {@code core/api.js}. */
  Optional<PortalFile> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** The paths of the files with which every page works without a network. */
  List<String> neededOffline() {
    return files.keySet().stream().filter(name -> !ONLINE.matcher(name).matches()).toList();
  }

  private void read(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
          throw new IllegalStateException("The portal has a file of an unknown type: " + name);
        }
        byte[] content = Files.readAllBytes(path);
        files.put(name, new PortalFile(type, content, compressed(name, content)));
      }
    }
  }

  private static Map<String, byte[]> compressed(String name, byte[] content) throws IOException {
    Map<String, byte[]> encodings = new LinkedHashMap<>();
    if (!ALREADY_COMPRESSED.matcher(name).find()) {
      String hash = HexFormat.of().formatHex(Sha256.of(content));
      try (InputStream brotli = PortalFiles.class.getResourceAsStream(COMPRESSED + hash + ".br")) {
        if (brotli != null) {
          encodings.put("br", brotli.readAllBytes());
        }
      }
      encodings.put("gzip", gzip(content));
    }
    return encodings;
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private String hashed() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    files.forEach(
        (name, file) -> {
          all.writeBytes(name.getBytes(StandardCharsets.UTF_8));
          all.write(0);
          all.writeBytes(file.content());
        });
    return HexFormat.of().formatHex(Sha256.of(all.toByteArray()), 0, 8);
  }
}
