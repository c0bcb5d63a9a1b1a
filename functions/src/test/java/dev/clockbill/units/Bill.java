package dev.clockbill.units;

import dev.clockbill.Project;
import dev.clockbill.local.template.FunctionEntry;
import dev.clockbill.units.Counted.Units;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What AWS counts in a month for a number of firms: units by the names of {@link Prices}. */
final class Bill {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final Duration MONTH = Duration.ofDays(30);

  /** Months of data that the table holds: the bill is that of the twelfth month. */
  private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

  /** Months that logs are kept. */
  private static final BigDecimal LOGS_KEPT = BigDecimal.valueOf(3);

  /** Milliseconds in which the processor and the table tell the news of one account; assumed. */
  static final int ASKING = 400;

  /** Milliseconds of a scheduled run that finds nothing to do; assumed. */
  private static final int SCHEDULED = 60;

  private static final Map<String, Integer> SCHEDULED_LONGER = Map.of("SyntheticJourney", 8_000);

  /** Requests of one journey that watches it. */
  private static final int JOURNEY = 20;

  private final String template = Project.read("template.yaml");
  private final FirmMonth firm = new FirmMonth();
  private final BigDecimal firms;

  Bill(int firms) {
    this.firms = BigDecimal.valueOf(firms);
  }

  /** The month's units, in the order of the bill. */
  Map<String, BigDecimal> units() {
    BigDecimal scheduled = scheduledRuns();
    BigDecimal asked = accountsAsked();
    Units ours =
        Counted.of("ReconcilePayments, an account to ask", "ReconcilePayments")
            .times(asked)
            .plus(journeyUnits());
    BigDecimal invocations = of(firm.invocations()).add(scheduled).add(journeyRequests());
    BigDecimal kept = of(firm.kept()).multiply(MONTHS);
    BigDecimal logs =
        of(firm.logs())
            .add(
                scheduled
                    .add(journeyRequests())
                    .multiply(BigDecimal.valueOf(FirmMonth.LOG))
                    .divide(FirmMonth.GIGA));
    Map<String, BigDecimal> units = new LinkedHashMap<>();
    units.put("Lambda requests", invocations.divide(MILLION));
    units.put(
        "Lambda time, arm64",
        of(firm.gigabyteSeconds(memory()))
            .add(FirmMonth.gigabyteSeconds(scheduledMilliseconds(), memory()))
            .add(seconds(asked, ASKING / asksAtOnce())));
    units.put("HTTP API requests", of(firm.requests()).add(journeyRequests()).divide(MILLION));
    units.put("DynamoDB reads on demand", of(firm.units().read()).add(ours.read()).divide(MILLION));
    units.put(
        "DynamoDB writes on demand", of(firm.units().write()).add(ours.write()).divide(MILLION));
    units.put("DynamoDB storage", kept);
    units.put("DynamoDB point-in-time recovery", kept);
    units.put(
        "Step Functions transitions",
        of(firm.transitions()).add(journeyTransitions()).divide(THOUSAND));
    units.put("SES mails", of(firm.mails()).divide(THOUSAND));
    units.put("SES attachments", of(firm.attachments()));
    String plan = template.contains("UserPoolTier: LITE") ? "Lite" : "Essentials";
    units.put("Cognito people, " + plan, of(BigDecimal.valueOf(FirmMonth.PEOPLE)));
    units.put("CloudWatch Logs taken in", logs);
    units.put("CloudWatch Logs kept", logs.multiply(LOGS_KEPT));
    units.put("CloudWatch alarms", resources("AWS::CloudWatch::Alarm", "MetricName:"));
    units.put("CloudWatch metrics of our own", resources("AWS::Logs::MetricFilter", "MetricName:"));
    units.put("CloudWatch dashboards", resources("AWS::CloudWatch::Dashboard", "DashboardBody:"));
    units.put("X-Ray traces", traces(invocations).divide(MILLION));
    units.put("EventBridge Scheduler", scheduled.divide(MILLION));
    units.put("Data to the internet", of(firm.answers()));
    return units;
  }

