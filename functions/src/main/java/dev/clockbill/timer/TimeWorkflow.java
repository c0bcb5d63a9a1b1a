package dev.clockbill.timer;

import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.workflow.Workflow;

/** Hands logged time to the workflow, which drafts it. */
public final class TimeWorkflow {
  private final Workflow workflow;

  public TimeWorkflow(Environment environment) {
    this.workflow = new Workflow(environment);
  }

  /**
   * Starts the workflow of an entry that is kept; starting twice starts once. If the workflow
   * cannot be reached, the entry waits in the queue of pushes, and the schedule starts it.
   */
  public void begin(String firm, String timeEntryId) {
    begin("timer-" + timeEntryId, firm, timeEntryId);
  }

  /** The same for an entry that was on a draft and left it by becoming what it is now. */
  public void beginAnew(String firm, TimeEntry entry) {
    begin("timer-" + entry.timeEntryId() + "-v" + entry.version(), firm, entry.timeEntryId());
  }

  private void begin(String execution, String firm, String timeEntryId) {
    workflow.start(execution, Json.object("firmId", firm, "timeEntryId", timeEntryId));
  }
}
