package dev.clockbill.timer;

import dev.clockbill.http.Fields;
import dev.clockbill.timer.TimeEntry.Original;
import dev.clockbill.timer.TimeEntry.RateSource;
import dev.clockbill.timer.Work.Rate;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What a person changes on an entry; null leaves a field as it is.
 *
 * @param ofDay how much of which day it was, or null where nothing of that kind was sent
 * @param hourlyRate minor units an hour, for this entry alone
 * @param withoutOwnRate whether the entry's own rate is removed
 * @param billable what the person says of it
 * @param billableUnsaid whether what was said is taken back, so that the service says it again
 * @param confirmed whether the person confirms that a long time is right
 */
@RecordBuilder
public record TimeCorrection(
    Span span,
    DayTime ofDay,
    String customerId,
    String serviceId,
    Long hourlyRate,
    boolean withoutOwnRate,
    String note,
    Boolean billable,
    boolean billableUnsaid,
    boolean confirmed)
    implements TimeCorrectionBuilder.With {

  /**
   * Reads the body of {@code PATCH /time-entries/{timeEntryId}}.
   *
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  public static TimeCorrection read(Fields fields, TimeEntry entry, Instant now) {
    DayTime ofDay = DayTime.read(fields);
    Instant startedAt = fields.instant("startedAt");
    Instant stoppedAt = fields.instant("stoppedAt");
    Span.checkStart(fields, startedAt, now);
    Span.checkStop(fields, null, stoppedAt, now);
    Span span = new Span(or(startedAt, entry.startedAt()), or(stoppedAt, entry.stoppedAt()));
    if (span.stoppedAt().isBefore(span.startedAt())) {
      if (stoppedAt == null) {
        fields.refuse("startedAt", "This is after the stop.");
      } else {
        fields.refuse("stoppedAt", "This is before the start.");
      }
    }
    Boolean needsConfirmation = fields.bool("needsConfirmation");
    if (Boolean.TRUE.equals(needsConfirmation)) {
      fields.refuse("needsConfirmation", "This can only be set to false.");
    }
    TimeCorrection correction =
        new TimeCorrection(
            span,
            ofDay,
            or(fields.id("customerId"), entry.customerId()),
            or(fields.id("serviceId"), entry.serviceId()),
            fields.number("hourlyRate", 0, Fields.MOST),
            fields.isNull("hourlyRate"),
            fields.isNull("note") ? "" : or(fields.textOrEmpty("note", Fields.NOTE), entry.note()),
            fields.bool("billable"),
            fields.isNull("billable"),
            needsConfirmation != null);
    fields.notNull("startedAt", "stoppedAt", "customerId", "serviceId", "needsConfirmation");
    fields.check();
    return correction;
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  /**
   * The same, where a part of a day was sent, with the instants that stand for it.
   *
   * @throws dev.clockbill.http.Problem 400 where that day has not had so much time
   */
  public TimeCorrection in(ZoneId zone, Instant now) {
    return ofDay == null ? this : withSpan(ofDay.in(zone, now));
  }

  /** Whether the corrected time says how much of its day it was, not from when to when. */
  public boolean byDay(TimeEntry entry) {
    return ofDay != null || (entry.byDay() && span.equals(entry.span()));
  }

  /** Whether the time is for another customer now. */
  boolean moves(TimeEntry entry) {
    return !customerId.equals(entry.customerId());
  }

  /** Whether it is other work now: for another customer, or another service. */
  public boolean reworks(TimeEntry entry) {
    return moves(entry) || !serviceId.equals(entry.serviceId());
  }

  /**
   * The corrected entry. The rate stays unless customer, service or rate change; the billing rule
   * stays; the time before its first change is kept as {@code original}. An entry that moves to
   * another customer, or is not billable any more, leaves its draft. Its minutes and its rate are
   * kept, so that it costs what it would have cost where it becomes billable later.
   *
   * @param work the customer and the service of the corrected entry
   * @param overlaps other time of the same person
   */
  public TimeEntry applied(TimeEntry entry, Work work, List<String> overlaps, long version) {
    boolean retimed = !span.equals(entry.span());
    Rate rate = rate(entry, work);
    boolean otherService = !serviceId.equals(entry.serviceId());
    Billable now =
        entry.billable().corrected(billable, billableUnsaid, otherService, work.service());
    boolean stays = now.yes() && entry.billable().yes() && !moves(entry);
    long minutes = retimed ? BilledMinutes.of(span.seconds(), entry.rule()) : entry.billedMinutes();
    return TimeEntryBuilder.builder(entry)
        .customerId(customerId)
        .customerName(moves(entry) ? work.customer().name() : entry.customerName())
        .serviceId(serviceId)
        .serviceName(otherService ? work.service().name() : entry.serviceName())
        .startedAt(span.startedAt())
        .stoppedAt(span.stoppedAt())
        .workedOn(retimed ? span.day(work.firm().timeZone()) : entry.workedOn())
        .measuredSeconds(span.seconds())
        .billedMinutes(minutes)
        .hourlyRate(rate.hourly())
        .rateSource(rate.source())
        .amount(now.amount(minutes, rate.hourly()))
        .billable(now)
        .note(note)
        .byDay(byDay(entry))
        .needsConfirmation(entry.needsConfirmation() && !retimed && !confirmed)
        .original(
            retimed && entry.original() == null ? Original.of(entry.span()) : entry.original())
        .overlaps(overlaps)
        .invoiceId(stays ? entry.invoiceId() : null)
        .state(stays ? entry.state() : now.offInvoices())
        .version(version)
        .build();
  }

  private Rate rate(TimeEntry entry, Work work) {
    boolean own = entry.rateSource() == RateSource.ENTRY;
    if (hourlyRate != null) {
      return new Rate(hourlyRate, RateSource.ENTRY);
    }
    if (own ? withoutOwnRate : reworks(entry)) {
      return work.rate();
    }
    return new Rate(entry.hourlyRate(), entry.rateSource());
  }
}
