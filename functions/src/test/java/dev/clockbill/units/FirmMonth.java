package dev.clockbill.units;

import dev.clockbill.units.Counted.Units;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one firm does in a month, and what that consumes. The picture of the firm is an assumption,
 * and so is how long functions run: both stand in {@code docs/cost.md}. What an operation consumes
 * is counted.
 */
final class FirmMonth {
  static final int PEOPLE = 5;
  static final int DAYS = 21;
  static final int HOURS_A_DAY = 8;

  /** Timers that a person starts and stops in a day. */
  private static final int TIMERS = 4;

  /**
   * Pages of the portal that a person looks at in a day; each reads a list or a thing, and twice.
   */
  private static final int PAGES = 20;

  /** How often a person opens the portal in a day, and the requests until its files are there. */
  private static final int OPENED = 2;

  private static final int FILES = 4;

  /** How long a person has the portal in sight in a day, in seconds. */
  private static final int IN_SIGHT = 2 * 3_600;

  /** How often a person turns to the portal in a day: to open it, to start and to stop timers. */
  private static final int TURNS = OPENED + 2 * TIMERS;

  /** For how long a person touches the portal then, in seconds. */
  private static final int TOUCHED = 2 * 60;

  static final int INVOICES = 42;

  private static final String LOOK = "continue an unpaid invoice";

  /** An unpaid invoice is looked at once a week, and is paid after four on average. */
  static final int LOOKS = 4 * INVOICES;

  static final int REMINDERS = 14;
  private static final int TIMER_REMINDERS = 10;
  private static final int OWNER_NOTICES = 4;

  /** Transitions of a notice: the start, and Begin, MailOwnerNotice. */
  private static final int NOTICE = 3;

  /** Rows that a page of a list shows. A list was counted with five. */
  private static final int ROWS = 20;

  private static final BigDecimal COUNTED_ROWS = BigDecimal.valueOf(5);

  /** Hours of a month of 30 days. */
  static final int HOURS = 720;

  /**
   * Milliseconds that an invocation is billed, warm, starts from a snapshot spread over all.
   * Assumed, not measured on AWS; what is not named takes {@link #USUALLY}.
   */
  private static final Map<String, Integer> MILLISECONDS =
      Map.of(
          "Timers", 12,
          "Portal", 5,
          "MailInvoice", 700,
          "MailReceipt", 150,
          "RemindCustomer", 150,
          "PaymentWebhook", 60,
          "PayPage", 60,
          "RecordDelivery", 30,
          "RemindRunningTimers", 60,
          "ResumeWorkflow", 60);

  private static final int USUALLY = 30;

  /** Bytes of log of an invocation: Lambda's own three lines as JSON, and what there is to say. */
  static final int LOG = 1_000;

  /** Bytes of the access log's line of a request. */
  static final int ACCESS_LOG = 400;

  /** Bytes that a request's answer sends, and an invoice's PDF in its mail, as base64. */
  static final int ANSWER = 3_000;

  static final int PDF = 32_000;
  static final BigDecimal GIGA = BigDecimal.valueOf(1_000_000_000L);

  private final Map<String, BigDecimal> functions = new LinkedHashMap<>();
  private Units units = Units.NONE;
  private BigDecimal requests = BigDecimal.ZERO;

  FirmMonth() {
    int timers = PEOPLE * DAYS * TIMERS;
    int pages = PEOPLE * DAYS * PAGES;
    asked("start", timers);
    asked("stop, opening a draft", INVOICES);
    asked("stop, joining a draft", timers - INVOICES);
    asked("note on a timer", timers);
    asked("show what runs", asking());
    for (String list : new String[] {"/time-entries", "/invoices", "/customers"}) {
      listed("GET " + list + "?limit=5", pages / 4);
    }
    asked("read a draft", pages / 4);
    asked("read time", pages);
    asked("rate of time", INVOICES);
    asked("edit a draft", 2 * INVOICES);
    asked("send", INVOICES);
    asked("show the pay page", 2 * INVOICES);
    asked("pay", INVOICES);
    requests("Portal", PEOPLE * DAYS * OPENED * FILES);
    reminders();
    done("RemindRunningTimers, a timer due", TIMER_REMINDERS);
    done("report an invoice as delayed", 2 * mails().intValueExact());
  }

  /** How often the portal asks what runs. */
  static int asking() {
    return PEOPLE * DAYS * TURNS * Asking.requests(TOUCHED, IN_SIGHT / TURNS);
  }

