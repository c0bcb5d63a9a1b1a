package dev.clockbill.office;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.http.Http;
import dev.clockbill.invoice.draft.OpenDraftTime;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Priming;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeWorkflow;
import dev.clockbill.timer.TimerStopRoute;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * {@code POST /timers/{timerId}/stop}: logs the time. Then it is added to the customer's open
 * draft, where the firm is set up for that and there is one; else the invoice workflow is started.
 */
public final class StopTimer implements RequestStreamHandler {
  private final Table table;
  private final TimerStopRoute route;

  /** Wired from the process's environment. */
  public StopTimer() {
    this(System.getenv());
    Priming.rehearse(StopTimer.class);
  }

  /** Wired from these variables. */
  public StopTimer(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.route = new TimerStopRoute(table, new TimeWorkflow(environment, new OpenDraftTime(table)));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serveMembers(input, output, table, route::stop);
  }
}
