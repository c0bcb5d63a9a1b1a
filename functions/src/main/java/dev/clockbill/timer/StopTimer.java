package dev.clockbill.timer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.shared.Again;
import dev.clockbill.shared.Caller;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Fields;
import dev.clockbill.shared.Http;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Response;
import dev.clockbill.shared.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /timers/{timerId}/stop}: logs the time and starts the invoice workflow. Stopped
 * again, the timer answers with the same entry.
 */
public final class StopTimer implements RequestStreamHandler {
  private static final int TRIES = 5;

  private final Ledger ledger;
  private final TimerStore timers;
  private final Stopping stopping;

  /** Configured by the function's own environment. */
  public StopTimer() {
    this(System.getenv());
  }

  /** Configured by these variables. */
  public StopTimer(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.ledger = new Ledger(environment);
    this.timers = new TimerStore(ledger);
    this.stopping = new Stopping(ledger, environment);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::stop);
  }

  private Response stop(Request request) {
    Caller caller = request.caller();
    String timerId = request.pathId("timerId", "timer");
    // Whoever stops or corrects it meanwhile is quicker: what is there then decides.
    return Again.ifOvertaken(TRIES, () -> stop(caller, timerId, request.fields()));
  }

  private Response stop(Caller caller, String timerId, Fields fields) {
    Map<String, Item> read =
        ledger.get(caller.firm(), List.of(TimeEntry.key(timerId), Timer.key(caller.staffId())));
    Item stopped = read.get(TimeEntry.key(timerId));
    if (stopped != null) {
      return stoppedBefore(caller, fields, TimeEntry.of(stopped));
    }
    Optional<Timer> running =
        Optional.ofNullable(read.get(Timer.key(caller.staffId())))
            .map(Timer::of)
            .filter(own -> own.timerId().equals(timerId))
            .or(() -> timers.find(caller.firm(), timerId));
    if (running.isEmpty()) {
      // Stopped between the two reads, its entry is there by now; else there is no such timer.
      return ledger
          .get(caller.firm(), TimeEntry.key(timerId))
          .map(entry -> stoppedBefore(caller, fields, TimeEntry.of(entry)))
          .orElseThrow(() -> Problem.notFound("timer"));
    }
    TimerStore.mayChange(caller, running.get().staffId(), "timer");
    return answer(stopped(caller.firm(), running.get(), fields));
  }

  private Response stoppedBefore(Caller caller, Fields fields, TimeEntry entry) {
    TimerStore.mayChange(caller, entry.staffId(), "timer");
    fields.instant("stoppedAt");
    fields.check();
    return answer(entry);
  }

  private TimeEntry stopped(String firm, Timer timer, Fields fields) {
    Instant now = Time.now();
    Instant stated = fields.instant("stoppedAt");
    Span.checkStop(fields, timer.startedAt(), stated, now);
    fields.check();
    return stopping.stop(firm, timer, stated, now);
  }

  private static Response answer(TimeEntry entry) {
    return Response.json(200, Json.object("timeEntry", entry.json()));
  }
}
