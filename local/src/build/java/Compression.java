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
import java.util.stream.Stream;

/**
 * Compresses the portal's files by Brotli as well as it can, for whoever serves them. A compressed
 * file is named by the SHA-256 of its original and lies in another folder, so that it can never be
 * taken for one of other content.
 *
 * <p>{@code java -classpath <brotli4j> Compression.java <folder> <folder of the compressed files>}.
 * Where this machine's kind is unknown to the library, it says so and makes none: the files are
 * served by gzip then.
 */
public final class Compression {
  private static final List<String> WORTH_IT = List.of(".js", ".css", ".svg");

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
        Files.write(target, Encoder.compress(content, best));
      }
    }
    for (Path old : files(compressed, file -> !wanted.contains(file))) {
      Files.delete(old);
    }
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
