package dev.clockbill.timer;

import dev.clockbill.http.Caller;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Time being measured now; one per member of staff at most.
 *
 * @param staffEmail where reminders go
 * @param startedAt when it counts from
 * @param measuredFrom when the server's clock saw it start
 * @param note may be empty, never null
 * @param billable whether its time is going to be billed, as far as is known now
 * @param remindedMinutes the greatest of the firm's limits that was reminded of; 0 for none
 * @param stillWorkingAt when its person last answered a reminder with "still working"; or null
 * @param revision counts the corrections by people, so that none is overwritten
 */
@RecordBuilder
public record Timer(
    String timerId,
    String customerId,
    String customerName,
    String serviceId,
    String serviceName,
    String staffId,
    String staffName,
    String staffEmail,
    Instant startedAt,
    Instant measuredFrom,
    String note,
    Billable billable,
    long remindedMinutes,
    Instant stillWorkingAt,
    long revision)
    implements TimerBuilder.With {

  /** A new timer of the caller's. */
  static Timer started(
      Caller caller,
      Work work,
      Instant startedAt,
      Instant measuredFrom,
      String note,
      Billable billable) {
    return TimerBuilder.builder()
        .timerId(Ids.next())
        .customerId(work.customer().customerId())
        .customerName(work.customer().name())
        .serviceId(work.service().serviceId())
        .serviceName(work.service().name())
        .staffId(caller.staffId())
        .staffName(caller.name())
        .staffEmail(caller.email())
        .startedAt(startedAt)
        .measuredFrom(measuredFrom)
        .note(note)
        .billable(billable)
        .revision(1)
        .build();
  }

  /** The corrected timer; limits that it no longer exceeds will be reminded of again. */
  Timer corrected(Work work, Instant newStart, String newNote, Billable newBillable, Instant now) {
    return TimerBuilder.builder(this)
        .customerId(work.customer().customerId())
        .customerName(work.customer().name())
        .serviceId(work.service().serviceId())
        .serviceName(work.service().name())
        .startedAt(newStart)
        .note(newNote)
        .billable(newBillable)
        .remindedMinutes(Math.min(remindedMinutes, Duration.between(newStart, now).toMinutes()))
        .revision(revision + 1)
        .build();
  }

  /** As responses show it. */
  public Map<String, Object> json(Instant serverTime) {
    return Json.object(
        "timerId", timerId,
        "customerId", customerId,
        "customerName", customerName,
        "serviceId", serviceId,
        "serviceName", serviceName,
        "staffId", staffId,
        "staffName", staffName,
        "startedAt", startedAt.toString(),
        "note", note,
        "billable", billable.yes(),
        "serverTime", serverTime.toString());
  }
}
