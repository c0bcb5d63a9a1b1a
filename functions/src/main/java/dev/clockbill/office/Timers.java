package dev.clockbill.office;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.draft.OpenDraftTime;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Priming;
import dev.clockbill.table.Table;
import dev.clockbill.timer.RunningTimerRoutes;
import dev.clockbill.timer.TimeEntryRoutes;
import dev.clockbill.timer.TimeWorkflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Lists, corrects and discards timers and time entries; takes time by hand. */
public final class Timers implements RequestStreamHandler {
  private final Table table;
  private final RunningTimerRoutes running;
  private final TimeEntryRoutes entries;
  private final TimeCorrections corrections;

  /** Wired from the process's environment. */
  public Timers() {
    this(System.getenv());
    Priming.rehearse(Timers.class);
  }

  /** Wired from these variables. */
  public Timers(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.running = new RunningTimerRoutes(table);
    TimeWorkflow workflow = new TimeWorkflow(environment, new OpenDraftTime(table));
    this.entries = new TimeEntryRoutes(table, workflow);
    this.corrections = new TimeCorrections(table, workflow);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveMembers(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /timers" -> running.list(request);
      case "GET /timers/running" -> running.own(request);
      case "PATCH /timers/{timerId}" -> running.correct(request);
      case "DELETE /timers/{timerId}" -> running.discard(request);
      case "POST /time-entries" -> entries.enter(request);
      case "GET /time-entries" -> entries.list(request);
      case "GET /time-entries/{timeEntryId}" -> entries.read(request);
      case "PATCH /time-entries/{timeEntryId}" -> corrections.correct(request);
      case "DELETE /time-entries/{timeEntryId}" -> corrections.delete(request);
      default -> throw Http.unknownRoute(request);
    };
  }
}
