package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.Project;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every step of the workflows of invoices and of billing runs. */
class WorkflowDefinitionTest {
  /** A task cannot say itself how long it waits: the one before it does. */
  private static final String COMPUTED_BEFORE = "{% $states.input.waitSeconds %}";

  /** A version that was put aside, until it is ready again; the name is Lambda's. */
  private static final String ASLEEP = "Lambda.SnapStartNotReadyException";

  /** As {@code PlanRun} divides a run. */
  private static final long MOST_PARTS = 2_000;

  private static final String FILE = "functions/workflow/invoice.asl.json";
  private static final String RUNS = "functions/workflow/billing-run.asl.json";

  private static JsonNode definition() throws Exception {
    return new JsonMapper().readTree(Project.read(FILE));
  }

  /** The tasks of both, also those within a Map. */
  static List<Map.Entry<String, JsonNode>> tasks() throws Exception {
    return Stream.of(definition(), new JsonMapper().readTree(Project.read(RUNS)))
        .flatMap(
            machine ->
                Stream.concat(Stream.of(machine), machine.findValues("ItemProcessor").stream()))
        .flatMap(states -> states.path("States").properties().stream())
        .filter(state -> state.getValue().path("Type").asText().equals("Task"))
        .toList();
  }

  /**
   * What every iteration of a Map leaves in the history: its start and its success, and of each of
   * its tasks entering, scheduling, starting, succeeding and leaving. An execution has at most
   * 25,000 events (Step Functions' guide, "Service quotas"); half of them are left for retries.
   */
  @Test
  void aRunFitsIntoTheHistoryOfOneExecutionWithRoomForRetries() throws Exception {
    JsonNode runs = new JsonMapper().readTree(Project.read(RUNS));
    for (JsonNode map : runs.findValues("ItemProcessor")) {
      assertThat(map.at("/ProcessorConfig/Mode").asText()).isEqualTo("INLINE");
      long tasks =
          map.path("States").properties().stream()
              .filter(state -> state.getValue().path("Type").asText().equals("Task"))
              .count();
      assertThat(MOST_PARTS * (2 + 5 * tasks)).isLessThan(25_000 * 6 / 10);
    }
    assertThat(runs.findValues("MaxConcurrency")).allMatch(most -> most.asInt() <= 5);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aTaskEndsByItself(Map.Entry<String, JsonNode> task) {
    JsonNode seconds = task.getValue().path("TimeoutSeconds");
    assertThat(seconds.asInt() > 0 || seconds.asText().equals(COMPUTED_BEFORE)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aTaskThatFailsIsTriedAgainAtRandomMoments(Map.Entry<String, JsonNode> task) {
    JsonNode last = task.getValue().path("Retry").path(task.getValue().path("Retry").size() - 1);
    assertThat(last.path("ErrorEquals").path(0).asText()).isEqualTo("States.ALL");
    assertThat(last.path("MaxAttempts").asInt()).isPositive();
    assertThat(last.path("BackoffRate").asInt()).isGreaterThan(1);
    assertThat(last.path("MaxDelaySeconds").asInt()).isPositive();
    assertThat(last.path("JitterStrategy").asText()).isEqualTo("FULL");
  }

  /** How long it takes is not documented: people have seen two minutes, and jitter may halve it. */
  @ParameterizedTest
  @MethodSource("tasks")
  void failure40_aTaskWhoseFunctionSleepsWaitsForMinutes(Map.Entry<String, JsonNode> task) {
    JsonNode patient =
        StreamSupport.stream(task.getValue().path("Retry").spliterator(), false)
            .filter(retry -> retry.path("ErrorEquals").path(0).asText().equals(ASLEEP))
            .findFirst()
            .orElseThrow();
    double seconds = 0;
    double next = patient.path("IntervalSeconds").asDouble();
    for (int tries = 0; tries < patient.path("MaxAttempts").asInt(); tries++) {
      seconds += Math.min(next, patient.path("MaxDelaySeconds").asDouble());
      next *= patient.path("BackoffRate").asDouble();
    }
    assertThat(patient.path("JitterStrategy").asText()).isEqualTo("FULL");
    assertThat(seconds / 2).isGreaterThan(300);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aTaskThatKeepsFailingIsCaught(Map.Entry<String, JsonNode> task) {
    JsonNode last = task.getValue().path("Catch").path(task.getValue().path("Catch").size() - 1);
    assertThat(last.path("ErrorEquals").path(0).asText()).isEqualTo("States.ALL");
    assertThat(last.path("Next").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aTaskIsNamedAfterItsFunction(Map.Entry<String, JsonNode> task) {
    assertThat(task.getValue().path("Arguments").path("FunctionName").asText())
        .isEqualTo("${" + task.getKey() + "}");
  }

  @Test
  void theErrorsThatItNamesAreClassesOfOurs() throws Exception {
    Set<String> named = new TreeSet<>();
    for (JsonNode list : definition().findValues("ErrorEquals")) {
      list.forEach(error -> named.add(error.asText()));
    }
    named.removeIf(error -> error.startsWith("States.") || error.equals(ASLEEP));
    assertThat(named).isNotEmpty();
    for (String error : named) {
      assertThat(Throwable.class).isAssignableFrom(Class.forName(error));
    }
  }

  @Test
  void moneyAndTimeAreNotComputedInTheWorkflow() {
    Set<String> functions =
        Pattern.compile("\\$(\\w+)\\(")
            .matcher(Project.read(FILE))
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(functions).isSubsetOf("exists");
  }
}
