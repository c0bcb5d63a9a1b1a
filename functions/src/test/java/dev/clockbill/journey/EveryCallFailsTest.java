package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.OnStack;
import dev.clockbill.journey.MainJob.Step;
import dev.clockbill.local.aws.Faults.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every AWS and processor call of the whole main job fails before and after it took effect, by
 * error, time-out and throttling, once and so often that the clients' own repetitions do not hide
 * it: nothing is lost, doubled or stuck, and what was answered with 2xx stays true.
 *
 * <p>The calls are those that the job makes in a run without faults. Before each step of the job
 * calls of that step are told to fail; the product has to recover by itself. Each run has a stack
 * of its own, several at a time, since most of the time is spent waiting between repetitions.
 *
 * <p>{@code mvn -Pfaults test} is the long form: every call of every step fails alone.
 */
@OnStack
@Tag("faults")
class EveryCallFailsTest {
  /** How many calls the job makes, by function, service and operation: it may not fall. */
  private static final int CALLS = 139;

  private static final Map<FailureKind, List<Future<Integer>>> RUNS = new LinkedHashMap<>();
  private static final AtomicInteger ENDED = new AtomicInteger();
  private static Map<String, Set<Call>> calls;
  private static ExecutorService threads;
  private static ProductOutput output;

  static List<FailureKind> kinds() {
    return LongForm.chosen() ? FailureKind.ALL : FailureKind.SOONEST;
  }

  /** Which calls of a step fail in a run. */
  private interface Plan {
    Map<Call, Integer> faults(String step);
  }

  @BeforeAll
  static void begin() {
    threads = Executors.newFixedThreadPool(LongForm.choose(7, 3));
    output = ProductOutput.into("EveryCallFailsTest");
    calls = recorded();
    kinds()
        .forEach(
            kind ->
                RUNS.put(
                    kind,
                    plans(kind).stream()
                        .map(plan -> threads.submit(() -> observed(kind, plan)))
                        .toList()));
  }

  /** A run that says at once how it ended: in the long form there are hundreds. */
  private static int observed(FailureKind kind, Plan plan) {
    try {
      int failed = run(kind, plan);
      output.say("Run %d: %d calls, %s".formatted(ENDED.incrementAndGet(), failed, kind));
      return failed;
    } catch (AssertionError | RuntimeException wrong) {
      output.say("Run %d went wrong, %s: %s".formatted(ENDED.incrementAndGet(), kind, wrong));
      throw wrong;
    }
  }

  @AfterAll
  static void end() {
    threads.shutdownNow();
    output.close();
  }

  private static List<Plan> plans(FailureKind kind) {
    if (!LongForm.chosen()) {
      return List.of(step -> kind.together(calls, step));
    }
    int rounds = calls.values().stream().mapToInt(Set::size).max().orElseThrow();
    return IntStream.range(0, rounds)
        .<Plan>mapToObj(round -> step -> kind.alone(calls, step, round))
        .toList();
  }

  /** The calls of each step, in a run without faults. */
  private static Map<String, Set<Call>> recorded() {
    Map<String, Set<Call>> recorded = new LinkedHashMap<>();
    try (Bench bench = Bench.open()) {
      Desk desk = new Desk(bench);
      bench.faults().seen();
      for (Step step : new MainJob(desk).steps()) {
        step.action().run();
        bench.pass(Duration.ofMinutes(10));
        recorded.put(step.name(), bench.faults().seen());
      }
      audit(bench, desk);
    }
    return recorded;
  }

  /** Does the job while calls fail; answers how many were told to. */
  private static int run(FailureKind kind, Plan plan) {
    int failed = 0;
    try (Bench bench = Bench.open()) {
      Desk desk = new Desk(bench);
      for (Step step : new MainJob(desk).steps()) {
        Map<Call, Integer> faults = plan.faults(step.name());
        faults.forEach((call, times) -> bench.faults().add(call, kind.when(), kind.with(), times));
        failed += faults.size();
        try {
          step.action().run();
          bench.pass(Duration.ofMinutes(10));
        } catch (AssertionError | RuntimeException wrong) {
          throw new AssertionError("in the step \"" + step.name() + "\" with " + faults, wrong);
        }
        bench.faults().clear();
      }
      audit(bench, desk);
    }
    return failed;
  }

  private static void audit(Bench bench, Desk desk) {
    bench.pass(Duration.ofHours(6));
    List<String> findings = new ArrayList<>(Books.audit(bench.look(), desk.firmId(), desk.owner()));
    desk.promises().broken().forEach(broken -> findings.add("promised: " + broken));
    assertThat(findings).isEmpty();
  }

  @Test
  void theJobMakesAllCallsThatItMadeBefore() {
    long made = calls.values().stream().flatMap(Set::stream).distinct().count();
    output.say("The main job makes " + made + " calls.");
    System.out.println(calls);
    assertThat(made).isGreaterThanOrEqualTo(CALLS);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void failure7_nothingIsLostDoubledOrStuckWhateverFails(FailureKind kind) throws Exception {
    int failed = 0;
    for (Future<Integer> run : RUNS.get(kind)) {
      failed += run.get();
    }
    output.say(failed + " calls were told to fail: " + kind);
    assertThat(failed).isPositive();
  }
}
