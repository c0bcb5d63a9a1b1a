package dev.clockbill.timer;

import dev.clockbill.http.Caller;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The route that stops a timer: logs the time and starts the invoice workflow. A second stop
 * answers with the same entry.
 */
public final class TimerStopRoute {
  private final Table table;
  private final TimerStore timers;
  private final TimerStop stop;

  /** Stops the timers of this table, and drafts their time by this workflow. */
  public TimerStopRoute(Table table, TimeWorkflow workflow) {
    this.table = table;
    this.timers = new TimerStore(table);
    this.stop = new TimerStop(table, workflow);
  }

  /** {@code POST /timers/{timerId}/stop}. */
  public Response stop(Request request) {
    Caller caller = request.caller();
    String timerId = request.pathId("timerId", "timer");
    // Somebody may stop or correct it meanwhile; then everything is read again.
    return Retry.onConflict(() -> stop(caller, timerId, request.fields()));
  }

  private Response stop(Caller caller, String timerId, Fields fields) {
    Map<String, Item> read =
        table.get(
            caller.firm(), List.of(TimeEntryItem.key(timerId), TimerItem.key(caller.staffId())));
    Item stopped = read.get(TimeEntryItem.key(timerId));
    if (stopped != null) {
      return stoppedBefore(caller, fields, TimeEntryItem.of(stopped));
    }
    Optional<Timer> running =
        Optional.ofNullable(read.get(TimerItem.key(caller.staffId())))
            .map(TimerItem::of)
            .filter(own -> own.timerId().equals(timerId))
            .or(() -> timers.find(caller.firm(), timerId));
    if (running.isEmpty()) {
      // If it was stopped between the two reads, it is an entry now; else there is no such timer.
      return table
          .get(caller.firm(), TimeEntryItem.key(timerId))
          .map(entry -> stoppedBefore(caller, fields, TimeEntryItem.of(entry)))
          .orElseThrow(() -> Problem.notFound("timer"));
    }
    TimerStore.mayChange(caller, running.get().staffId(), "timer");
    return answer(stopped(caller, running.get(), fields));
  }

  private Response stoppedBefore(Caller caller, Fields fields, TimeEntry entry) {
    TimerStore.mayChange(caller, entry.staffId(), "timer");
    fields.instant("stoppedAt");
    fields.check();
    return answer(entry);
  }

  private TimeEntry stopped(Caller caller, Timer timer, Fields fields) {
    Instant now = Time.now();
    Instant stated = fields.instant("stoppedAt");
    Span.checkStop(fields, timer.startedAt(), stated, now);
    fields.check();
    return stop.stop(caller.firm(), timer, Work.read(table, caller, timer), stated, now);
  }

  private static Response answer(TimeEntry entry) {
    return Response.json(200, Json.object("timeEntry", entry.json()));
  }
}
