package dev.clockbill.timer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.shared.Again;
import dev.clockbill.shared.Caller;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Fields;
import dev.clockbill.shared.Http;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Requests;
import dev.clockbill.shared.Requests.Creation;
import dev.clockbill.shared.Response;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
import dev.clockbill.shared.WriteRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /timers}: starts the caller's timer for a customer and a service. While one runs, it
 * is refused with 409 naming that one, or stops it first where {@code onRunning} is {@code stop}.
 */
public final class StartTimer implements RequestStreamHandler {
  private static final int TRIES = 5;

  private final Ledger ledger;
  private final Requests requests;
  private final TimerStore timers;
  private final Drafting drafting;

  /** Configured by the function's own environment. */
  public StartTimer() {
    this(System.getenv());
  }

  /** Configured by these variables. */
  public StartTimer(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.ledger = new Ledger(environment);
    this.requests = new Requests(ledger);
    this.timers = new TimerStore(ledger);
    this.drafting = new Drafting(environment);
  }

  /** What is asked for. */
  private record Wish(
      String customerId, String serviceId, String note, Instant startedAt, boolean stopRunning) {
    static Wish read(Fields fields, Instant now) {
      Instant startedAt = fields.instant("startedAt");
      Span.checkStart(fields, startedAt, now);
      String note = fields.textOrEmpty("note", Fields.NOTE);
      Wish wish =
          new Wish(
              fields.requiredId("customerId"),
              fields.requiredId("serviceId"),
              note == null ? "" : note,
              startedAt == null ? now : startedAt,
              fields.choice("onRunning", "stop") != null);
      fields.check();
      return wish;
    }
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::start);
  }

  private Response start(Request request) {
    Instant now = Time.now();
    Wish wish = Wish.read(request.fields(), now);
    return Again.ifOvertaken(
        TRIES,
        () -> {
          Start start = new Start(request.caller(), wish, now);
          return requests.create(request, start::creation, start::refused);
        });
  }

  /** One attempt to start. */
  private final class Start {
    private final Caller caller;
    private final Wish wish;
    private final Instant now;

    private Start(Caller caller, Wish wish, Instant now) {
      this.caller = caller;
      this.wish = wish;
      this.now = now;
    }

    private Creation creation() {
      String firm = caller.firm();
      Work work = Work.read(ledger, firm, wish.customerId(), wish.serviceId()).mustBeActive();
      mustBePayable(work);
      Limits limits = work.limits();
      Timer timer = Timer.started(caller, work, wish.startedAt(), now, wish.note());
      Optional<Timer> running =
          wish.stopRunning() ? timers.running(firm, caller.staffId()) : Optional.empty();
      Response response = Response.json(201, timer.json(now));
      return running
          .map(
              old ->
                  new Creation(
                      writes(timer, limits, old),
                      response,
                      () -> drafting.begin(firm, old.timerId())))
          .orElseGet(
              () -> new Creation(List.of(TimerStore.start(firm, timer, limits, now)), response));
    }

    private List<Write> writes(Timer timer, Limits limits, Timer old) {
      Work work = Work.read(ledger, caller.firm(), old.customerId(), old.serviceId());
      return List.of(
          TimerStore.replace(caller.firm(), old, timer, limits, now),
          TimeEntryStore.put(caller.firm(), Entries.ofTimer(old, work, null, now), now));
    }

    private RuntimeException refused(WriteRefused refused) {
      Optional<Item> running = refused.old(0);
      if (wish.stopRunning() || running.isEmpty()) {
        return refused;
      }
      Timer timer = Timer.of(running.get());
      return Problem.of(
              409,
              "timer-already-running",
              "Your timer for "
                  + timer.customerName()
                  + " is running. Stop it first, or send \"onRunning\": \"stop\".")
          .with("running", timer.json(now));
    }
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
