package dev.clockbill.timer;

import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.workflow.Workflow;
import java.time.Instant;

/**
 * Hands logged time to the workflow, which drafts it. Starting twice starts once. If the workflow
 * cannot be reached, the entry is in the due queue, and the schedule starts it.
 */
public final class TimeWorkflow {
  private final Workflow workflow;
  private final Drafting drafting;

  /** Starts executions of the workflow that the environment names. */
  public TimeWorkflow(Environment environment) {
    this(environment, Drafting.NONE);
  }

  /** The same, unless the time is drafted at once: that takes no execution. */
  public TimeWorkflow(Environment environment, Drafting drafting) {
    this.workflow = new Workflow(environment);
    this.drafting = drafting;
  }

  /**
   * Keeps a new entry, and starts its workflow once the unit of work has committed. Time that is
   * not billable is only kept, and so is that of a customer whose time is collected: it waits for a
   * billing run.
   */
  void log(UnitOfWork creation, TimeEntry entry, Work work, Instant now) {
    if (staysUndrafted(entry, work)) {
      creation.add(TimeEntryItem.createUndrafted(creation.firm(), entry));
    } else {
      creation.add(TimeEntryItem.create(creation.firm(), entry, now));
      beginAfter(creation, entry, work, execution(entry.timeEntryId()));
    }
  }

  /**
   * The same for an entry that has left its draft: this version of it gets its own execution.
   *
   * @param before the entry as it was
   */
  public void logAgain(
      UnitOfWork change, TimeEntry before, TimeEntry after, Work work, Instant now) {
    if (staysUndrafted(after, work)) {
      change.add(TimeEntryItem.change(change.firm(), before, after));
    } else {
      change.add(TimeEntryItem.changeAndDraftAgain(change.firm(), before, after, now));
      beginAfter(change, after, work, execution(after.timeEntryId()) + "-v" + after.version());
    }
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

  private static boolean staysUndrafted(TimeEntry entry, Work work) {
    return entry.state() != State.UNBILLED || work.collected();
  }

  private void beginAfter(UnitOfWork unit, TimeEntry entry, Work work, String execution) {
    String id = entry.timeEntryId();
    unit.afterwards(
        () -> {
          if (!drafted(unit.firm(), entry, work)) {
            start(execution, unit.firm(), id);
          }
        },
        "timeEntryId",
        id);
  }

  /** What fails here the workflow does: it finds the time as it is then. */
  private boolean drafted(String firm, TimeEntry entry, Work work) {
    try {
      return drafting.drafted(firm, entry, work);
    } catch (RuntimeException failed) {
      Log.info(
          "drafting is left to the workflow",
          "firmId",
          firm,
          "timeEntryId",
          entry.timeEntryId(),
          "errorType",
          failed.getClass().getName());
      return false;
    }
  }

  private boolean start(String execution, String firm, String timeEntryId) {
    return workflow.start(execution, Json.object("firmId", firm, "timeEntryId", timeEntryId));
  }

  private static String execution(String timeEntryId) {
    return "timer-" + timeEntryId;
  }
}
