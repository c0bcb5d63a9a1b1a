package dev.clockbill.runtime;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.Project;
import dev.clockbill.local.http.HttpServer;
import dev.clockbill.local.http.Request;
import dev.clockbill.local.http.Response;
import dev.clockbill.shared.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What functions do before Lambda takes their snapshot, in JVMs of their own with AWS's runtime
 * client. No snapshot is taken: a function goes on where it waited, which is what it does when it
 * is restored, but for the time that has passed and what lies outside of it.
 */
@OnStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrimingTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TOKEN = "x-amz-security-token";

  @TempDir private static Path folder;
  private List<Scenario> scenarios;
  private TableState table;
  private Recorder services;

  @BeforeAll
  void makeFirm() {
    Scenarios all = new Scenarios(Laptop.stack());
    scenarios = Stream.concat(all.all().stream(), Stream.of(all.running())).toList();
    table = new TableState(Laptop.stack());
    services = new Recorder(Laptop.stack());
  }

  @AfterAll
  void stop() {
    services.close();
  }

  @BeforeEach
  void forget() {
    services.taken();
  }

  @AfterEach
  void restoreTable() {
    table.restore();
  }

  List<Scenario> scenarios() {
    return scenarios;
  }

  /** A function as Lambda starts it to take a snapshot of it. */
  private Way way(Scenario scenario) {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath())
            .toList();
    return new Way(
            scenario.function(),
            scenario.handler(),
            folder,
            classPath,
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx300m"),
            services.environment(scenario.function()))
        .forSnapshot();
  }

  private static Path log(Way way) {
    return folder.resolve(way.name() + ".log");
  }

  private static String call(ExecutionEnvironment environment, Scenario scenario) {
    String answer = environment.call(scenario.event().get()).body();
    assertThat(answer).contains("\"statusCode\":" + scenario.status());
    return answer;
  }

  // What the first caller waits for

  /**
   * How many classes the first call after a restore loads, and what was asked for and logged
   * before.
   */
  private record Restored(double loaded, List<Recorder.Call> before, List<String> lines) {}

  private Restored restored(Way way, Scenario scenario) {
    services.taken();
    try (ExecutionEnvironment environment = new ExecutionEnvironment(way, log(way))) {
      environment.readyForSnapshot();
      List<Recorder.Call> before = services.taken();
      List<String> lines = Files.readAllLines(log(way));
      environment.restore();
      double classes = environment.usage().classes();
      call(environment, scenario);
      return new Restored(environment.usage().classes() - classes, before, lines);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      table.restore();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theFirstCallAfterARestoreLoadsATwentiethOfTheClasses(Scenario scenario) {
    Way way = way(scenario);
    Restored unprimed = restored(way.unprimed(), scenario);
    Restored primed = restored(way, scenario);
    assertThat(primed.loaded()).isLessThanOrEqualTo(0.05 * unprimed.loaded());
    assertThat(primed.lines())
        .allSatisfy(line -> assertThat(line).contains("INFO", "\"rehearsal\":true"));
    assertThat(unprimed.before()).isEmpty();
    assertThat(primed.before()).singleElement().satisfies(PrimingTest::changesAndKeepsNothing);
  }

  /** It looks for an item that is not there, over a connection that ends with the answer. */
  private static void changesAndKeepsNothing(Recorder.Call call) {
    assertThat(call.operation()).isEqualTo("GetItem");
    assertThat(Json.object(call.input(), "Key"))
        .isEqualTo(Map.of("firm", Map.of("S", "nobody"), "item", Map.of("S", "nothing")));
    assertThat(call.answer()).isEqualTo("{}");
    assertThat(call.request().header("connection")).contains("close");
  }

  // What is rehearsed

  /** {@code -Drehearsals.update=true} records the rehearsals anew. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void functionsRehearseWhatTheyDo(Scenario scenario) throws IOException {
    ObjectNode now = recorded(scenario);
    Path file =
        Project.path(
            "functions/src/main/resources/rehearsals/%s.json".formatted(scenario.function()));
    if (Boolean.getBoolean("rehearsals.update")) {
      Files.writeString(file, now.toPrettyString() + "\n");
    }
    JsonNode rehearsed = JSON.readTree(Files.readString(file));
    assertThat(rehearsed.path("calls").findValuesAsText("target"))
        .isEqualTo(now.path("calls").findValuesAsText("target"));
    assertThat(shape(rehearsed)).isEqualTo(shape(now));
  }

  private ObjectNode recorded(Scenario scenario) throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(scenario.event().get());
    Way way = way(scenario).unprimed();
    ObjectNode recorded = JSON.createObjectNode();
    ObjectNode variables = recorded.putObject("variables");
    variables.put("TABLE_NAME", way.variables().get("TABLE_NAME"));
    recorded.set("event", event);
    try (ExecutionEnvironment environment = new ExecutionEnvironment(way, log(way))) {
      environment.readyForSnapshot();
      environment.restore();
      String answer = environment.call(event.toString()).body();
      recorded.put("status", JSON.readTree(answer).path("statusCode").asInt());
    }
    ArrayNode calls = recorded.putArray("calls");
    for (Recorder.Call call : services.taken()) {
      JsonNode answer = JSON.readTree(call.answer());
      for (JsonNode parameter : answer.path("Parameters")) {
        ((ObjectNode) parameter).put("Value", "rehearsed");
        way.variables().entrySet().stream()
            .filter(variable -> variable.getValue().equals(parameter.path("Name").asText()))
            .forEach(variable -> variables.put(variable.getKey(), variable.getValue()));
      }
      calls.addObject().put("target", call.target()).set("answer", answer);
    }
    ((ObjectNode) event.path("headers")).remove("stripe-signature");
    return recorded;
  }

  /** The same with the kinds of values in the place of values. */
  private static JsonNode shape(JsonNode value) {
    if (value.isObject()) {
      ObjectNode shape = JSON.createObjectNode();
      value.properties().forEach(each -> shape.set(each.getKey(), shape(each.getValue())));
      return shape;
    }
    if (value.isArray()) {
      // A batch is answered in any order.
      ArrayNode shape = JSON.createArrayNode();
      StreamSupport.stream(value.spliterator(), false)
          .map(PrimingTest::shape)
          .sorted(comparing(JsonNode::toString))
          .forEach(shape::add);
      return shape;
    }
    return JSON.getNodeFactory().textNode(value.getNodeType().name());
  }

  // What must not be out of date

  /** Lambda says where credentials are, and not what they are, to what it takes a snapshot of. */
  @Test
  void credentialsAndTimeAreThoseOfTheRestore() {
    Scenario start = scenarios.getFirst();
    Way way = way(start);
    Map<String, String> variables = new HashMap<>(way.variables());
    String id = variables.remove("AWS_ACCESS_KEY_ID");
    try (HttpServer container = HttpServer.bind(0)) {
      String[] token = {"before"};
      container.serve(request -> credentials(request, id, token[0]));
      variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.address() + "/credentials");
      variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "container");
      Way onLambda =
          new Way(
              way.name(),
              way.handler(),
              folder,
              way.classPath(),
              way.flags(),
              Map.copyOf(variables));
      try (ExecutionEnvironment environment = new ExecutionEnvironment(onLambda, log(way))) {
        environment.readyForSnapshot();
        assertThat(tokens()).containsExactly("before");
        token[0] = "after";
        Instant ready = Instant.now().plus(Duration.ofSeconds(1));
        Instant restored = Eventually.get("the next second", Instant::now, ready::isBefore);
        environment.restore();
        JsonNode timer =
            JSON.readTree(JSON.readTree(call(environment, start)).path("body").asText());
        assertThat(tokens()).isNotEmpty().containsOnly("after");
        assertThat(Instant.parse(timer.path("startedAt").asText()))
            .isAfterOrEqualTo(restored.truncatedTo(ChronoUnit.SECONDS));
      } catch (IOException wrong) {
        throw new AssertionError(wrong);
      }
    }
  }

  private static Response credentials(Request request, String id, String token) {
    return request.header("authorization").equals(Optional.of("container"))
        ? Response.json(
            200,
            Map.of(
                "AccessKeyId",
                id,
                "SecretAccessKey",
                "secret",
                "Token",
                token,
                "Expiration",
                Instant.now().plus(Duration.ofHours(6)).toString()))
        : Response.empty(403);
  }

  /** What the calls since this was asked last were signed with. */
  private List<String> tokens() {
    return services.taken().stream()
        .map(call -> call.request().header(TOKEN).orElseThrow())
        .toList();
  }

  /** Which asks the system for each number, unless it did so in the last tenth of a second. */
  @Test
  void chanceIsTheSystems() {
    assertThat(new SecureRandom().getAlgorithm()).isEqualTo("NativePRNG");
  }

  @Test
  void whatCannotBePrimedIsPublishedAllTheSame() throws IOException {
    Way way = way(scenarios.getFirst()).with(Map.of("AWS_ENDPOINT_URL_DYNAMODB", nobody()));
    try (ExecutionEnvironment environment = new ExecutionEnvironment(way, log(way))) {
      environment.readyForSnapshot();
      environment.restore();
    }
    assertThat(Files.readString(log(way))).contains("not primed").doesNotContain("ERROR");
  }

  /** Where nobody listens. */
  private static String nobody() {
    try (HttpServer closed = HttpServer.bind(0)) {
      return closed.address();
    }
  }
}
