package dev.clockbill.timer;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Service;
import dev.clockbill.http.Caller;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Money;
import dev.clockbill.timer.TimeEntry.Original;
import dev.clockbill.timer.TimeEntry.State;
import java.time.Instant;
import java.util.List;

/** Rules by which time becomes an entry: measured, entered by hand, or corrected. */
public final class LoggedTime {
  private LoggedTime() {}

  /**
   * What a timer becomes when it stops. Rate and rule are today's, and from now on the entry's own.
   *
   * @param stated when its person says that it ended, or null: now
   */
  static TimeEntry ofTimer(Timer timer, Work work, Instant stated, Instant now) {
    Span measured = new Span(timer.measuredFrom(), later(timer.measuredFrom(), now));
    Span counted =
        new Span(
            timer.startedAt(),
            stated == null ? later(timer.startedAt(), measured.stoppedAt()) : stated);
    boolean asMeasured = stated == null && counted.equals(measured);
    return of(
        timer.timerId(),
        timer.staffId(),
        timer.staffName(),
        work,
        counted,
        Rate.of(work.customer(), work.service()),
        timer.note(),
        work.limits().passed(counted),
        asMeasured ? null : Original.of(measured));
  }

  /**
   * Time that the caller enters by hand.
   *
   * @param rate minor units an hour, or null for the customer's or the service's
   */
  public static TimeEntry byHand(Caller caller, Work work, Span span, Long rate, String note) {
    return of(
        Ids.next(),
        caller.staffId(),
        caller.name(),
        work,
        span,
        rate == null ? Rate.of(work.customer(), work.service()) : Rate.set(rate),
        note,
        false,
        null);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static TimeEntry of(
      String timeEntryId,
      String staffId,
      String staffName,
      Work work,
      Span span,
      Rate rate,
      String note,
      boolean needsConfirmation,
      Original original) {
    FirmSettings firm = work.firm();
    Customer customer = work.customer();
    Service service = work.service();
    long minutes = BilledMinutes.of(span.seconds(), firm.billing());
    return new TimeEntry(
        timeEntryId,
        customer.customerId(),
        customer.name(),
        service.serviceId(),
        service.name(),
        staffId,
        staffName,
        span.startedAt(),
        span.stoppedAt(),
        span.day(firm.timeZone()),
        span.seconds(),
        minutes,
        rate.hourly(),
        rate.source(),
        firm.currency(),
        Money.ofTime(minutes, rate.hourly()),
        note,
        needsConfirmation,
        original,
        List.of(),
        null,
        State.UNBILLED,
        firm.billing(),
        1);
  }
}
