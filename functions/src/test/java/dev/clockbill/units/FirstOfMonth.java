package dev.clockbill.units;

import dev.clockbill.Project;
import dev.clockbill.firm.BillingMonth;
import dev.clockbill.shared.Ids;
import dev.clockbill.table.DueQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The first of a month of some firms, second by second: every firm bills the month before by a run
 * at six in the morning, sends all drafts later, and its customers pay. What a step consumes is
 * counted ({@link UnitsTest}, {@link TransitionsTest}); when people do what is assumed, and stands
 * in {@code docs/scale.md}. Buckets of AWS hold it up, and what is refused comes again as the code
 * has it.
 */
final class FirstOfMonth {
  private static final LocalDate FIRST = LocalDate.of(2027, 2, 1);

  /** Firms of a hundred by zone. */
  private static final List<Zone> ZONES =
      List.of(
          new Zone("America/New_York", 0, 45),
          new Zone("America/Chicago", 45, 70),
          new Zone("America/Denver", 70, 80),
          new Zone("America/Los_Angeles", 80, 100));

  /** Where firms are: from this part of a hundred of them up to that. */
  private record Zone(String name, int from, int to) {
    int firms(int all) {
      return Math.ceilDiv(all * to, 100) - Math.ceilDiv(all * from, 100);
    }
  }

  /** From midnight in the first zone to midnight in the last one. */
  private static final int SECONDS = 27 * 3_600;

  /** Milliseconds that a push takes; assumed. */
  private static final int PUSH = 40;

  /** Pushes of a run of {@code ResumeWorkflow} in a second, and for how many seconds. */
  private static final double PUSHES =
      FirmMonth.number(resumeWorkflow(), "AT_ONCE = (\\d+)") * 1_000.0 / PUSH;

  private static final int PUSHES_FOR =
      FirmMonth.number(resumeWorkflow(), "LONGEST = Duration.ofSeconds\\((\\d+)\\)");

  private static final double ASKS = Bill.asksASecond().doubleValue();
  private static final int RUN_EVERY = 300;
  private static final int PATIENCE = (int) DueQueue.PATIENCE.toSeconds();

  /** Seconds in which a firm's run has made its drafts, five at a time. */
  private static final int MONTH = FirmMonth.INVOICES * Job.PART / 5_000 + 1;

  /** Seconds in which a firm's run has sent all drafts; assumed. */
  private static final int SENDING = 10;

  private static final int SEND_FROM = 8;
  private static final int SEND_TO = 11;
  private static final int WORK_FROM = 9;
  private static final int WORK_TO = 17;
  private static final int PAY_TO = 21;

  /** One of so many invoices is paid on the day. */
  private static final int PAID_AT_ONCE = 5;

  /** Jobs that have begun, and how many transitions they have before them. */
  private static final class Begun {
    private final Job job;
    private double waiting;

    Begun(Job job, double count) {
      this.job = job;
      this.waiting = count * job.transitions();
    }
  }

  /**
   * Jobs that were not started yet.
   *
   * @param from when they are due
   * @param since when they were asked for
   */
  private record Waiting(Job job, double count, int from, int since) {}

  private final int firms;
  private final Region region;
  private final Map<Resource, double[]> used = new EnumMap<>(Resource.class);
  private final Map<Integer, List<Waiting>> asked = new HashMap<>();
  private final Map<Integer, List<Begun>> beginning = new HashMap<>();
  private final Deque<Begun> begun = new ArrayDeque<>();
  private final PriorityQueue<Waiting> due =
      new PriorityQueue<>(Comparator.comparingInt(Waiting::from));
  private final Map<Job.Kind, Integer> longest = new EnumMap<>(Job.Kind.class);
  private final double shard;
  private double startTokens;
  private double transitionTokens;
  private double refused;
  private double behind;
  private double mostBehind;

  FirstOfMonth(int firms, Region region) {
    this.firms = firms;
    this.region = region;
    Arrays.stream(Resource.values()).forEach(each -> used.put(each, new double[SECONDS]));
    this.shard = fullestShard();
    this.startTokens = region.startBucket();
    this.transitionTokens = region.transitionBucket();
    ZONES.forEach(zone -> plan(ZoneId.of(zone.name()), zone.firms(firms)));
    for (int second = 0; second < SECONDS; second++) {
      pass(second);
    }
  }

