package dev.clockbill.timer;

import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.workflow.Workflow;

/**
 * Hands logged time to the workflow, which drafts it. Starting twice starts once. If the workflow
 * cannot be reached, the entry is in the due queue, and the schedule starts it.
 */
public final class TimeWorkflow {
  private final Workflow workflow;

  /** Starts executions of the workflow that the environment names. */
  public TimeWorkflow(Environment environment) {
    this.workflow = new Workflow(environment);
  }

  /**
   * Starts the workflow of a new entry once the unit of work that creates it has committed. For
   * time that is not billable there is nothing to do.
   */
  void beginAfter(UnitOfWork creation, TimeEntry entry) {
    if (entry.state() == State.UNBILLED) {
      beginAfter(creation, entry, execution(entry.timeEntryId()));
    }
  }

  /** The same for an entry that has left its draft: this version of it gets its own execution. */
  public void beginAgainAfter(UnitOfWork change, TimeEntry entry) {
    beginAfter(change, entry, execution(entry.timeEntryId()) + "-v" + entry.version());
  }

  /**
   * Starts an execution for an entry whose earlier ones were lost.
   *
   * @param n how many were started after the first; 0 for the first itself
   * @return false if there is or was an execution of that name already
   */
  public boolean begin(String firm, String timeEntryId, long n) {
    String execution = execution(timeEntryId);
    return start(n == 0 ? execution : execution + "-r" + n, firm, timeEntryId);
  }

  private void beginAfter(UnitOfWork unit, TimeEntry entry, String execution) {
    String id = entry.timeEntryId();
    unit.afterwards(() -> start(execution, unit.firm(), id), "timeEntryId", id);
  }

  private boolean start(String execution, String firm, String timeEntryId) {
    return workflow.start(execution, Json.object("firmId", firm, "timeEntryId", timeEntryId));
  }

  private static String execution(String timeEntryId) {
    return "timer-" + timeEntryId;
  }
}
