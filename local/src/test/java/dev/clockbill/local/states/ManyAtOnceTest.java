package dev.clockbill.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.http.Response;
import dev.clockbill.local.storage.DataFile;
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

  private StateMachines machines(RunningClock clock, DataFile data) throws IOException {
    String states =
        TestWorkflow.tokenTask(
                "First",
                """
                "TimeoutSeconds": 60, "Next": "Done",
                "Catch": [{"ErrorEquals": ["States.Timeout"], "Output": "late", "Next": "Done"}]
                """)
            + ", \"Done\": {\"Type\": \"Succeed\"}";
    Path file = Files.writeString(folder.resolve("many.asl.json"), TestWorkflow.definition(states));
    Statement grant = new Statement("Allow", List.of("lambda:*"), List.of("*"), null);
    return new StateMachines(
        List.of(
            new StateMachineEntry(
                "Many",
                "example",
                TestWorkflow.MACHINE,
                file,
                Map.of(),
                List.of(grant),
                List.of())),
        (function, payload) -> {
          String event = new String(payload, StandardCharsets.UTF_8);
          tokens.add(TestWorkflow.read(event).get("token").textValue());
          return payload;
        },
        (source, type, detail) -> statuses.add(detail.get("status").textValue()),
        clock,
        data.store("executions"));
  }

  private static Response start(StateMachines machines, int number) {
    ObjectNode request =
        JsonValues.object().put("stateMachineArn", TestWorkflow.MACHINE).put("name", "n" + number);
    return machines.answer(TestWorkflow.awsCall("StartExecution", request));
  }

  private static Response succeed(StateMachines machines, String token) {
    ObjectNode request = JsonValues.object().put("taskToken", token).put("output", "\"taken\"");
    return machines.answer(TestWorkflow.awsCall("SendTaskSuccess", request));
  }

  private static List<Integer> statuses(List<Callable<Response>> calls) throws Exception {
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Response> answer : threads.invokeAll(calls)) {
        answers.add(answer.get().status());
      }
    }
    return answers;
  }

  @Test
  void ofTwoAnswersAtOnceOneIsTakenAndOfTwoStartsOneStarts() throws Exception {
    try (DataFile data = DataFile.inMemory();
        RunningClock clock = new RunningClock(data.store("clock"))) {
      StateMachines machines = machines(clock, data);
      List<Callable<Response>> starts = new ArrayList<>();
      for (int number = 0; number < EXECUTIONS; number++) {
        int name = number;
        starts.add(() -> start(machines, name));
        starts.add(() -> start(machines, name));
      }
      assertThat(statuses(starts)).containsOnly(200);
      clock.settle();
      assertThat(tokens).hasSize(EXECUTIONS);

      List<Callable<Response>> answers = new ArrayList<>();
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
    try (DataFile data = DataFile.inMemory();
        RunningClock clock = new RunningClock(data.store("clock"))) {
      clock.stop(true);
      StateMachines machines = machines(clock, data);
      for (int number = 0; number < EXECUTIONS; number++) {
        start(machines, number);
      }
      clock.settle();
      List<Callable<Response>> calls = new ArrayList<>();
      tokens.forEach(token -> calls.add(() -> succeed(machines, token)));
      calls.add(
          EXECUTIONS / 2,
          () -> {
            clock.advance(Duration.ofSeconds(60));
            return Response.empty(204);
          });
      assertThat(statuses(calls)).contains(204);
      clock.settle();
      assertThat(statuses.stream().filter("SUCCEEDED"::equals)).hasSize(EXECUTIONS);
    }
  }
}
