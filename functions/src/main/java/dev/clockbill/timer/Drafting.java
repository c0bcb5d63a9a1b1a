package dev.clockbill.timer;

import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Workflow;
import software.amazon.awssdk.core.exception.SdkException;

/** Hands logged time to the workflow, which drafts it. */
final class Drafting {
  private final Workflow workflow;

  Drafting(Environment environment) {
    this.workflow = new Workflow(environment);
  }

  /**
   * Starts the workflow of an entry that is kept; starting twice starts once. If the workflow
   * cannot be reached, the entry waits in the queue of pushes, and the schedule starts it.
   */
  void begin(String firm, String timeEntryId) {
    begin("timer-" + timeEntryId, firm, timeEntryId);
  }

  /** The same for an entry that was on a draft and left it by becoming what it is now. */
  void beginAnew(String firm, TimeEntry entry) {
    begin("timer-" + entry.timeEntryId() + "-v" + entry.version(), firm, entry.timeEntryId());
  }

  private void begin(String execution, String firm, String timeEntryId) {
    try {
      workflow.start(execution, Json.object("firmId", firm, "timeEntryId", timeEntryId));
    } catch (SdkException unreachable) {
      Log.failure(unreachable, "firmId", firm, "timeEntryId", timeEntryId);
    }
  }
}
