package dev.clockbill.units;

import dev.clockbill.units.Counted.Units;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What a job consumes, from its start to its end.
 *
 * @param functions seconds of functions
 * @param due write units of the index {@code Due}
 */
record Job(
    Kind kind,
    double starts,
    double transitions,
    double writes,
    double reads,
    double functions,
    double due,
    double mails) {
  /** Milliseconds of a part of a run; assumed. */
  static final int PART = 150;

  /** What is to be done. */
  enum Kind {
    MONTH,
    SEND,
    LOOK,
    REMINDER,
    PAYMENT
  }

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

  /** A firm's run: the push that begins it, its plan and a part for each customer. */
  static Job month() {
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
  static Job send() {
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

  static Job look() {
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
  static Job reminder() {
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

  static Job pay() {
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
}
