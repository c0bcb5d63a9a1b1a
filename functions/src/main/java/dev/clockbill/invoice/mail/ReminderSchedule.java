package dev.clockbill.invoice.mail;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.FirmSettings.Reminders;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the customer of an unpaid invoice is reminded: at 09:00 in the firm's zone, on the firm's
 * days before and after the due date.
 *
 * <p>Nobody is reminded on the day on which the invoice was issued or mailed, nor on the day after.
 * If several days passed together, say while the workflow was not running, there is one reminder
 * for all of them.
 *
 * @param days the firm's
 * @param zone whose mornings count
 * @param quietUntil the last day on which nobody is reminded: the day after the mail, or the day of
 *     the last reminder
 */
public record ReminderSchedule(Reminders days, ZoneId zone, LocalDate dueOn, LocalDate quietUntil) {
  private static final LocalTime MORNING = LocalTime.of(9, 0);

  /** The longest wait, after which the firm's days are read again: they may have changed. */
  private static final int LONGEST_WAIT_DAYS = 7;

  private static final String QUIET_UNTIL = "quietUntil";
  private static final String REMINDED_ON = "remindedOn";

  /** The schedule of a numbered invoice, by its item. */
  static ReminderSchedule of(FirmSettings firm, Item invoice) {
    LocalDate dayAfterIssue = invoice.date("issuedOn").plusDays(1);
    LocalDate kept = invoice.date(QUIET_UNTIL);
    return new ReminderSchedule(
        firm.reminders(),
        firm.timeZone(),
        invoice.date("dueOn"),
        kept == null || kept.isBefore(dayAfterIssue) ? dayAfterIssue : kept);
  }

  /** The schedule of a numbered invoice that is mailed now: there is no reminder on this day. */
  static ReminderSchedule ofMailed(FirmSettings firm, Invoice invoice, Instant now) {
    return new ReminderSchedule(
        firm.reminders(), firm.timeZone(), invoice.dueOn(), dayAfter(firm, now));
  }

  /** Adds to a write of an invoice that the invoice is mailed now. */
  static Write mailed(Write write, FirmSettings firm, Instant now) {
    return write.set(QUIET_UNTIL, dayAfter(firm, now));
  }

  private static LocalDate dayAfter(FirmSettings firm, Instant now) {
    return firm.day(now).plusDays(1);
  }

  /** Adds to a write of an invoice that a day's reminder was sent, refused or left out. */
  static Write done(Write write, LocalDate day) {
    return write.set(QUIET_UNTIL, day);
  }

  /**
   * Adds to a write of an invoice that a reminder goes out today: no other one does. The version
   * does not tell whether another one was claimed since the invoice was read.
   *
   * @param invoice its item, as it was read
   */
  static Write reminding(Write write, Item invoice, LocalDate today) {
    return write.set(REMINDED_ON, today).ifEquals(REMINDED_ON, invoice.date(REMINDED_ON));
  }

  /**
   * Adds to a write of an invoice that a person asks for a reminder today, which stands for those
   * of the firm's days up to today.
   *
   * @param invoice its item, as it was read
   */
  public static Write asked(Write write, Item invoice, LocalDate today) {
    LocalDate kept = invoice.date(QUIET_UNTIL);
    reminding(write, invoice, today);
    return kept == null || kept.isBefore(today) ? done(write, today) : write;
  }

  /** Whether a day's reminder was sent, refused or left out, by the invoice's item. */
  static boolean done(Item invoice, LocalDate day) {
    LocalDate kept = invoice.date(QUIET_UNTIL);
    return kept != null && !kept.isBefore(day);
  }

  /** The day whose reminder is to be sent now, if any: the latest one that has come. */
  Optional<LocalDate> due(Instant now) {
    return left().filter(day -> !morning(day).isAfter(now)).reduce((earlier, later) -> later);
  }

  /** When the next reminder is to be sent. */
  Optional<Instant> next(Instant now) {
    return left().map(this::morning).filter(morning -> morning.isAfter(now)).findFirst();
  }

  /**
   * How many seconds the workflow waits: until the next reminder, but no longer than until the
   * morning a week from now.
   *
   * @return at least 1
   */
  long waitSeconds(Instant now) {
    Instant longest = morning(LocalDate.ofInstant(now, zone).plusDays(LONGEST_WAIT_DAYS));
    Instant until = next(now).filter(longest::isAfter).orElse(longest);
    return Duration.between(now, until).toSeconds();
  }

  private Stream<LocalDate> left() {
    return Stream.concat(
            days.beforeDueDays().stream().map(dueOn::minusDays),
            days.overdueDays().stream().map(dueOn::plusDays))
        .filter(day -> day.isAfter(quietUntil))
        .sorted();
  }

  private Instant morning(LocalDate day) {
    return day.atTime(MORNING).atZone(zone).toInstant();
  }
}
