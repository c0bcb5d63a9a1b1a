package dev.clockbill.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clockbill.Project;
import dev.clockbill.local.events.EventBus;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.local.lambda.Invoker;
import dev.clockbill.local.states.StateMachines;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.local.template.Schedule;
import dev.clockbill.local.template.StateMachineEntry;
import dev.clockbill.local.template.Statement;
import dev.clockbill.local.time.RunningClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The workflow that calls every function once a day. With SnapStart a version that nobody has
 * called for 14 days is put aside and refuses its next callers (Lambda's guide, "Troubleshooting
 * SnapStart errors").
 */
class KeepAwakeTest {
  private static final String CALL = "{\"keepAwake\":true}";

  private final List<String> called = Collections.synchronizedList(new ArrayList<>());
  private final List<JsonNode> ended = Collections.synchronizedList(new ArrayList<>());

  private static StateMachineEntry machine() {
    return Project.stateMachines().stream()
        .filter(machine -> machine.logicalId().equals("KeepAwake"))
        .findFirst()
        .orElseThrow();
  }

  /** The ARNs of the functions, by which they are called: each by its alias. */
  private static List<String> aliases() {
    return Project.functions().stream().map(function -> function.arn() + ":live").toList();
  }

  @Test
  void failure40_everyFunctionIsCalledEveryDay() throws Exception {
    JsonNode items =
        new JsonMapper()
            .readTree(Project.read("functions/workflow/keep-awake.asl.json"))
            .at("/States/CallEach/Items");
    assertThat(items)
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(
            Project.functions().stream()
                .map(FunctionEntry::logicalId)
                .map(name -> "${" + name + "}")
                .toList());
    assertThat(machine().substitutions().values()).containsExactlyInAnyOrderElementsOf(aliases());
    assertThat(machine().schedules())
        .extracting(Schedule::every)
        .containsExactly(Duration.ofDays(1));
  }

  @Test
  void itMayCallTheseAndDoNothingElse() {
    Statement calls = machine().policy().getFirst();
    assertThat(calls.actions()).containsExactly("lambda:InvokeFunction");
    assertThat(calls.resources()).containsExactlyInAnyOrderElementsOf(aliases());
    assertThat(machine().policy().stream().skip(1).flatMap(each -> each.actions().stream()))
        .allMatch(action -> action.startsWith("logs:"));
  }

  @Test
  void failure40_oneThatDoesNotAnswerKeepsNoOtherFromBeingCalledButIsSaid() {
    String broken = called("Reports", Integer.MAX_VALUE);
    assertThat(Set.copyOf(called)).hasSize(Project.functions().size());
    JsonNode last = ended.getLast();
    assertThat(last.path("status").asText()).isEqualTo("FAILED");
    assertThat(last.path("error").asText()).isEqualTo("FunctionsDoNotAnswer");
    assertThat(last.path("cause").asText()).contains(broken).doesNotContain(":Firm:");
  }

  @Test
  void failure40_whatSleepsIsPatientlyCalledUntilItIsReady() {
    called("Reports", 8);
    assertThat(ended.getLast().path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(called).hasSize(Project.functions().size() + 8);
  }

  /** Runs it while one function refuses its first calls; gives that one's ARN. */
  private String called(String sleeping, int refusals) {
    Map<String, Integer> refused = new HashMap<>();
    String asleep =
        aliases().stream()
            .filter(arn -> arn.contains(":" + sleeping + ":"))
            .findFirst()
            .orElseThrow();
    Invoker functions =
        (function, payload) -> {
          assertThat(new String(payload, StandardCharsets.UTF_8)).isEqualTo(CALL);
          called.add(function);
          if (function.equals(asleep) && refused.merge(function, 1, Integer::sum) <= refusals) {
            throw new FunctionFailed("Lambda.SnapStartNotReadyException", "not yet", null);
          }
          return new byte[0];
        };
    EventBus events = (source, type, detail) -> ended.add(detail);
    try (DataFile data = DataFile.inMemory();
        RunningClock clock =
            new RunningClock(
                data.store("clock"),
                InstantSource.fixed(Instant.parse("2026-11-25T09:00:00Z")),
                Duration.ZERO)) {
      clock.stop(true);
      new StateMachines(List.of(machine()), functions, events, clock, data.store("executions"))
          .start("KeepAwake", "{}");
      clock.advance(Duration.ofHours(1));
    }
    return asleep;
  }
}
