package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Answer;
import dev.clockbill.local.shelf.Shelves;
import dev.clockbill.local.template.StateMachineEntry;
import dev.clockbill.local.template.Statement;
import dev.clockbill.local.time.RunningClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions on the stack's real clock, with as many threads as it likes. */
final class ManyAtOnceTest {
  private static final int EXECUTIONS = 40;

  @TempDir private Path folder;

  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
  private final Queue<String> statuses = new ConcurrentLinkedQueue<>();

  private StateMachines machines(RunningClock clock, Shelves shelves) throws IOException {
    String states =
        Bench.tokenTask(
                "First",
                """
                "TimeoutSeconds": 60, "Next": "Done",
                "Catch": [{"ErrorEquals": ["States.Timeout"], "Output": "late", "Next": "Done"}]
                """)
            + ", \"Done\": {\"Type\": \"Succeed\"}";
    Path file = Files.writeString(folder.resolve("many.asl.json"), Bench.definition(states));
    Statement grant = new Statement("Allow", List.of("lambda:*"), List.of("*"), null);
    return new StateMachines(
        List.of(
            new StateMachineEntry(
                "Many", "example", Bench.MACHINE, file, Map.of(), List.of(grant))),
        (function, payload) -> {
          String event = new String(payload, StandardCharsets.UTF_8);
          tokens.add(Bench.read(event).get("token").textValue());
          return payload;
        },
        (source, type, detail) -> statuses.add(detail.get("status").textValue()),
        clock,
        shelves.shelf("executions"));
  }

  private static Answer start(StateMachines machines, int number) {
    ObjectNode request =
        JsonValues.object().put("stateMachineArn", Bench.MACHINE).put("name", "n" + number);
    return machines.answer(Bench.awsCall("StartExecution", request));
  }

  private static Answer succeed(StateMachines machines, String token) {
    ObjectNode request = JsonValues.object().put("taskToken", token).put("output", "\"taken\"");
    return machines.answer(Bench.awsCall("SendTaskSuccess", request));
  }

  private static List<Integer> statuses(List<Callable<Answer>> calls) throws Exception {
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get().status());
      }
    }
    return answers;
  }

  @Test
  void ofTwoAnswersAtOnceOneIsTakenAndOfTwoStartsOneStarts() throws Exception {
    try (Shelves shelves = Shelves.inMemory();
        RunningClock clock = new RunningClock(shelves.shelf("clock"))) {
      StateMachines machines = machines(clock, shelves);
      List<Callable<Answer>> starts = new ArrayList<>();
      for (int number = 0; number < EXECUTIONS; number++) {
        int name = number;
        starts.add(() -> start(machines, name));
        starts.add(() -> start(machines, name));
      }
      assertThat(statuses(starts)).containsOnly(200);
      clock.settle();
      assertThat(tokens).hasSize(EXECUTIONS);

      List<Callable<Answer>> answers = new ArrayList<>();
      for (String token : tokens) {
        answers.add(() -> succeed(machines, token));
        answers.add(() -> succeed(machines, token));
      }
      assertThat(statuses(answers).stream().filter(status -> status == 200)).hasSize(EXECUTIONS);
      clock.settle();
      assertThat(statuses.stream().filter("RUNNING"::equals)).hasSize(EXECUTIONS);
      assertThat(statuses.stream().filter("SUCCEEDED"::equals)).hasSize(EXECUTIONS);
    }
  }

  @Test
  void answersAndTimeOutsAtOnceLeaveNoExecutionBehind() throws Exception {
    try (Shelves shelves = Shelves.inMemory();
        RunningClock clock = new RunningClock(shelves.shelf("clock"))) {
      clock.stop(true);
      StateMachines machines = machines(clock, shelves);
      for (int number = 0; number < EXECUTIONS; number++) {
        start(machines, number);
      }
      clock.settle();
      List<Callable<Answer>> calls = new ArrayList<>();
      tokens.forEach(token -> calls.add(() -> succeed(machines, token)));
      calls.add(
          EXECUTIONS / 2,
          () -> {
            clock.advance(Duration.ofSeconds(60));
            return Answer.empty(204);
          });
      assertThat(statuses(calls)).contains(204);
      clock.settle();
      assertThat(statuses.stream().filter("SUCCEEDED"::equals)).hasSize(EXECUTIONS);
    }
  }
}
