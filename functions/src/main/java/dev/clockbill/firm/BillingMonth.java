package dev.clockbill.firm;

import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * A firm's day of the month up to which collected time is billed by itself. It is billed on the
 * morning after, between 06:00 and 07:00 where the firm is, when nobody works on that day any more.
 * All firms of a zone at once would be more than is started in a while, so that each has a moment
 * of that hour for itself. The firm's item of it stands in the due queue for the next time, so that
 * nobody looks for firms.
 */
public final class BillingMonth {
  /** The key of a firm's item. */
  public static final String KEY = "BILLING";

  private static final String UP_TO = "upTo";
  private static final LocalTime MORNING = LocalTime.of(6, 0);
  private static final Duration HOUR = Duration.ofHours(1);

  private BillingMonth() {}

  /** The day up to which a month is billed; a month without that day up to its last. */
  static LocalDate upTo(int billingDay, YearMonth month) {
    return month.atDay(Math.min(billingDay, month.lengthOfMonth()));
  }

  /** When a firm's own moment comes to bill time up to a day. */
  public static Instant moment(String firmId, LocalDate upTo, ZoneId zone) {
    return due(upTo, zone).plusSeconds(Math.floorMod(firmId.hashCode(), HOUR.toSeconds()));
  }

  /**
   * From when on time up to a day is billed. A clock that is put forward at six has its six later.
   */
  static Instant due(LocalDate upTo, ZoneId zone) {
    return upTo.plusDays(1).atTime(MORNING).atZone(zone).toInstant();
  }

  /** The next day up to which is billed: the first whose morning is still to come. */
  static LocalDate next(int billingDay, ZoneId zone, Instant now) {
    YearMonth month = YearMonth.from(LocalDate.ofInstant(now, zone)).minusMonths(1);
    while (!due(upTo(billingDay, month), zone).isAfter(now)) {
      month = month.plusMonths(1);
    }
    return upTo(billingDay, month);
  }

  /** The last day up to which is to be billed by now. */
  static LocalDate last(int billingDay, ZoneId zone, Instant now) {
    return upTo(billingDay, YearMonth.from(next(billingDay, zone, now)).minusMonths(1));
  }

  /** What is written with a change of the settings, where that changes when is billed. */
  static Optional<Write> changed(FirmSettings before, FirmSettings after, Instant now) {
    Integer was = before.invoicing().billingDay();
    Integer is = after.invoicing().billingDay();
    if (Objects.equals(was, is) && before.timeZone().equals(after.timeZone())) {
      return Optional.empty();
    }
    if (is == null) {
      return was == null ? Optional.empty() : Optional.of(Write.delete(after.firmId(), KEY));
    }
    // In another zone the morning may be over already: then it is billed at once, not left out.
    ZoneId zone = is.equals(was) ? before.timeZone() : after.timeZone();
    LocalDate upTo = next(is, zone, now);
    return Optional.of(
        waiting(Write.upsert(after.firmId(), KEY), after.firmId(), upTo, after.timeZone()));
  }

  /** What is billed now. */
  public record Due(LocalDate upTo, Write next) {}

  /**
   * What a firm bills now: up to the latest of its days, should more of them have been missed. The
   * write makes it wait for the next; it fails where another run was quicker, so that each month is
   * billed once.
   *
   * @param item the firm's, as it was read
   * @return empty if it is not time yet
   */
  public static Optional<Due> due(Item item, FirmSettings firm, Instant now) {
    Integer day = firm.invoicing().billingDay();
    LocalDate waits = item.date(UP_TO);
    if (day == null || due(waits, firm.timeZone()).isAfter(now)) {
      return Optional.empty();
    }
    LocalDate last = last(day, firm.timeZone(), now);
    Write next = Write.update(firm.firmId(), KEY).ifEquals(UP_TO, waits);
    return Optional.of(
        new Due(
            last.isBefore(waits) ? waits : last,
            waiting(next, firm.firmId(), next(day, firm.timeZone(), now), firm.timeZone())));
  }

  private static Write waiting(Write write, String firmId, LocalDate upTo, ZoneId zone) {
    return write.set(UP_TO, upTo).due(DueQueue.PUSHES, firmId, moment(firmId, upTo, zone));
  }
}
