package dev.clockbill.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Starts again what has stopped: on the event of an execution that failed, was aborted or timed
 * out, and by schedule whatever has waited in the due queue too long, since such events can be
 * lost.
 */
public final class ResumeWorkflow implements RequestStreamHandler {
  private static final int MOST = 50;

  private final Table table;
  private final LostExecution lost;
  private final StalledWork stalled;

  /** Wired from the process's environment. */
  public ResumeWorkflow() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public ResumeWorkflow(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.lost = new LostExecution(table, environment);
    this.stalled = new StalledWork(table, environment);
  }

  /** Takes an event of Step Functions; anything else is a call of the schedule. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, this::resume);
  }

  private void resume(Map<String, Object> event) {
    if ("aws.states".equals(event.get("source"))) {
      lost.replace(Json.object(event, "detail"));
    } else {
      pushWhatIsDue();
    }
  }

  /** One failure does not stop the others; what failed is pushed again by a later call. */
  private void pushWhatIsDue() {
    for (Item due : DueQueue.PUSHES.due(table, Time.now(), MOST)) {
      try {
        stalled.push(due);
      } catch (RuntimeException failed) {
        Log.failure(failed, "firmId", due.firm(), "item", due.key());
      }
    }
  }
}
