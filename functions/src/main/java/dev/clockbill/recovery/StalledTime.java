package dev.clockbill.recovery;

import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Index;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.timer.TimeWorkflow;
import java.util.Optional;

/** Starts the drafting of logged time again where its execution was lost or never started. */
final class StalledTime {
  /** How many executions were started to draft an entry, after the first. */
  private static final String REDRAFTS = "redrafts";

  private final Table table;
  private final TimeWorkflow workflow;

  StalledTime(Table table, Environment environment) {
    this.table = table;
    this.workflow = new TimeWorkflow(environment);
  }

  /**
   * Starts another execution for an entry whose first one ended early. Later ones are left to the
   * schedule, which waits longer every time.
   */
  void lost(String firm, String timeEntryId) {
    waiting(firm, timeEntryId)
        .filter(item -> redrafts(item) == 0)
        .ifPresent(item -> draft(item, timeEntryId));
  }

  /** Starts an execution for an entry that still waits to be drafted. */
  void push(String firm, String timeEntryId) {
    waiting(firm, timeEntryId).ifPresent(item -> draft(item, timeEntryId));
  }

  private Optional<Item> waiting(String firm, String timeEntryId) {
    return table.get(firm, TimeEntryItem.key(timeEntryId)).filter(DueQueue::holds);
  }

  /** Starts the execution that is named in the item; if there was one of that name, the next. */
  private void draft(Item item, String timeEntryId) {
    long redrafts = redrafts(item);
    if (!workflow.begin(item.firm(), timeEntryId, redrafts)) {
      table.write(
          Write.update(item.firm(), item.key())
              .set(REDRAFTS, redrafts + 1)
              .ifEquals(Index.DUE.sort(), item.text(Index.DUE.sort()))
              .due(DueQueue.PUSHES, timeEntryId, Time.now().plus(DueQueue.backoff(redrafts + 1))));
      Log.info(
          "execution lost",
          "firmId",
          item.firm(),
          "timeEntryId",
          timeEntryId,
          "failures",
          redrafts + 1);
      workflow.begin(item.firm(), timeEntryId, redrafts + 1);
    }
  }

  private static long redrafts(Item item) {
    return item.number(REDRAFTS, 0);
  }
}
