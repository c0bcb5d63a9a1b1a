import static java.nio.charset.StandardCharsets.UTF_8;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compresses the portal's files by Brotli as well as it can, for whoever serves them. A compressed
 * file is named by the SHA-256 of its original and lies in another folder, so that it can never be
 * taken for one of other content. Comments of our scripts are left out of it, and no line is
 * indented; lines stay, so that code keeps the numbers of its lines.
 *
 * <p>{@code java -classpath <brotli4j> Compression.java <folder> <folder of the compressed files>}.
 * Where this machine's kind is unknown to the library, it says so and makes none: the files are
 * served by gzip then.
 */
public final class Compression {
  private static final List<String> WORTH_IT = List.of(".js", ".css", ".svg");

  /** A line that begins with two slashes, or the lines of a documentation comment. */
  private static final Pattern COMMENT_LINES =
      Pattern.compile("^ *(?://.*|/\\*\\*(?s:(?!\\*/).)*\\*/ *)$", Pattern.MULTILINE);

  /** A comment after code, unless it could be a part of a text. */
  private static final Pattern COMMENT_AFTER =
      Pattern.compile("(?<=[;,{(]) +// [^'\"`]*?$", Pattern.MULTILINE);

  private static final Pattern COMMENTS = Pattern.compile("/\\*(?s:.*?)\\*/");
  private static final Pattern INDENTATION = Pattern.compile("^ +", Pattern.MULTILINE);

  private Compression() {}

  /** Takes the two folders. */
  public static void main(String... arguments) throws IOException {
    if (!Brotli4jLoader.isAvailable()) {
      System.out.println(
          "The portal's files are not compressed by Brotli: no library for this machine.");
      return;
    }
    Path compressed = Files.createDirectories(Path.of(arguments[1]));
    Encoder.Parameters best = Encoder.Parameters.create(11);
    Set<Path> wanted = new HashSet<>();
    for (Path file : files(Path.of(arguments[0]), Compression::isWorthIt)) {
      byte[] content = Files.readAllBytes(file);
      Path target = compressed.resolve(sha256(content) + ".br");
      wanted.add(target);
      if (Files.notExists(target)) {
        Files.write(target, Encoder.compress(lean(file, content), best));
      }
    }
    for (Path old : files(compressed, file -> !wanted.contains(file))) {
      Files.delete(old);
    }
  }

  /** Licences are in files of others alone, which stay whole. */
  private static byte[] lean(Path file, byte[] content) {
    String name = file.toString();
    if (name.endsWith(".svg") || file.getParent().getFileName().toString().equals("vendor")) {
      return content;
    }
    Pattern comments = name.endsWith(".css") ? COMMENTS : COMMENT_LINES;
    String code =
        comments
            .matcher(new String(content, UTF_8))
            .replaceAll(lines -> "\n".repeat((int) lines.group().lines().count() - 1));
    if (name.endsWith(".js")) {
      code = COMMENT_AFTER.matcher(code).replaceAll("");
    }
    return INDENTATION.matcher(code).replaceAll("").getBytes(UTF_8);
  }

  private static List<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).filter(wanted).toList();
    }
  }

  private static boolean isWorthIt(Path file) {
    return WORTH_IT.stream().anyMatch(file.toString()::endsWith);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
