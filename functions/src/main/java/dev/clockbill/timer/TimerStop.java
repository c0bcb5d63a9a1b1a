package dev.clockbill.timer;

import dev.clockbill.shared.Environment;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.time.Instant;

/** Stops timers: their time is logged, all of it or nothing, and handed to the workflow. */
final class TimerStop {
  private final Table table;
  private final TimeWorkflow drafting;

  TimerStop(Table table, Environment environment) {
    this.table = table;
    this.drafting = new TimeWorkflow(environment);
  }

  /**
   * Stops a timer that is still as it was read.
   *
   * @param stated when its person says that it ended, or null: now
   * @throws dev.clockbill.table.ConditionFailed if somebody stopped or corrected it meanwhile
   */
  TimeEntry stop(String firm, Timer timer, Instant stated, Instant now) {
    UnitOfWork stop = table.begin(firm).add(TimerStore.end(firm, timer));
    TimeEntry entry = log(stop, timer, stated, now);
    stop.commit();
    return entry;
  }

  /**
   * Adds to a transaction that ends a timer that its time is logged, and then handed to the
   * workflow.
   *
   * @param stated when its person says that it ended, or null: now
   */
  TimeEntry log(UnitOfWork ending, Timer timer, Instant stated, Instant now) {
    Work work = Work.read(table, ending.firm(), timer.customerId(), timer.serviceId());
    TimeEntry entry = LoggedTime.ofTimer(timer, work, stated, now);
    ending
        .add(TimeEntryStore.put(ending.firm(), entry, now))
        .afterwards(
            () -> drafting.begin(ending.firm(), entry.timeEntryId()),
            "timeEntryId",
            entry.timeEntryId());
    return entry;
  }
}
