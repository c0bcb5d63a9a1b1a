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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Takes up what stands still: on the event of an execution that failed, was aborted or timed out,
 * and, by schedule, whatever has waited for a push too long, since such events can be lost.
 */
public final class ResumeWorkflow implements RequestStreamHandler {
  private static final int MOST = 50;

  private final Table table;
  private final StalledWork pushes;

  /** Wired from the process's environment. */
  public ResumeWorkflow() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public ResumeWorkflow(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.table = new Table(variables);
    this.pushes = new StalledWork(table, variables);
  }

  /** Takes an event of Step Functions, or anything else: then it is the schedule. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> event = Json.read(input);
    if ("aws.states".equals(event.get("source"))) {
      lost(Json.object(event, "detail"));
    } else {
      due();
    }
  }

  @SuppressWarnings("unchecked") // an execution's input is the object that it was started with
  private void lost(Map<String, Object> detail) {
    String execution = Json.text(detail, "name");
    var started = (Map<String, Object>) Json.read(Json.text(detail, "input"));
    String firm = Json.text(started, "firmId");
    if (started.containsKey("timeEntryId")) {
      pushes.lostAtTime(firm, Json.text(started, "timeEntryId"), execution);
    } else {
      pushes.lostAtInvoice(firm, Json.text(started, "invoiceId"), execution);
    }
  }

  /** What fails is left for the next time and does not keep the others waiting. */
  private void due() {
    for (Item due : DueQueue.PUSHES.due(table, Time.now(), MOST)) {
      try {
        pushes.due(due);
      } catch (RuntimeException failed) {
        Log.failure(failed, "firmId", due.firm(), "item", due.key());
      }
    }
  }
}
