package dev.clockbill.house;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * {@code template.yaml} as the SAM translator transforms it ({@code local/aws/transform.py}).
 *
 * <p>It needs a Python that has the SAM CLI: {@code target/sam/bin/python}, where {@code .ci/run}
 * puts one, or the one that {@code -Dsam.python} names. Where there is none, tests are left out,
 * but never where {@code CI=true}.
 */
final class TransformedTemplate {
  /** A value for the one parameter that has no default. */
  static final String RELEASE = "0123456789abcdef";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<List<String>, TransformedTemplate> READ = new ConcurrentHashMap<>();

  /** What runs, if it does. */
  private static Optional<Translator> running = Optional.empty();

  private final JsonNode document;

  private TransformedTemplate(JsonNode document) {
    this.document = document;
  }

  /**
   * As CloudFormation gets it: with references to parameters, and with every resource, whatever its
   * condition.
   *
   * @param parameters in place of their defaults; {@code Release} has one here
   */
  static TransformedTemplate with(Map<String, String> parameters) {
    return READ.computeIfAbsent(arguments(parameters), TransformedTemplate::transformed);
  }

  /**
   * As it is deployed: with the values of parameters and names, and without the resources whose
   * condition does not hold.
   *
   * @param parameters in place of their defaults; {@code AWS::StackName} and its like are names too
   */
  static TransformedTemplate deployed(Map<String, String> parameters) {
    List<String> arguments = new ArrayList<>(List.of("--resolve"));
    arguments.addAll(arguments(parameters));
    return READ.computeIfAbsent(arguments, TransformedTemplate::transformed);
  }

  private static List<String> arguments(Map<String, String> parameters) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.putIfAbsent("Release", RELEASE);
    List<String> arguments = new ArrayList<>();
    arguments.add(Project.path("template.yaml").toString());
    all.forEach((name, value) -> arguments.add(name + "=" + value));
    return arguments;
  }

  private static synchronized TransformedTemplate transformed(List<String> arguments) {
    try {
      if (running.isEmpty()) {
        running = Optional.of(new Translator());
      }
      return new TransformedTemplate(running.get().answer(arguments));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The translator as a process that ends with this JVM: loading it takes as long as its work. */
  private static final class Translator {
    private final Path errors = Files.createTempFile("translator", ".txt");
    private final Process process;

    Translator() throws IOException {
      errors.toFile().deleteOnExit();
      process =
          new ProcessBuilder(
                  python().toString(), Project.path("local/aws/transform.py").toString(), "--lines")
              .redirectError(errors.toFile())
              .start();
    }

    JsonNode answer(List<String> arguments) throws IOException {
      process.outputWriter().append(JSON.writeValueAsString(arguments)).append('\n').flush();
      String line = process.inputReader().readLine();
      if (line == null) {
        running = Optional.empty();
        throw new IllegalStateException(Files.readString(errors));
      }
      return JSON.readTree(line);
    }
  }

  private static Path python() {
    Optional<Path> found =
        Optional.ofNullable(System.getProperty("sam.python"))
            .map(Path::of)
            .or(() -> Optional.of(Project.path("target/sam/bin/python")))
            .filter(Files::isExecutable);
    if (found.isEmpty()) {
      String why =
          "The checks of the transformed template are left out: there is no target/sam/bin/python"
              + " with the SAM CLI; .ci/run installs one.";
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(why);
      }
      System.err.println(why);
      abort(why);
    }
    return found.get();
  }

  /** Its resources, by logical id. */
  Map<String, JsonNode> resources() {
    Map<String, JsonNode> resources = new LinkedHashMap<>();
    document
        .path("Resources")
        .properties()
        .forEach(each -> resources.put(each.getKey(), each.getValue()));
    return resources;
  }

  /** The resources of a type, by logical id. */
  Map<String, JsonNode> resources(String type) {
    Map<String, JsonNode> resources = resources();
    resources.values().removeIf(Predicate.not(each -> each.path("Type").asText().equals(type)));
    return resources;
  }

  /** What a resource says, by logical id. */
  JsonNode properties(String logicalId) {
    return document.path("Resources").path(logicalId).path("Properties");
  }

  /** All of it. */
  JsonNode document() {
    return document;
  }
}