  private BigDecimal of(BigDecimal each) {
    return firms.multiply(each);
  }

  private BigDecimal seconds(BigDecimal runs, int milliseconds) {
    return FirmMonth.gigabyteSeconds(runs.multiply(BigDecimal.valueOf(milliseconds)), memory());
  }

  private int memory() {
    return FirmMonth.number(template, "MemorySize: (\\d+)");
  }

  private static BigDecimal scheduledRuns() {
    return Project.functions().stream().map(Bill::runs).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal runs(FunctionEntry function) {
    return function.schedules().stream()
        .map(schedule -> BigDecimal.valueOf(MONTH.dividedBy(schedule.every())))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal scheduledMilliseconds() {
    return Project.functions().stream()
        .map(
            function ->
                runs(function)
                    .multiply(
                        BigDecimal.valueOf(
                            SCHEDULED_LONGER.getOrDefault(function.logicalId(), SCHEDULED))))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The journeys that watch it, each with a timer and a draft of its own. */
  private static BigDecimal journeys() {
    return Project.functions().stream()
        .filter(function -> function.logicalId().equals("SyntheticJourney"))
        .map(Bill::runs)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal journeyRequests() {
    return journeys().multiply(BigDecimal.valueOf(JOURNEY));
  }

  /** What a journey makes it deletes again: that is taken to cost as much. */
  private static Units journeyUnits() {
    Units made = Units.NONE;
    for (String operation : List.of("start", "stop, opening a draft")) {
      for (Units each : Counted.of(operation).values()) {
        made = made.plus(each).plus(each);
      }
    }
    return made.times(journeys());
  }

  private static BigDecimal journeyTransitions() {
    int each = TransitionsTest.TRANSITIONS.get("time that opens a draft") + 2;
    return journeys().multiply(BigDecimal.valueOf(each));
  }

  /** How many accounts one hourly run asks about, as long as it goes on. */
  static BigDecimal accountsAnHour() {
    String source =
        Project.read("functions/src/main/java/dev/clockbill/payment/ReconcilePayments.java");
    int minutes = FirmMonth.number(source, "LONGEST = Duration.ofMinutes\\((\\d+)\\)");
    return asksASecond().multiply(BigDecimal.valueOf(minutes * 60L));
  }

  /** How fast a run asks: some at once, and not faster than the processor is to be asked. */
  static BigDecimal asksASecond() {
    int gap = FirmMonth.number(pace(), "GAP = Duration.ofMillis\\((\\d+)\\)");
    BigDecimal second = BigDecimal.valueOf(1_000);
    return BigDecimal.valueOf(asksAtOnce() * 1_000L / ASKING)
        .min(second.divide(BigDecimal.valueOf(gap), 0, RoundingMode.DOWN));
  }

  private static int asksAtOnce() {
    return FirmMonth.number(pace(), "AT_ONCE = (\\d+)");
  }

  private static String pace() {
    return Project.read("functions/src/main/java/dev/clockbill/payment/Pace.java");
  }

  private BigDecimal accountsAsked() {
    return firms.min(accountsAnHour()).multiply(BigDecimal.valueOf(FirmMonth.HOURS));
  }

  /** One trace a second and one of twenty beyond, if functions are traced. */
  private BigDecimal traces(BigDecimal invocations) {
    if (!template.contains("Tracing: Active")) {
      return BigDecimal.ZERO;
    }
    BigDecimal first = invocations.min(BigDecimal.valueOf(MONTH.toSeconds()));
    return first.add(
        invocations.subtract(first).divide(BigDecimal.valueOf(20), 0, RoundingMode.UP));
  }

  /** How often a word stands in the template's resources of a type. */
  private BigDecimal resources(String type, String word) {
    long found =
        Pattern.compile("\n(?=  \\w+:\n)")
            .splitAsStream(template)
            .filter(resource -> resource.contains("Type: " + type + "\n"))
            .mapToLong(resource -> resource.split(word, -1).length - 1)
            .sum();
    return BigDecimal.valueOf(found);
  }
}
