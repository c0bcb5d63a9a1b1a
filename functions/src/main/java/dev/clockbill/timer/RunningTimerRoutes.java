package dev.clockbill.timer;

import dev.clockbill.http.Caller;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The routes that list, correct and discard running timers. */
public final class RunningTimerRoutes {

  private final Table table;
  private final TimerStore timers;

  /** Answers from this table. */
  public RunningTimerRoutes(Table table) {
    this.table = table;
    this.timers = new TimerStore(table);
  }

  /** {@code GET /timers}: the firm's. */
  public Response list(Request request) {
    Instant now = Time.now();
    List<Map<String, Object>> listed =
        timers.all(request.caller().firm()).stream().map(timer -> timer.json(now)).toList();
    return Response.json(200, Json.object("timers", listed));
  }

  /** {@code GET /timers/running}: the caller's. */
  public Response own(Request request) {
    Instant now = Time.now();
    Caller caller = request.caller();
    Map<String, Object> timer =
        timers.running(caller.firm(), caller.staffId()).map(own -> own.json(now)).orElse(null);
    return Response.json(200, Json.object("timer", timer, "serverTime", now.toString()));
  }

  /** {@code PATCH /timers/{timerId}}. */
  public Response correct(Request request) {
    Caller caller = request.caller();
    String timerId = request.pathId("timerId", "timer");
    return Retry.onConflict(
        () -> {
          Instant now = Time.now();
          Timer timer = timers.changeable(caller, timerId);
          return Response.json(200, correct(caller, timer, request.fields(), now).json(now));
        });
  }

  private Timer correct(Caller caller, Timer timer, Fields fields, Instant now) {
    String customerId = fields.id("customerId");
    String serviceId = fields.id("serviceId");
    Instant startedAt = fields.instant("startedAt");
    String note = fields.isNull("note") ? "" : fields.textOrEmpty("note", Fields.NOTE);
    Boolean billable = fields.bool("billable");
    Span.checkStart(fields, startedAt, now);
    fields.notNull("customerId", "serviceId", "startedAt");
    fields.check();
    Work work =
        Work.read(
            table,
            caller,
            timer.staffId(),
            otherwise(customerId, timer.customerId()),
            otherwise(serviceId, timer.serviceId()));
    boolean otherService = !work.service().serviceId().equals(timer.serviceId());
    if (otherService || !work.customer().customerId().equals(timer.customerId())) {
      work.mustBeActive();
    }
    Timer corrected =
        timer.corrected(
            work,
            otherwise(startedAt, timer.startedAt()),
            otherwise(note, timer.note()),
            timer
                .billable()
                .corrected(billable, fields.isNull("billable"), otherService, work.service()),
            now);
    table.write(TimerItem.replace(caller.firm(), timer, corrected, work.limits(), now));
    return corrected;
  }

  /** {@code DELETE /timers/{timerId}}: nothing is billed. */
  public Response discard(Request request) {
    Caller caller = request.caller();
    String timerId = request.pathId("timerId", "timer");
    return Retry.onConflict(
        () -> {
          table.write(TimerItem.end(caller.firm(), timers.changeable(caller, timerId)));
          return Response.noContent();
        });
  }

  private static <T> T otherwise(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
