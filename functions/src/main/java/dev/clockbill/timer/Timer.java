package dev.clockbill.timer;

import dev.clockbill.http.Caller;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
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
 * @param remindedMinutes the greatest of the firm's limits that was reminded of; 0 for none
 * @param stillWorkingAt when its person last said, in answer to a reminder, that it runs on
 *     purpose; or null
 * @param revision moves whenever a person corrects it, so that nothing corrected is lost
 */
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
    long remindedMinutes,
    Instant stillWorkingAt,
    long revision) {

  /** A new timer of the caller's. */
  static Timer started(
      Caller caller, Work work, Instant startedAt, Instant measuredFrom, String note) {
    return new Timer(
        Ids.next(),
        work.customer().customerId(),
        work.customer().name(),
        work.service().serviceId(),
        work.service().name(),
        caller.staffId(),
        caller.name(),
        caller.email(),
        startedAt,
        measuredFrom,
        note,
        0,
        null,
        1);
  }

  /** The same, corrected by a person; limits that it has not reached any more are ahead again. */
  Timer corrected(Work work, Instant from, String corrected, Instant now) {
    return new Timer(
        timerId,
        work.customer().customerId(),
        work.customer().name(),
        work.service().serviceId(),
        work.service().name(),
        staffId,
        staffName,
        staffEmail,
        from,
        measuredFrom,
        corrected,
        Math.min(remindedMinutes, Duration.between(from, now).toMinutes()),
        stillWorkingAt,
        revision + 1);
  }

  /** As answers have it. */
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
        "serverTime", serverTime.toString());
  }
}
