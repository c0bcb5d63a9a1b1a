package dev.clockbill.units;

import dev.clockbill.Project;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** At how many firms a quota of AWS, or a limit of our own, is reached in a busy hour. */
final class Quotas {
  /** How much busier a busy second is than an average one of the working hours. */
  private static final BigDecimal BUSY = BigDecimal.valueOf(3);

  private static final BigDecimal WORKING_SECONDS =
      BigDecimal.valueOf(FirmMonth.DAYS * FirmMonth.HOURS_A_DAY * 3_600L);
  private static final int SHARDS =
      FirmMonth.number(
          Project.read("functions/src/main/java/dev/clockbill/table/DueQueue.java"),
          "SHARDS = (\\d+)");

  /** What {@code template.yaml} lets through to each route. */
  private static final int ROUTE =
      FirmMonth.number(Project.read("template.yaml"), "ThrottlingRateLimit: (\\d+)");

  private static final FirmMonth FIRM = new FirmMonth();

  private Quotas() {}

  /**
   * A limit.
   *
   * @param most what it allows
   * @param each what one firm needs of it
   */
  private record Quota(String name, String limit, BigDecimal most, BigDecimal each) {
    BigDecimal firms() {
      return most.divide(each, 0, RoundingMode.DOWN);
    }

    private String row() {
      return CostTest.row(
          name,
          limit,
          each.round(new MathContext(2)).toPlainString(),
          CostTest.whole(firms().round(new MathContext(2, RoundingMode.DOWN))));
    }
  }

  private static List<Quota> quotas() {
    BigDecimal starts = aSecond(FIRM.executions());
    // Each push enters the queue, may be put off, and leaves: two units each, with the index's key.
    BigDecimal dueWrites = aSecond(BigDecimal.valueOf(6L * FIRM.executions().longValueExact()));
    return List.of(
        new Quota(
            "accounts whose news are asked for, in one hourly run of `ReconcilePayments`",
            CostTest.whole(Bill.accountsAnHour()) + " an hour",
            Bill.accountsAnHour(),
            BigDecimal.ONE),
        new Quota(
            "requests to one route: the portal asking what runs",
            ROUTE + " a second",
            BigDecimal.valueOf(ROUTE),
            aSecond(CostTest.asking())),
        new Quota(
            "requests through API Gateway",
            "10,000 a second",
            BigDecimal.valueOf(10_000),
            aSecond(FIRM.requests())),
        new Quota(
            "open executions (drafts and invoices that wait)",
            "1,000,000",
            BigDecimal.valueOf(1_000_000),
            FIRM.open()),
        new Quota(
            "`StartExecution`, refilled, in us-east-1",
            "300 a second",
            BigDecimal.valueOf(300),
            starts),
        new Quota(
            "`StartExecution`, refilled, in most other regions",
            "150 a second",
            BigDecimal.valueOf(150),
            starts),
        new Quota(
            "state transitions, refilled, in us-east-1",
            "1,500 a second",
            BigDecimal.valueOf(1_500),
            aSecond(FIRM.transitions())),
        new Quota(
            "state transitions, refilled, in most other regions",
            "500 a second",
            BigDecimal.valueOf(500),
            aSecond(FIRM.transitions())),
        new Quota(
            "functions running at once",
            "1,000",
            BigDecimal.valueOf(1_000),
            aSecond(FIRM.gigabyteSeconds(1_024))),
        new Quota(
            "write units of the table",
            "40,000 a second",
            BigDecimal.valueOf(40_000),
            aSecond(FIRM.units().write())),
        new Quota(
            "read units of the table",
            "40,000 a second",
            BigDecimal.valueOf(40_000),
            aSecond(FIRM.units().read())),
        new Quota(
            "writes to the shards of `PUSHES` in the index `Due`",
            SHARDS + " × 1,000 a second",
            BigDecimal.valueOf(SHARDS * 1_000L),
            dueWrites),
        new Quota(
            "log-ins (`UserAuthentication` of Cognito), one a person a day",
            "120 a second",
            BigDecimal.valueOf(120),
            aSecond(BigDecimal.valueOf(FirmMonth.PEOPLE * FirmMonth.DAYS))),
        new Quota(
            "people in one user pool",
            "40,000,000",
            BigDecimal.valueOf(40_000_000),
            BigDecimal.valueOf(FirmMonth.PEOPLE)));
  }

  private static BigDecimal aSecond(BigDecimal month) {
    return month.multiply(BUSY).divide(WORKING_SECONDS, 10, RoundingMode.UP);
  }

  static String table() {
    return CostTest.row("what", "quota", "a firm needs, at a busy time", "reached at, firms")
        + CostTest.row("---", "---:", "---:", "---:")
        + quotas().stream()
            .sorted(Comparator.comparing(Quota::firms))
            .map(Quota::row)
            .collect(Collectors.joining());
  }
}
