package dev.clockbill.units;

import dev.clockbill.units.Counted.Units;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One hour, from the start of its timer to the receipt: a timer is started and stopped, its draft
 * is sent, the customer opens the pay page, pays and gets a receipt.
 */
final class BilledHour {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MAILS = BigDecimal.valueOf(2);

  /** One of so many invocations is traced, beyond the first of a second. */
  private static final BigDecimal TRACED = BigDecimal.valueOf(20);

  /** Firms of the month that the portal's own costs are taken from. */
  private static final int FIRMS = 10_000;

  /** Somebody looks at the draft, edits it and presses Send. */
  private static final BilledHour EDITED =
      new BilledHour(
          List.of("stop", "read a draft", "edit a draft", "send"),
          List.of("time that opens a draft", "send"));

  private static final BilledHour AUTOMATIC =
      new BilledHour(
          List.of("stop, sent automatically"), List.of("time that is sent automatically"));

  private int requests;
  private int invocations;
  private int milliseconds;
  private int transitions;
  private Units units = Units.NONE;

  private BilledHour(List<String> own, List<String> workflow) {
    asked("start");
    own.forEach(this::asked);
    asked("show the pay page");
    asked("open a checkout");
    asked("show the pay page");
    asked("pay");
    for (String mail : List.of("report an invoice as delayed", "report a receipt as delayed")) {
      // Sent, and delivered.
      done(mail);
      done(mail);
    }
    workflow.forEach(part -> transitions += TransitionsTest.TRANSITIONS.get(part));
    transitions += TransitionsTest.TRANSITIONS.get("pay");
  }

  private void asked(String operation) {
    requests++;
    done(operation);
  }

  private void done(String operation) {
    Counted.of(operation)
        .forEach(
            (function, its) -> {
              invocations++;
              milliseconds += FirmMonth.milliseconds(function);
              units = units.plus(its);
            });
  }

  /** What is counted of one, and of a thousand. */
  static String counted() {
    StringBuilder table = new StringBuilder();
    table.append(
        CostTest.row(
            "counted",
            "one hour, edited",
            "one, sent automatically",
            "1,000, edited",
            "1,000, sent automatically"));
    table.append(CostTest.row("---", "---:", "---:", "---:", "---:"));
    Map<String, BigDecimal> automatic = AUTOMATIC.counts();
    EDITED
        .counts()
        .forEach(
            (thing, edited) ->
                table.append(
                    CostTest.row(
                        thing,
                        one(edited),
                        one(automatic.get(thing)),
                        CostTest.whole(edited.multiply(THOUSAND)),
                        CostTest.whole(automatic.get(thing).multiply(THOUSAND)))));
    return table.toString();
  }

  private static String one(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private Map<String, BigDecimal> counts() {
    Map<String, BigDecimal> counts = new LinkedHashMap<>();
    counts.put("requests to the API", BigDecimal.valueOf(requests));
    counts.put("invocations of functions", BigDecimal.valueOf(invocations));
    counts.put("read units of DynamoDB", units.read());
    counts.put("write units of DynamoDB, at most", units.write());
    counts.put("transitions of the workflow", BigDecimal.valueOf(transitions));
    counts.put("mails", MAILS);
    return counts;
  }

  /** What AWS counts of a thousand, by the names of prices. */
  private Map<String, BigDecimal> used() {
    BigDecimal seconds =
        FirmMonth.gigabyteSeconds(BigDecimal.valueOf(milliseconds).multiply(THOUSAND), 1_024);
    BigDecimal logs =
        BigDecimal.valueOf(
                (long) invocations * FirmMonth.LOG + (long) requests * FirmMonth.ACCESS_LOG)
            .multiply(THOUSAND)
            .divide(FirmMonth.GIGA);
    BigDecimal kept =
        units.write().multiply(BigDecimal.valueOf(512)).multiply(THOUSAND).divide(FirmMonth.GIGA);
    Map<String, BigDecimal> used = new LinkedHashMap<>();
    used.put("Lambda requests", thousands(invocations).divide(MILLION));
    used.put("Lambda time, arm64", seconds);
    used.put("HTTP API requests", thousands(requests).divide(MILLION));
    used.put("DynamoDB reads on demand", units.read().multiply(THOUSAND).divide(MILLION));
    used.put("DynamoDB writes on demand", units.write().multiply(THOUSAND).divide(MILLION));
    used.put("DynamoDB storage", kept);
    used.put("DynamoDB point-in-time recovery", kept);
    used.put("Step Functions transitions", BigDecimal.valueOf(transitions));
    used.put("SES mails", MAILS);
    used.put("SES attachments", thousands(FirmMonth.PDF).divide(FirmMonth.GIGA));
    used.put("CloudWatch Logs taken in", logs);
    used.put("CloudWatch Logs kept", logs.multiply(BigDecimal.valueOf(3)));
    used.put("X-Ray traces", thousands(invocations).divide(TRACED).divide(MILLION));
    used.put(
        "Data to the internet",
        thousands((long) requests * FirmMonth.ANSWER).divide(FirmMonth.GIGA));
    return used;
  }

  private static BigDecimal thousands(long count) {
    return BigDecimal.valueOf(count).multiply(THOUSAND);
  }

  private Map<String, BigDecimal> costs(Prices prices) {
    Map<String, BigDecimal> costs = new LinkedHashMap<>();
    used().forEach((thing, used) -> costs.put(thing, prices.of(thing).of(used)));
    return costs;
  }

  private static BigDecimal sum(Map<String, BigDecimal> costs) {
    return costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What a thousand cost, and the share of each line. */
  static String bill(Prices prices) {
    Map<String, BigDecimal> edited = EDITED.costs(prices);
    Map<String, BigDecimal> automatic = AUTOMATIC.costs(prices);
    String lines =
        edited.keySet().stream()
            .map(thing -> line(thing, edited, automatic))
            .collect(Collectors.joining());
    BigDecimal whole = month(prices);
    return CostTest.row(
            "US dollars for 1,000 invoices", "edited", "share", "sent automatically", "share")
        + CostTest.row("---", "---:", "---:", "---:", "---:")
        + lines
        + CostTest.row(
            "**all of it**",
            CostTest.money(sum(edited)),
            "100 %",
            CostTest.money(sum(automatic)),
            "100 %")
        + CostTest.row(
            "with all that a firm does and has open in a month, of 10,000 firms",
            CostTest.money(whole),
            "",
            "",
            "");
  }

  private static String line(
      String thing, Map<String, BigDecimal> edited, Map<String, BigDecimal> automatic) {
    return CostTest.row(
        thing,
        CostTest.money(edited.get(thing)),
        share(thing, edited),
        CostTest.money(automatic.get(thing)),
        share(thing, automatic));
  }

  private static String share(String thing, Map<String, BigDecimal> costs) {
    return costs
            .get(thing)
            .multiply(BigDecimal.valueOf(100))
            .divide(sum(costs), 0, RoundingMode.HALF_UP)
            .toPlainString()
        + " %";
  }

  /** The whole bill of many firms, for a thousand of their invoices. */
  private static BigDecimal month(Prices prices) {
    BigDecimal all =
        new Bill(FIRMS)
            .units().entrySet().stream()
                .map(each -> prices.of(each.getKey()).of(each.getValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    return all.multiply(THOUSAND)
        .divide(BigDecimal.valueOf((long) FIRMS * FirmMonth.INVOICES), 4, RoundingMode.HALF_UP);
  }
}
