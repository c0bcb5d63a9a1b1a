package dev.clockbill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A YAML file of HTTP requests: {@code calls}, and {@code startDaysAgo}, how many days in the past
 * they start.
 *
 * <p>A call is {@code call} (method and path, or method and a saved address), and where needed
 * {@code as} (the user whose token it carries), {@code body} (an object as JSON, or a text as it
 * is) or {@code bytes} (a file in base64), {@code headers}, {@code expect} (the status; any below 400 where it is absent), {@code save}
 * (names of values to keep, each with a JSON pointer into the answer's body or the name of a header
 * of it) and {@code each} (a list of objects: the call is made once for each, with its fields as
 * values). {@code {name}} in any text stands for a value.
 */
public final class Demonstration {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> KNOWN =
      Set.of("call", "as", "body", "bytes", "headers", "expect", "save", "each");

  private final Path file;
  private final JsonNode content;

  private Demonstration(Path file, JsonNode content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read or a call has an unknown field
   */
  public static Demonstration read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      JsonNode content =
          JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(reader));
      Demonstration demonstration = new Demonstration(file, content);
      demonstration.check();
      return demonstration;
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "The demonstration " + file + " cannot be read.", unreadable);
    }
  }

  private void check() {
    int number = 0;
    for (JsonNode call : content.path("calls")) {
      number++;
      for (Map.Entry<String, JsonNode> entry : call.properties()) {
        if (!KNOWN.contains(entry.getKey())) {
          throw new IllegalArgumentException(
              "%s: call %d has an unknown field \"%s\"."
                  .formatted(file.getFileName(), number, entry.getKey()));
        }
      }
      if (!call.path("call").asText().matches("[A-Z]+ \\S+")) {
        throw new IllegalArgumentException(
            "%s: call %d must say \"call: METHOD /path\".".formatted(file.getFileName(), number));
      }
    }
  }

  /** How far from the present the clock starts; zero or negative. */
  public Duration beginning() {
    return Duration.ofDays(content.path("startDaysAgo").asLong()).negated();
  }

  /** The number of calls. */
  public int size() {
    return content.path("calls").size();
  }

  /**
   * Makes its calls one after the other.
   *
   * @param base the address of the stack
   * @return the saved values by name
   * @throws IllegalStateException naming the call with an unexpected response, and the response
   */
  public ObjectNode play(String base) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      Player player = new Player(base, client);
      int number = 0;
      for (JsonNode call : content.path("calls")) {
        number++;
        player.play(file.getFileName() + ": call " + number, call);
      }
      return player.values().all();
    }
  }
}
