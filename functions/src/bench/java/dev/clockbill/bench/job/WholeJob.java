package dev.clockbill.bench.job;

import dev.clockbill.Api;
import dev.clockbill.TestFirm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * How many whole jobs the laptop's stack does in a second, and how long their parts take, with 1, 8
 * and 50 clients at once: prints a table.
 *
 * <p>The stack keeps its data on disk, as {@code mvn -Plocal} does, in a folder that is deleted
 * afterwards, and runs in a process of its own with the flags of that profile. The clients share
 * the machine with it. Five people each make a firm, as in {@code LoadTest}.
 *
 * <p>System properties: {@code clients} (1,8,50), {@code seconds} for each number of clients (20),
 * {@code warm}, for how many seconds eight clients warm it up (20), {@code memory} ({@code true}
 * keeps the data in memory), {@code flags} in place of the profile's, {@code more} flags beside
 * them, {@code log} (the file for what the stack logs).
 */
public final class WholeJob {
  private static final int PEOPLE = 5;
  private static final int WARMING = 8;
  private static final int RUN_IN = 5;
  private static final String FLAGS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";
  private static final List<String> ALWAYS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  private static final String ROW = "| %s | %s | %s | %s | %s | %s | %s | %s |";

  private WholeJob() {}

  /** What a number of clients did. */
  private record Round(
      int clients, Moments moments, double seconds, Duration stack, Duration client) {
    String row() {
      int jobs = moments.count(Client.JOB);
      return ROW.formatted(
          clients,
          "%.1f".formatted(jobs / seconds),
          "%.0f + %.0f"
              .formatted(stack.toMillis() / (double) jobs, client.toMillis() / (double) jobs),
          percentiles(Client.DRAFT),
          percentiles(Client.MAIL),
          percentiles(Client.RECEIPT),
          percentiles(Client.JOB),
          jobs);
    }

    private String percentiles(String part) {
      return moments.millis(part, 0.5) + " / " + moments.millis(part, 0.99);
    }
  }

  /** Measures, and prints the table. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Path folder = Files.createTempDirectory("whole-job");
    Path log = Path.of(System.getProperty("log", folder.resolve("log").toString()));
    List<String> flags = new ArrayList<>(ALWAYS);
    Stream.of(System.getProperty("flags", FLAGS), System.getProperty("more", ""))
        .flatMap(text -> Stream.of(text.split(" ")))
        .filter(flag -> !flag.isEmpty())
        .forEach(flags::add);
    List<String> where = Boolean.getBoolean("memory") ? List.of() : List.of(folder.toString());
    try (MeasuredStack stack = MeasuredStack.start(flags, where, log)) {
      run(stack, WARMING, Integer.getInteger("warm", 20), new Moments());
      System.out.println(
          ROW.formatted(
              "clients",
              "jobs/s",
              "CPU ms a job: stack + clients",
              Client.DRAFT + ", p50 / p99 ms",
              Client.MAIL,
              Client.RECEIPT,
              Client.JOB,
              "jobs"));
      System.out.println("| ---: ".repeat(8) + "|");
      for (String clients : System.getProperty("clients", "1,8,50").split(",")) {
        int number = Integer.parseInt(clients);
        // More clients need more instances of functions, and learn how long to wait before they
        // look: neither is measured.
        Moments learned = new Moments();
        run(stack, number, RUN_IN, learned);
        System.out.println(
            run(stack, number, Integer.getInteger("seconds", 20), learned.anew()).row());
      }
    } finally {
      delete(folder);
    }
  }

  private static Round run(MeasuredStack stack, int number, int seconds, Moments moments)
      throws Exception {
    List<Client> clients = clients(stack, number, moments);
    Duration stackBefore = stack.processorTime();
    Duration clientBefore = ownTime();
    long begun = System.nanoTime();
    long end = begun + Duration.ofSeconds(seconds).toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> all = new ArrayList<>();
      for (Client client : clients) {
        all.add(
            () -> {
              while (System.nanoTime() < end) {
                client.job();
              }
              return null;
            });
      }
      for (Future<Void> each : threads.invokeAll(all)) {
        each.get();
      }
    }
    double took = (System.nanoTime() - begun) / 1e9;
    return new Round(
        number,
        moments,
        took,
        stack.processorTime().minus(stackBefore),
        ownTime().minus(clientBefore));
  }

  private static List<Client> clients(MeasuredStack stack, int number, Moments moments) {
    List<Client> clients = new ArrayList<>();
    while (clients.size() < number) {
      TestFirm firm = TestFirm.at(stack.base(), Api.json("payments", "ready", "staff", PEOPLE - 1));
      String service = firm.service("Advice", 24_000);
      for (int person = 0; person < PEOPLE && clients.size() < number; person++) {
        clients.add(new Client(firm, person, service, moments));
      }
    }
    return clients;
  }

  private static Duration ownTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(path);
      }
    }
  }
}
