package dev.clockbill.runtime;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.Project;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is done before Lambda takes a snapshot of a function, by AWS's own runtime client. It cannot
 * be restored here in a second place, so the function goes on where it waited.
 */
@OnStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrimingTest {
  /** As Lambda starts a function whose snapshot it will take. */
  private static final Map<String, String> SNAP_START =
      Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

  /** By which Lambda's runtime is found by the hooks. */
  private static final String HOOKS = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;
  private List<Scenario> scenarios;
  private TableState table;
  private Recorder services;

  @BeforeAll
  void begin() {
    Scenarios all = new Scenarios(Laptop.stack());
    scenarios = Stream.concat(all.all().stream(), Stream.of(all.running())).toList();
    table = new TableState(Laptop.stack());
    services =
        new Recorder(Laptop.stack().environment("Timers").get("AWS_ENDPOINT_URL_DYNAMODB"));
  }

  @AfterAll
  void end() {
    services.close();
  }

  List<Scenario> scenarios() {
    return scenarios;
  }

  private Way way(Scenario scenario) {
    Map<String, String> variables =
        new HashMap<>(Laptop.stack().environment(scenario.function()));
    for (String service : List.of("DYNAMODB", "SFN", "SSM")) {
      variables.put("AWS_ENDPOINT_URL_" + service, services.address());
    }
    variables.putAll(SNAP_START);
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath())
            .toList();
    return new Way(
        scenario.function(),
        scenario.handler(),
        folder,
        classPath,
        List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx300m"),
        variables);
  }

  private static Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** How many classes its first call loads. */
  private double loadedByFirstCall(Way way, Scenario scenario) {
    try (ExecutionEnvironment environment = new ExecutionEnvironment(way, log(way.name()))) {
      environment.readyForSnapshot();
      environment.restore();
      double before = environment.usage().classes();
      String answer = environment.call(scenario.event().get()).body();
      double loaded = environment.usage().classes() - before;
      assertThat(answer).contains("\"statusCode\":" + scenario.status());
      return loaded;
    } finally {
      table.restore();
    }
  }

  private static Path rehearsal(Scenario scenario) {
    return Project.path(
        "functions/src/main/resources/rehearsals/%s.json".formatted(scenario.function()));
  }

  /** What is repeated: times in it have to count whenever the function is published. */
  private ObjectNode event(Scenario scenario) throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(scenario.event().get());
    if (scenario.function().equals("StopTimer")) {
      event.put("body", Json.write(Map.of("stoppedAt", Time.now().toString())));
    }
    return event;
  }

  private ObjectNode recorded(Scenario scenario) throws IOException {
    ObjectNode event = event(scenario);
    Way way = way(scenario);
    ObjectNode recorded = JSON.createObjectNode();
    try (ExecutionEnvironment environment = new ExecutionEnvironment(way, log(way.name()))) {
      environment.readyForSnapshot();
      environment.restore();
      services.taken();
      String answer = environment.call(event.toString()).body();
      recorded.putObject("variables").put("TABLE_NAME", way.variables().get("TABLE_NAME"));
      recorded.set("event", event);
      recorded.put("status", JSON.readTree(answer).path("statusCode").asInt());
    } finally {
      table.restore();
    }
    ArrayNode calls = recorded.putArray("calls");
    for (Recorder.Call call : services.taken()) {
      JsonNode answer = JSON.readTree(call.answer());
      if (call.operation().equals("GetParameter")) {
        ((ObjectNode) answer.path("Parameter")).put("Value", "rehearsed");
      }
      calls.addObject().put("target", call.target()).set("answer", answer);
    }
    if (event.path("headers") instanceof ObjectNode headers) {
      headers.remove("stripe-signature");
    }
    return recorded;
  }

  /** The same with names of types in the place of values. */
  private static JsonNode shape(JsonNode value) {
    if (value.isObject()) {
      ObjectNode shape = JSON.createObjectNode();
      value.properties().forEach(each -> shape.set(each.getKey(), shape(each.getValue())));
      return shape;
    }
    if (value.isArray()) {
      // A batch is answered in any order.
      ArrayNode shape = JSON.createArrayNode();
      StreamSupport.stream(value.spliterator(), false).map(PrimingTest::shape).sorted(comparing(JsonNode::toString)).forEach(shape::add);
      return shape;
    }
    return JSON.getNodeFactory().textNode(value.getNodeType().name());
  }

  /** {@code -Drehearsals.update=true} writes them anew. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void functionsRehearseWhatTheyDo(Scenario scenario) throws IOException {
    ObjectNode recorded = recorded(scenario);
    if (Boolean.getBoolean("rehearsals.update")) {
      Files.writeString(rehearsal(scenario), recorded.toPrettyString() + "\n");
    }
    JsonNode rehearsed = JSON.readTree(Files.readString(rehearsal(scenario)));
    assertThat(rehearsed.path("calls").findValuesAsText("target"))
        .isEqualTo(recorded.path("calls").findValuesAsText("target"));
    assertThat(shape(rehearsed)).isEqualTo(shape(recorded));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theFirstCallAfterARestoreLoadsLittle(Scenario scenario) throws IOException {
    double unprimed = loadedByFirstCall(way(scenario), scenario);
    double primed = loadedByFirstCall(way(scenario).with(HOOKS), scenario);
    System.out.println(scenario.function() + " " + unprimed + " " + primed);
    System.out.println(Files.readString(log(scenario.function())));
    assertThat(Files.readString(log(scenario.function()))).doesNotContain("not primed");
    assertThat(primed).isLessThanOrEqualTo(0.05 * unprimed);
  }
}
