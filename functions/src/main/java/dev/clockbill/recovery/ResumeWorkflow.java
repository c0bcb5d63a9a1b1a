package dev.clockbill.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.payment.Silence;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.TimeLeft;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/**
 * Starts again what has stopped: on the event of an execution that failed, was aborted or timed
 * out, and by schedule whatever has waited in the due queue too long, since such events can be
 * lost. A run stops in time, and the next one goes on; an account for which the processor does not
 * answer keeps the run from nobody else.
 */
public final class ResumeWorkflow implements RequestStreamHandler {
  /** How long a run goes on; the last item may still take a while. */
  private static final Duration LONGEST = Duration.ofSeconds(45);

  private static final Duration ENOUGH = Duration.ofSeconds(5);
  private static final int MOST = 50;

  /**
   * How many items are pushed at a time: some hundreds a second, which is about what Step Functions
   * starts (docs/scale.md). One is refused beyond that, and pushed again.
   */
  private static final int AT_ONCE = 8;

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
    TimeLeft.within(LONGEST, context, () -> Step.take(input, output, this::resume));
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
    DueQueue.PUSHES.workOff(table, MOST, AT_ONCE, ENOUGH, Silence.noted(this::pushed));
  }

  private boolean pushed(Item due) {
    try {
      stalled.push(due);
    } catch (RuntimeException failed) {
      Log.failure(failed, "firmId", due.firm(), "item", due.key());
    }
    return true;
  }
}
