package dev.clockbill.billing;

import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.workflow.Workflow;
import java.util.Optional;

/**
 * Drives billing runs through their workflow. The table is the truth: an execution that was lost is
 * started again, and goes on with whatever the run's own items say is left.
 */
public final class RunWorkflow {
  private final Table table;
  private final Workflow workflow;

  /** Drives the runs of this table. */
  public RunWorkflow(Table table, Environment environment) {
    this.table = table;
    this.workflow = new Workflow(environment, "RUN_STATE_MACHINE_ARN");
  }

  /** The name of a run's n-th execution. */
  static String execution(String runId, long n) {
    return "run-" + runId + "-r" + n;
  }

  /** Starts an execution that a unit of work has counted, once that has committed. */
  void startAfter(UnitOfWork work, String runId, String execution) {
    work.afterwards(() -> start(work.firm(), runId, execution), "runId", runId);
  }

  /** Starts another execution of a run that is under way, unless its last one is still running. */
  public void push(String firm, String runId) {
    Optional<BillingRun> found =
        table
            .get(firm, BillingRunItem.key(runId))
            .map(BillingRunItem::of)
            .filter(run -> run.state().underWay());
    if (found.isEmpty() || workflow.running(found.get().execution())) {
      return;
    }
    String execution = execution(runId, found.get().restarts() + 1);
    try {
      table.write(BillingRunItem.restarted(firm, found.get(), execution));
    } catch (ConditionFailed quicker) {
      Log.info("another execution was started", "runId", runId);
      return;
    }
    start(firm, runId, execution);
  }

  private void start(String firm, String runId, String execution) {
    workflow.start(execution, Json.object("firmId", firm, "runId", runId));
  }
}
