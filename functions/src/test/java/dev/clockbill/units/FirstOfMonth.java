package dev.clockbill.units;

import dev.clockbill.Project;
import dev.clockbill.firm.BillingMonth;
import dev.clockbill.shared.Ids;
import dev.clockbill.table.DueQueue;
import dev.clockbill.units.Counted.Units;
import java.math.BigDecimal;
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

  /** Milliseconds of a part of a run; assumed. */
  private static final int PART = 150;

  /** Seconds in which a firm's run has made its drafts, five at a time. */
  private static final int MONTH = FirmMonth.INVOICES * PART / 5_000 + 1;

  /** Seconds in which a firm's run has sent all drafts; assumed. */
  private static final int SENDING = 10;

  private static final int SEND_FROM = 8;
  private static final int SEND_TO = 11;
  private static final int WORK_FROM = 9;
  private static final int WORK_TO = 17;
  private static final int PAY_TO = 21;

  /** One of so many invoices is paid on the day. */
  private static final int PAID_AT_ONCE = 5;

  /** What is consumed, and when it was most. */
  enum Resource {
    STARTS("executions started", 0),
    TRANSITIONS("transitions", 0),
    FUNCTIONS("functions running at once", 1_000),
    TABLE_WRITES("write units of the table with its indexes", 40_000),
    TABLE_READS("read units of the table with its indexes", 40_000),
    DUE_SHARD("write units of the fullest shard of `PUSHES` in the index `Due`", 1_000),
    MAILS("mails", 0),
    REQUESTS("requests through API Gateway", 10_000),
    PROCESSOR("requests to the processor", 100);

    private final String words;
    private final int limit;

    /** A limit of 0 is a bucket's, or nobody's. */
    Resource(String words, int limit) {
      this.words = words;
      this.limit = limit;
    }

    String words() {
      return words;
    }

    int limit() {
      return limit;
    }
  }

  /** A quota that refuses starts, and delays transitions, once its bucket is empty. */
  record Region(int startBucket, int starts, int transitionBucket, int transitions) {
    /** Source: see {@code docs/scale.md}, as of us-east-1. */
    static final Region LARGE = new Region(1_300, 300, 5_000, 1_500);

    /** The same of most other regions. */
    static final Region USUAL = new Region(800, 150, 800, 500);
  }

  /** What is to be done. */
  private enum Kind {
    MONTH,
    SEND,
    LOOK,
    REMINDER,
    PAYMENT
  }

  /**
   * What a job consumes, from its start to its end.
   *
   * @param functions seconds of functions
   * @param due write units of the index {@code Due}
   */
  private record Job(
      Kind kind,
      double starts,
      double transitions,
      double writes,
      double reads,
      double functions,
      double due,
      double mails) {
    static Job of(
        Kind kind,
        int starts,
        int transitions,
        Units units,
        double functions,
        double due,
        double mails) {
      return new Job(
          kind,
          starts,
          transitions,
          units.write().doubleValue(),
          units.read().doubleValue(),
          functions,
          due,
          mails);
    }

    /** The part of the job that one of its starts begins: each is pushed on its own. */
    Job ofOneStart() {
      return new Job(
          kind,
          1,
          transitions / starts,
          writes / starts,
          reads / starts,
          functions / starts,
          due / starts,
          mails / starts);
    }
  }

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
  private final double[][] used = new double[Resource.values().length][SECONDS];
  private final Map<Integer, List<Waiting>> asked = new HashMap<>();
  private final Map<Integer, List<Begun>> beginning = new HashMap<>();
  private final Deque<Begun> begun = new ArrayDeque<>();
  private final PriorityQueue<Waiting> due =
      new PriorityQueue<>(Comparator.comparingInt(Waiting::from));
  private final Map<Kind, Integer> longest = new EnumMap<>(Kind.class);
  private final double shard;
  private double startTokens;
  private double transitionTokens;
  private double refused;
  private double behind;
  private double mostBehind;

  FirstOfMonth(int firms, Region region) {
    this.firms = firms;
    this.region = region;
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
    Job month = month();
    Job send = send();
    Job payment = pay();
    for (int firm = 0; firm < count; firm++) {
      ask(month, 1, second(BillingMonth.moment(id(firm), FIRST.minusDays(1), zone)));
    }
    evenly(count, at(zone, SEND_FROM), at(zone, SEND_TO), (at, some) -> ask(send, some, at));
    int nine = at(zone, WORK_FROM);
    int reminders = Math.ceilDiv(count * FirmMonth.REMINDERS, FirmMonth.DAYS);
    begin(nine, reminder(), reminders);
    begin(nine, look(), Math.ceilDiv(count * FirmMonth.LOOKS, 30) - reminders);
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
        happening.happen(from + at, some);
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

  /** A firm's run: the push that begins it, its plan and a part for each customer. */
  private static Job month() {
    String month = "begin a firm's month, of one customer";
    int parts = FirmMonth.INVOICES;
    // Each further part is an item more of the plan.
    Units units =
        Counted.of(month, "ResumeWorkflow")
            .plus(Counted.of(month, "PlanRun"))
            .plus(times(Counted.of(month, "DraftCustomer"), parts))
            .plus(new Units(BigDecimal.ZERO, BigDecimal.valueOf(2L * parts)));
    int transitions =
        TransitionsTest.TRANSITIONS.get("a billing run")
            + parts * TransitionsTest.TRANSITIONS.get("a part of a billing run");
    return Job.of(
        Kind.MONTH,
        1,
        transitions,
        units,
        parts * PART / 1_000.0,
        Counted.written(month, "Due"),
        1);
  }

  /** A firm sends all of them: a second execution of the run, and one for each invoice. */
  private static Job send() {
    String send = "send a run's draft";
    int parts = FirmMonth.INVOICES;
    Units units = Units.NONE;
    double functions = 0;
    for (Map.Entry<String, Units> each : Counted.of(send).entrySet()) {
      units = units.plus(times(each.getValue(), parts));
      functions += parts * FirmMonth.milliseconds(each.getKey()) / 1_000.0;
    }
    int transitions =
        TransitionsTest.TRANSITIONS.get("a billing run")
            + parts * TransitionsTest.TRANSITIONS.get("a part of a billing run")
            + parts * TransitionsTest.TRANSITIONS.get(send);
    return Job.of(
        Kind.SEND,
        1 + parts,
        transitions,
        units,
        functions,
        parts * Counted.written(send, "Due"),
        parts);
  }

  private static Job look() {
    String look = "continue an unpaid invoice";
    Units units = Counted.of(look, "RemindCustomer").plus(Counted.of(look, "AwaitPayment"));
    return Job.of(
        Kind.LOOK,
        0,
        TransitionsTest.TRANSITIONS.get("a look at what is unpaid"),
        units,
        0.06,
        2,
        0);
  }

  /** A look that mails; the mail is taken for as much as a receipt. */
  private static Job reminder() {
    Job look = look();
    Units mail = Counted.of("pay", "MailReceipt");
    return new Job(
        Kind.REMINDER,
        0,
        look.transitions(),
        look.writes() + mail.write().doubleValue(),
        look.reads() + mail.read().doubleValue(),
        look.functions() + FirmMonth.milliseconds("RemindCustomer") / 1_000.0,
        look.due() + 2,
        1);
  }

  private static Job pay() {
    Units units = Counted.of("open a checkout", "PayPage");
    for (Units each : Counted.of("pay").values()) {
      units = units.plus(each);
    }
    units = units.plus(times(Counted.of("show the pay page", "PayPage"), 2));
    double written = Counted.written("pay", "Due") + Counted.written("open a checkout", "Due");
    int transitions = TransitionsTest.TRANSITIONS.get("pay");
    return Job.of(Kind.PAYMENT, 0, transitions, units, 0.4, written, 1);
  }

  private static Units times(Units units, int count) {
    return units.times(BigDecimal.valueOf(count));
  }

  private void begin(int second, Job job, double count) {
    beginning.computeIfAbsent(second, at -> new ArrayList<>()).add(new Begun(job, count));
  }

  private void pass(int second) {
    startTokens = Math.min(region.startBucket(), startTokens + region.starts());
    transitionTokens = Math.min(region.transitionBucket(), transitionTokens + region.transitions());
    for (Waiting jobs : asked.getOrDefault(second, List.of())) {
      if (jobs.job().kind() == Kind.MONTH) {
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
      int seconds = job.kind() == Kind.MONTH ? MONTH : SENDING;
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
    used[resource.ordinal()][second] += amount;
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
    return Arrays.stream(used[resource.ordinal()]).max().orElseThrow();
  }

  /** All of a thing on the day. */
  double sum(Resource resource) {
    return Arrays.stream(used[resource.ordinal()]).sum();
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
    return Duration.ofSeconds(longest.getOrDefault(Kind.MONTH, 0));
  }

  /** How long the last invoice that was sent waited for its workflow. */
  Duration sendsLate() {
    return Duration.ofSeconds(longest.getOrDefault(Kind.SEND, 0));
  }

  /** How long workflows that had begun waited for their next step at most. */
  Duration transitionsLate() {
    return Duration.ofSeconds(Math.round(mostBehind / region.transitions()));
  }

  /** Write units a second of the items of one firm that sends all its drafts. */
  static double hottestFirm() {
    return send().writes() / SENDING;
  }

  /** Of them those of the index by state, all its partitions of that firm together. */
  static double hottestStates() {
    return FirmMonth.INVOICES * Counted.written("send a run's draft", "ByState") / SENDING;
  }
}
