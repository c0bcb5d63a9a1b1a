package dev.clockbill.timer;

import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Ledger;
import java.time.Instant;
import java.util.List;

/** Stops timers: their time is logged, all of it or nothing, and handed to the workflow. */
final class Stopping {
  private final Ledger ledger;
  private final Drafting drafting;

  Stopping(Ledger ledger, Environment environment) {
    this.ledger = ledger;
    this.drafting = new Drafting(environment);
  }

  /**
   * Stops a timer that is still as it was read.
   *
   * @param stated when its person says that it ended, or null: now
   * @throws dev.clockbill.shared.WriteRefused if somebody stopped or corrected it meanwhile
   */
  TimeEntry stop(String firm, Timer timer, Instant stated, Instant now) {
    Work work = Work.read(ledger, firm, timer.customerId(), timer.serviceId());
    TimeEntry entry = Entries.ofTimer(timer, work, stated, now);
    ledger.write(List.of(TimerStore.end(firm, timer), TimeEntryStore.put(firm, entry, now)));
    drafting.begin(firm, entry.timeEntryId());
    return entry;
  }
}
