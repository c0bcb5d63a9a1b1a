package dev.clockbill.timer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Caller;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Http;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Priming;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /timers}: starts the caller's timer for a customer and a service. While one runs, the
 * request is refused with 409 naming that timer, or stops it first if {@code onRunning} is {@code
 * stop}.
 */
public final class StartTimer implements RequestStreamHandler {

  private final Table table;
  private final IdempotencyKeys keys;
  private final TimerStore timers;
  private final TimerStop stop;

  /** Wired from the process's environment. */
  public StartTimer() {
    this(System.getenv());
    Priming.rehearse(StartTimer.class);
  }

  /** Wired from these variables. */
  public StartTimer(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.keys = new IdempotencyKeys(table);
    this.timers = new TimerStore(table);
    this.stop = new TimerStop(table, new TimeWorkflow(environment));
  }

  /** What the body asks for. */
  private record StartRequest(
      String customerId,
      String serviceId,
      String note,
      Boolean billable,
      Instant startedAt,
      boolean stopRunning) {
    static StartRequest read(Fields fields, Instant now) {
      Instant startedAt = fields.instant("startedAt");
      Span.checkStart(fields, startedAt, now);
      String note = fields.textOrEmpty("note", Fields.NOTE);
      StartRequest start =
          new StartRequest(
              fields.requiredId("customerId"),
              fields.requiredId("serviceId"),
              note == null ? "" : note,
              fields.bool("billable"),
              startedAt == null ? now : startedAt,
              fields.choice("onRunning", "stop") != null);
      fields.check();
      return start;
    }
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveMembers(input, output, table, this::start);
  }

  private Response start(Request request) {
    Instant now = Time.now();
    StartRequest wanted = StartRequest.read(request.fields(), now);
    return keys.create(request, () -> creation(request.caller(), wanted, now));
  }

  private Creation creation(Caller caller, StartRequest wanted, Instant now) {
    String firm = caller.firm();
    Work work = Work.own(table, caller, wanted.customerId(), wanted.serviceId()).mustBeActive();
    mustBePayable(work);
    Billable billable = Billable.of(wanted.billable(), work.service());
    Timer timer = Timer.started(caller, work, wanted.startedAt(), now, wanted.note(), billable);
    UnitOfWork start = table.begin(firm);
    Optional<Timer> running =
        wanted.stopRunning() ? timers.running(firm, caller.staffId()) : Optional.empty();
    if (running.isPresent()) {
      start.add(TimerItem.replace(firm, running.get(), timer, work.limits(), now));
      Work before = Work.read(table, caller, running.get());
      stop.logTime(start, running.get(), before, null, now);
    } else {
      Write write = TimerItem.start(firm, timer, work.limits(), now);
      start.add(wanted.stopRunning() ? write : write.orRefuse(other -> alreadyRunning(other, now)));
    }
    return new Creation(start, Response.json(201, timer.json(now)));
  }

  private static RuntimeException alreadyRunning(Optional<Item> other, Instant now) {
    Timer running = TimerItem.of(other.orElseThrow());
    return Problem.of(
            409,
            "timer-already-running",
            "Your timer for "
                + running.customerName()
                + " is running. Stop it first, or send \"onRunning\": \"stop\".")
        .with("running", running.json(now));
  }

  private static void mustBePayable(Work work) {
    if (!work.firm().payments().ready()) {
      throw Problem.of(
          409,
          "payments-setup-incomplete",
          "Customers cannot pay yet. An owner has to finish the payments setup under Settings,"
              + " Payments.");
    }
  }
}
