package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.OnStack;
import dev.clockbill.Project;
import dev.clockbill.TestFirm;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stack is killed by SIGKILL at random moments while several firms work, and started again on
 * what is on disk: every promise made with 2xx is kept, every execution goes on, nothing is lost or
 * doubled.
 *
 * <p>{@code mvn -Pcrashes test} is the long form. {@code -Dcrash.seed=} repeats the moments of a
 * run.
 */
@OnStack
@Tag("crashes")
class CrashTest {
  private static final int FIRMS = 3;

  /** What waits longest is tried hourly. */
  private static final Duration RECOVERY = Duration.ofHours(2);

  private final Gate gate = new Gate();
  private final Promises promises = new Promises();
  private final Clerk.Tally tally = new Clerk.Tally();
  private final List<TestFirm> firms = new ArrayList<>();
  private final List<Clerk> clerks = new ArrayList<>();

  @Test
  void failure7_everyPromiseIsKeptHoweverOftenTheStackIsKilled(@TempDir Path folder)
      throws Exception {
    int crashes = LongForm.choose(5, 50);
    long seed = Long.getLong("crash.seed", System.nanoTime());
    Random random = new Random(seed);
    System.out.println("Crashes: " + crashes + ", -Dcrash.seed=" + seed);
    Path log = Files.createDirectories(Project.path("functions/target/journeys"));
    Path errors = log.resolve("CrashTest.log");
    Files.deleteIfExists(errors);
    int port = freePort();
    gate.shut();
    StackProcess stack = StackProcess.start(folder, port, errors);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<?>> work = begin(stack, random, threads);
      for (int crash = 1; crash <= crashes; crash++) {
        gate.open();
        Gate.pause(300 + random.nextInt(2_500));
        stack.kill();
        gate.shut();
        stack = StackProcess.start(folder, port, errors);
        audit(stack, "after crash " + crash);
      }
      finish(stack, work);
    } finally {
      gate.end();
      stack.kill();
      threads.shutdownNow();
    }
    System.out.println(
        "%d crashes interrupted %d requests; %d jobs with %d refunds were done, %d promises kept."
            .formatted(
                crashes,
                gate.interrupted(),
                tally.jobs.get(),
                tally.refunds.get(),
                promises.size()));
    assertThat(gate.interrupted()).isPositive();
    assertThat(tally.jobs.get()).isPositive();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private List<Future<?>> begin(StackProcess stack, Random random, ExecutorService threads) {
    List<Future<?>> work = new ArrayList<>();
    for (int at = 0; at < FIRMS; at++) {
      TestFirm firm = TestFirm.at(stack.address().base());
      firms.add(firm);
      String service = firm.service("Advice", 24_000);
      for (int person = 0; person < firm.users().size(); person++) {
        Clerk clerk =
            new Clerk(
                gate,
                Clerk.Place.at(firm, person, service),
                promises,
                new Random(random.nextLong()),
                tally);
        clerks.add(clerk);
        work.add(threads.submit(clerk));
      }
    }
    return work;
  }

  /** Lets everybody finish the job under way; what stands still is pushed on as time passes. */
  private void finish(StackProcess stack, List<Future<?>> work) throws Exception {
    clerks.forEach(Clerk::finish);
    for (int tries = 0; tries < 40 && !work.stream().allMatch(Future::isDone); tries++) {
      gate.open();
      Gate.pause(500);
      gate.shut();
      try (Bench bench = Bench.at(stack.address())) {
        bench.pass(Duration.ofMinutes(10));
      }
    }
    assertThat(work).as("jobs that were not finished").allMatch(Future::isDone);
    for (Future<?> each : work) {
      each.get();
    }
    audit(stack, "at the end");
  }

  private void audit(StackProcess stack, String when) {
    try (Bench bench = Bench.at(stack.address())) {
      bench.pass(RECOVERY);
      List<String> findings = new ArrayList<>();
      Bench.Look look = bench.look();
      for (TestFirm firm : firms) {
        findings.addAll(Books.audit(look, firm.firmId(), firm.owner()));
      }
      promises.broken().forEach(broken -> findings.add("promised: " + broken));
      assertThat(findings).as(when).isEmpty();
    }
  }
}
