package dev.clockbill.timer;

import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.time.Instant;

/** Stops timers: in one transaction the timer ends and its time is logged; then it is drafted. */
final class TimerStop {
  private final Table table;
  private final TimeWorkflow workflow;

  TimerStop(Table table, TimeWorkflow workflow) {
    this.table = table;
    this.workflow = workflow;
  }

  /**
   * Stops a timer.
   *
   * @param work what it runs on
   * @param statedStop when its person says that it ended, or null: now
   * @throws dev.clockbill.table.ConditionFailed if somebody stopped or corrected it meanwhile
   */
  TimeEntry stop(String firm, Timer timer, Work work, Instant statedStop, Instant now) {
    UnitOfWork stop = table.begin(firm).add(TimerItem.end(firm, timer));
    TimeEntry entry = logTime(stop, timer, work, statedStop, now);
    stop.commit();
    return entry;
  }

  /**
   * Logs a timer's time in a unit of work that ends or replaces the timer.
   *
   * @param work what it runs on
   * @param statedStop when its person says that it ended, or null: now
   */
  TimeEntry logTime(UnitOfWork stop, Timer timer, Work work, Instant statedStop, Instant now) {
    TimeEntry entry = TimeEntry.ofTimer(timer, work, statedStop, now);
    workflow.log(stop, entry, work, now);
    return entry;
  }
}
