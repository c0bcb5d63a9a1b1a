package dev.clockbill.timer;

import dev.clockbill.shared.Again;
import dev.clockbill.shared.Caller;
import dev.clockbill.shared.Fields;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Response;
import dev.clockbill.shared.Time;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The calls about timers that run: who has one, corrections, discarding. */
final class RunningTimers {
  private static final int TRIES = 5;

  private final Ledger ledger;
  private final TimerStore timers;

  RunningTimers(Ledger ledger) {
    this.ledger = ledger;
    this.timers = new TimerStore(ledger);
  }

  /** {@code GET /timers}: the firm's. */
  Response list(Request request) {
    Instant now = Time.now();
    List<Map<String, Object>> listed =
        timers.all(request.caller().firm()).stream().map(timer -> timer.json(now)).toList();
    return Response.json(200, Json.object("timers", listed));
  }

  /** {@code GET /timers/running}: the caller's. */
  Response own(Request request) {
    Instant now = Time.now();
    Caller caller = request.caller();
    Map<String, Object> timer =
        timers.running(caller.firm(), caller.staffId()).map(own -> own.json(now)).orElse(null);
    return Response.json(200, Json.object("timer", timer, "serverTime", now.toString()));
  }

  /** {@code PATCH /timers/{timerId}}. */
  Response correct(Request request) {
    Caller caller = request.caller();
    String timerId = request.pathId("timerId", "timer");
    return Again.ifOvertaken(
        TRIES,
        () -> {
          Instant now = Time.now();
          Timer timer = timers.changeable(caller, timerId);
          return Response.json(200, correct(caller.firm(), timer, request.fields(), now).json(now));
        });
  }

  private Timer correct(String firm, Timer timer, Fields fields, Instant now) {
    String customerId = fields.id("customerId");
    String serviceId = fields.id("serviceId");
    Instant startedAt = fields.instant("startedAt");
    String note = fields.isNull("note") ? "" : fields.textOrEmpty("note", Fields.NOTE);
    Span.checkStart(fields, startedAt, now);
    fields.notNull("customerId", "serviceId", "startedAt");
    fields.check();
    Work work =
        Work.read(
            ledger,
            firm,
            otherwise(customerId, timer.customerId()),
            otherwise(serviceId, timer.serviceId()));
    if (!work.customer().customerId().equals(timer.customerId())
        || !work.service().serviceId().equals(timer.serviceId())) {
      work.mustBeActive();
    }
    Timer corrected =
        timer.corrected(
            work, otherwise(startedAt, timer.startedAt()), otherwise(note, timer.note()), now);
    ledger.write(TimerStore.replace(firm, timer, corrected, work.limits(), now));
    return corrected;
  }

  /** {@code DELETE /timers/{timerId}}: nothing is billed. */
  Response discard(Request request) {
    Caller caller = request.caller();
    String timerId = request.pathId("timerId", "timer");
    return Again.ifOvertaken(
        TRIES,
        () -> {
          ledger.write(TimerStore.end(caller.firm(), timers.changeable(caller, timerId)));
          return Response.noContent();
        });
  }

  private static <T> T otherwise(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
