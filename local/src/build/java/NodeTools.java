import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs the checks that are written in JavaScript: the portal's linter and type checks, and prettier
 * for CSS, JSON and YAML everywhere.
 *
 * <p>{@code java NodeTools.java check <root>} ends with 1 if something is wrong; {@code fix}
 * corrects what can be corrected. Both install the tools that {@code portal/package-lock.json}
 * pins. Without npm they are left out, and a line says so; where {@code CI=true} that is an error.
 */
public final class NodeTools {
  private static final boolean WINDOWS =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

  private static final String NPM = WINDOWS ? "npm.cmd" : "npm";
  private static final String FILES = "**/*.{css,json,yaml}";

  private final Path root;
  private final Path portal;
  private final boolean fix;

  private NodeTools(Path root, boolean fix) {
    this.root = root;
    this.portal = root.resolve("portal");
    this.fix = fix;
  }

  /** Checks or corrects. */
  public static void main(String[] arguments) throws Exception {
    boolean fix = arguments[0].equals("fix");
    System.exit(new NodeTools(Path.of(arguments[1]), fix).run());
  }

  private int run() throws Exception {
    if (!npmIsInstalled()) {
      System.out.println(
          "Left out, since npm is not installed: the portal's lint and types, and the formatting of"
              + " JavaScript, CSS, JSON and YAML.");
      return "true".equals(System.getenv("CI")) ? 1 : 0;
    }
    if (!installed()) {
      int failed = call(portal, List.of(NPM, "ci", "--silent", "--no-audit", "--no-fund"));
      if (failed != 0) {
        return failed;
      }
    }
    // Both run even if the first one finds something, so that one run names everything.
    int portalResult = call(portal, List.of(NPM, "run", "--silent", fix ? "fix" : "check"));
    int filesResult =
        call(
            root,
            List.of(
                prettier(), fix ? "--write" : "--check", "--log-level", "warn", FILES, "!portal"));
    if (portalResult == 0 && filesResult == 0) {
      return 0;
    }
    if (!fix) {
      System.out.println("mvn -Pformat corrects formatting; the rest is for you to correct.");
    }
    return 1;
  }

  private static boolean npmIsInstalled() throws Exception {
    try {
      return new ProcessBuilder(NPM, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  /** Whether what is installed is what the lock file names. */
  private boolean installed() throws IOException {
    Path lock = portal.resolve("package-lock.json");
    Path done = portal.resolve("node_modules/.package-lock.json");
    return Files.exists(done)
        && Files.getLastModifiedTime(done).compareTo(Files.getLastModifiedTime(lock)) >= 0;
  }

  private String prettier() {
    String name = WINDOWS ? "prettier.cmd" : "prettier";
    return portal.resolve("node_modules/.bin").resolve(name).toString();
  }

  private static int call(Path folder, List<String> command) throws Exception {
    return new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
  }
}
