package dev.clockbill.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Api;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import dev.clockbill.journey.Clerk.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 100 people of 20 firms work at once. At the end everything is read and added up: no time, number,
 * mail or cent is missing or doubled.
 *
 * <p>{@code mvn -Pload test} is the long form, with 200 people.
 */
@OnStack
@Tag("load")
class LoadTest {
  private static final int FIRMS = 20;
  private static final int PEOPLE = LongForm.choose(5, 10);
  private static final int WARMING_JOBS = 10;

  private final Gate gate = new Gate();
  private final Promises promises = new Promises();
  private final Tally tally = new Tally();
  private final List<TestFirm> firms = new ArrayList<>();

  @Test
  void failure21_nothingIsMissingOrDoubledWhenManyWorkAtOnce() throws Exception {
    int jobs = LongForm.choose(1, 20);
    long seed = Long.getLong("load.seed", System.nanoTime());
    Random random = new Random(seed);
    try (Bench bench = Bench.running();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      warmUp(bench, random);
      List<Callable<Void>> people = people(bench, random, jobs);
      long begun = System.nanoTime();
      for (Future<Void> each : threads.invokeAll(people)) {
        each.get();
      }
      tell(seed, Duration.ofNanos(System.nanoTime() - begun));
      bench.pass(Duration.ofHours(1));
      audit(bench);
    }
  }

  /** What is measured is not how long a JVM takes to get going. */
  private static void warmUp(Bench bench, Random random) {
    TestFirm firm = bench.firm(Api.json("payments", "ready"));
    Clerk.Place place = Clerk.Place.at(firm, 0, firm.service("Advice", 24_000)).unchecked();
    Clerk clerk =
        new Clerk(new Gate(), place, new Promises(), new Random(random.nextLong()), new Tally());
    for (int job = 0; job < WARMING_JOBS; job++) {
      clerk.job();
    }
  }

  private List<Callable<Void>> people(Bench bench, Random random, int jobs) {
    List<Callable<Void>> people = new ArrayList<>();
    for (int at = 0; at < FIRMS; at++) {
      TestFirm firm = bench.firm(Api.json("payments", "ready", "staff", PEOPLE - 1));
      firms.add(firm);
      String service = firm.service("Advice", 24_000);
      for (int person = 0; person < firm.users().size(); person++) {
        Clerk.Place place = Clerk.Place.at(firm, person, service).unchecked();
        Clerk clerk = new Clerk(gate, place, promises, new Random(random.nextLong()), tally);
        people.add(
            () -> {
              for (int job = 0; job < jobs; job++) {
                clerk.job();
              }
              return null;
            });
      }
    }
    return people;
  }

  private void tell(long seed, Duration took) {
    System.out.println(
        "Load: %d jobs with %d refunds by %d people of %d firms in %.1f s, %.1f a second;"
                .formatted(
                    tally.jobs.get(),
                    tally.refunds.get(),
                    FIRMS * PEOPLE,
                    FIRMS,
                    took.toMillis() / 1000.0,
                    tally.jobs.get() * 1000.0 / took.toMillis())
            + " -Dload.seed="
            + seed);
    for (Map.Entry<String, Queue<Long>> kind : gate.times().entrySet()) {
      List<Long> times = kind.getValue().stream().sorted().toList();
      System.out.println(
          "  %-16s %6d requests, half within %5d ms, 99 of 100 within %5d ms"
              .formatted(kind.getKey(), times.size(), millis(times, 0.5), millis(times, 0.99)));
    }
  }

  /** The nearest rank. */
  private static long millis(List<Long> sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1) / 1_000_000;
  }

  private void audit(Bench bench) {
    List<String> findings = new ArrayList<>();
    long paid = 0;
    long time = 0;
    long invoiceMails = 0;
    Bench.Look look = bench.look();
    for (TestFirm firm : firms) {
      findings.addAll(Books.audit(look, firm.firmId(), firm.owner().unchecked()));
      Books.Sums sums = Books.sums(look, firm.firmId(), firm.owner().unchecked());
      paid += sums.paid();
      time += sums.entries();
      invoiceMails += sums.invoiceMails();
    }
    if (LongForm.chosen()) {
      promises.broken().forEach(broken -> findings.add("promised: " + broken));
    }
    assertThat(findings).isEmpty();
    assertThat(tally.refunds.get()).as("refunds").isPositive();
    assertThat(paid).as("cents paid, less what was given back").isEqualTo(tally.paid.get());
    assertThat(time).as("stopped timers").isEqualTo(tally.stopped.get());
    assertThat(invoiceMails).as("mails of invoices").isEqualTo(tally.sent.get());
  }
}