  /** The part of all that the fullest shard of the queue has, by the ids of firms. */
  private double fullestShard() {
    Map<String, Integer> shards = new HashMap<>();
    for (int firm = 0; firm < firms; firm++) {
      shards.merge(DueQueue.PUSHES.partition(id(firm)), 1, Integer::sum);
    }
    int most = shards.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    return most / (double) firms;
  }

  private static String id(int firm) {
    return Ids.of(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(firm), "firm " + firm);
  }

  private void plan(ZoneId zone, int count) {
    Job month = Job.month();
    Job send = Job.send();
    Job payment = Job.pay();
    for (int firm = 0; firm < count; firm++) {
      ask(month, 1, second(BillingMonth.moment(id(firm), FIRST.minusDays(1), zone)));
    }
    evenly(count, at(zone, SEND_FROM), at(zone, SEND_TO), (at, some) -> ask(send, some, at));
    int nine = at(zone, WORK_FROM);
    int reminders = Math.ceilDiv(count * FirmMonth.REMINDERS, FirmMonth.DAYS);
    begin(nine, Job.reminder(), reminders);
    begin(nine, Job.look(), Math.ceilDiv(count * FirmMonth.LOOKS, 30) - reminders);
    evenly(
        count * FirmMonth.INVOICES / PAID_AT_ONCE,
        nine,
        at(zone, PAY_TO),
        (at, some) -> {
          begin(at, payment, some);
          use(Resource.PROCESSOR, at, some);
          use(Resource.REQUESTS, at, 4 * some);
        });
    day(count, nine, at(zone, WORK_TO));
  }

  /** What happens in some second. */
  @FunctionalInterface
  private interface Happening {
    void happen(int second, double count);
  }

  /** Whole things, evenly over a time. */
  private static void evenly(long count, int from, int to, Happening happening) {
    int seconds = to - from;
    for (int at = 0; at < seconds; at++) {
      long some = Math.ceilDiv(count * (at + 1), seconds) - Math.ceilDiv(count * at, seconds);
      if (some > 0) {
        happening.happen(from + at, (double) some);
      }
    }
  }

  private void ask(Job job, double count, int second) {
    asked
        .computeIfAbsent(second, at -> new ArrayList<>())
        .add(new Waiting(job, count, second, second));
  }

  /** An ordinary day's work, evenly over its hours. */
  private void day(int count, int from, int to) {
    FirmMonth month = new FirmMonth();
    double days = count / (double) FirmMonth.DAYS;
    spread(Resource.REQUESTS, from, to - from, days * month.requests().doubleValue());
    spread(Resource.TABLE_READS, from, to - from, days * month.units().read().doubleValue());
    spread(Resource.TABLE_WRITES, from, to - from, days * month.units().write().doubleValue());
    spread(Resource.FUNCTIONS, from, to - from, days * month.gigabyteSeconds(1_024).doubleValue());
  }

  private void spread(Resource resource, int from, int seconds, double amount) {
    for (int second = from; second < Math.min(from + seconds, SECONDS); second++) {
      use(resource, second, amount / seconds);
    }
  }

  private static int at(ZoneId zone, int hour) {
    return second(FIRST.atTime(LocalTime.of(hour, 0)).atZone(zone).toInstant());
  }

  private static int second(Instant instant) {
    Instant begins = FIRST.atStartOfDay(ZoneId.of("America/New_York")).toInstant();
    return (int) Duration.between(begins, instant).toSeconds();
  }

  private void begin(int second, Job job, double count) {
    beginning.computeIfAbsent(second, at -> new ArrayList<>()).add(new Begun(job, count));
  }

  private void pass(int second) {
    startTokens = Math.min(region.startBucket(), startTokens + region.starts());
    transitionTokens = Math.min(region.transitionBucket(), transitionTokens + region.transitions());
    for (Waiting jobs : asked.getOrDefault(second, List.of())) {
      if (jobs.job().kind() == Job.Kind.MONTH) {
        due.add(jobs);
      } else {
        start(jobs, second, jobs.count());
      }
    }
    push(second);
    for (Begun more : beginning.getOrDefault(second, List.of())) {
      begun.add(more);
      behind += more.waiting;
    }
    progress(second);
    use(Resource.PROCESSOR, second, asks(second));
  }