  static int number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    if (!found.find()) {
      throw new IllegalArgumentException("nowhere: " + pattern);
    }
    return Integer.parseInt(found.group(1).replace("_", ""));
  }

  private void requests(String function, int count) {
    requests = requests.add(BigDecimal.valueOf(count));
    invoked(function, BigDecimal.valueOf(count));
  }

  /** An operation that one request of somebody sets off. */
  private void asked(String operation, int count) {
    requests = requests.add(BigDecimal.valueOf(count));
    done(operation, count);
  }

  private void done(String operation, int count) {
    BigDecimal times = BigDecimal.valueOf(count);
    Counted.of(operation)
        .forEach(
            (function, its) -> {
              invoked(function, times);
              units = units.plus(its.times(times));
            });
  }

  /** Every row was counted as if all that was read beside the rows were theirs: at most that. */
  private void listed(String operation, int count) {
    asked(operation, count);
    BigDecimal more =
        BigDecimal.valueOf(ROWS - COUNTED_ROWS.intValue()).divide(COUNTED_ROWS, 1, RoundingMode.UP);
    Counted.of(operation)
        .values()
        .forEach(its -> units = units.plus(its.times(more.multiply(BigDecimal.valueOf(count)))));
  }

  /** The workflow looks, and waits again; a reminder is a mail like a receipt. */
  private void reminders() {
    BigDecimal times = BigDecimal.valueOf(LOOKS);
    invoked("RemindCustomer", times);
    invoked("AwaitPayment", times);
    units =
        units
            .plus(Counted.of("pay", "MailReceipt").times(BigDecimal.valueOf(REMINDERS)))
            .plus(Counted.of(LOOK, "RemindCustomer").times(times))
            .plus(Counted.of(LOOK, "AwaitPayment").times(times));
  }

  private void invoked(String function, BigDecimal count) {
    functions.merge(function, count, BigDecimal::add);
  }

  Units units() {
    return units;
  }

  BigDecimal requests() {
    return requests;
  }

  BigDecimal invocations() {
    return functions.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** GB-seconds with so many megabytes. */
  BigDecimal gigabyteSeconds(int megabytes) {
    BigDecimal milliseconds = BigDecimal.ZERO;
    for (Map.Entry<String, BigDecimal> each : functions.entrySet()) {
      int one = milliseconds(each.getKey());
      milliseconds = milliseconds.add(each.getValue().multiply(BigDecimal.valueOf(one)));
    }
    return gigabyteSeconds(milliseconds, megabytes);
  }

  /** How long a function runs; assumed. */
  static int milliseconds(String function) {
    return MILLISECONDS.getOrDefault(function, USUALLY);
  }

  static BigDecimal gigabyteSeconds(BigDecimal milliseconds, int megabytes) {
    return milliseconds
        .multiply(BigDecimal.valueOf(megabytes))
        .divide(BigDecimal.valueOf(1_024_000), 6, RoundingMode.UP);
  }

  BigDecimal transitions() {
    Map<String, Integer> each = TransitionsTest.TRANSITIONS;
    int life = each.get("time that opens a draft") + each.get("send") + each.get("pay");
    return BigDecimal.valueOf(
        (long) INVOICES * life
            + (long) LOOKS * each.get("a look at what is unpaid")
            + (long) OWNER_NOTICES * NOTICE);
  }

  /** Executions that begin: time that joins an open draft takes none. */
  BigDecimal executions() {
    return BigDecimal.valueOf((long) INVOICES + OWNER_NOTICES);
  }

  BigDecimal mails() {
    return BigDecimal.valueOf(2L * INVOICES + REMINDERS + TIMER_REMINDERS + OWNER_NOTICES);
  }

  BigDecimal attachments() {
    return BigDecimal.valueOf((long) INVOICES * PDF).divide(GIGA);
  }

  BigDecimal logs() {
    return invocations()
        .multiply(BigDecimal.valueOf(LOG))
        .add(requests.multiply(BigDecimal.valueOf(ACCESS_LOG)))
        .divide(GIGA);
  }

  BigDecimal answers() {
    return requests.multiply(BigDecimal.valueOf(ANSWER)).divide(GIGA);
  }

  /**
   * Gigabytes that a month adds to the table, at most: a written unit is at most 1 KB, a
   * transaction counts each twice, and nothing is counted as written over.
   */
  BigDecimal kept() {
    return units.write().multiply(BigDecimal.valueOf(512)).divide(GIGA);
  }

  /** Executions that are open at a time: drafts for ten days, sent invoices for thirty. */
  BigDecimal open() {
    return BigDecimal.valueOf(INVOICES * (10L + 30L))
        .divide(BigDecimal.valueOf(30), 0, RoundingMode.UP);
  }

  /** How often a function runs. */
  BigDecimal runs(String function) {
    return functions.get(function);
  }
}