  /** A run of {@code ResumeWorkflow} takes what is due, as fast as it can. */
  private void push(int second) {
    if (second % RUN_EVERY >= PUSHES_FOR) {
      return;
    }
    double left = PUSHES;
    while (left > 0 && !due.isEmpty() && due.peek().from() <= second) {
      Waiting next = due.poll();
      double taken = Math.min(left, next.count());
      left -= taken;
      if (taken < next.count()) {
        due.add(new Waiting(next.job(), next.count() - taken, next.from(), next.since()));
      }
      start(next, second, taken);
    }
  }

  /** Starts jobs; those whose executions are refused are due again after a while. */
  private void start(Waiting jobs, int second, double count) {
    Job job = jobs.job();
    double wanted = count * job.starts();
    double granted = Math.min(wanted, startTokens);
    startTokens -= granted;
    use(Resource.STARTS, second, granted);
    if (granted > 0) {
      longest.merge(job.kind(), second - jobs.since(), Math::max);
      int seconds = job.kind() == Job.Kind.MONTH ? MONTH : SENDING;
      for (int part = 0; part < seconds; part++) {
        begin(second + part, job, count * granted / wanted / seconds);
      }
    }
    if (granted < wanted) {
      refused += wanted - granted;
      due.add(new Waiting(job.ofOneStart(), wanted - granted, second + PATIENCE, jobs.since()));
    }
  }

  private void progress(int second) {
    double done = 0;
    while (!begun.isEmpty() && transitionTokens > 0) {
      Begun first = begun.peek();
      double now = Math.min(first.waiting, transitionTokens);
      transitionTokens -= now;
      first.waiting -= now;
      done += now;
      consume(first.job, second, now / first.job.transitions());
      if (first.waiting <= 0) {
        begun.poll();
      }
    }
    use(Resource.TRANSITIONS, second, done);
    behind -= done;
    mostBehind = Math.max(mostBehind, behind);
  }

  private void consume(Job job, int second, double count) {
    use(Resource.TABLE_WRITES, second, count * job.writes());
    use(Resource.TABLE_READS, second, count * job.reads());
    use(Resource.FUNCTIONS, second, count * job.functions());
    use(Resource.DUE_SHARD, second, count * job.due() * shard);
    use(Resource.MAILS, second, count * job.mails());
  }

  private void use(Resource resource, int second, double amount) {
    used.get(resource)[second] += amount;
  }

  /** Questions to the processor: some minutes of each hour, until every account is asked. */
  private double asks(int second) {
    return second % 3_600 < Math.min(240, firms / ASKS) ? Math.min(ASKS, firms) : 0;
  }

  private static String resumeWorkflow() {
    return Project.read("functions/src/main/java/dev/clockbill/recovery/ResumeWorkflow.java");
  }

  /** The most of a thing in a second. */
  double peak(Resource resource) {
    return Arrays.stream(used.get(resource)).max().orElseThrow();
  }

  /** All of a thing on the day. */
  double sum(Resource resource) {
    return Arrays.stream(used.get(resource)).sum();
  }

  /** Starts that were refused at first. */
  double refused() {
    return refused;
  }

  /** Starts that are still refused when the day is over. */
  double left() {
    return due.stream().mapToDouble(jobs -> jobs.count() * jobs.job().starts()).sum();
  }

  /** How long the last firm waited for its run to be begun. */
  Duration monthsLate() {
    return Duration.ofSeconds(longest.getOrDefault(Job.Kind.MONTH, 0));
  }

  /** How long the last invoice that was sent waited for its workflow. */
  Duration sendsLate() {
    return Duration.ofSeconds(longest.getOrDefault(Job.Kind.SEND, 0));
  }

  /** How long workflows that had begun waited for their next step at most. */
  Duration transitionsLate() {
    return Duration.ofSeconds(Math.round(mostBehind / region.transitions()));
  }

  /** Write units a second of the items of one firm that sends all its drafts. */
  static double hottestFirm() {
    return Job.send().writes() / SENDING;
  }

  /** Of them those of the index by state, all its partitions of that firm together. */
  static double hottestStates() {
    return FirmMonth.INVOICES * Counted.written("send a run's draft", "ByState") / SENDING;
  }
}
