package dev.clockbill.billing;

import dev.clockbill.firm.BillingMonth;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.Optional;

/**
 * Begins the run of a firm that bills on a day of each month. It prepares drafts of the time that
 * is collected, and sends nothing.
 */
public final class MonthlyRun {
  private final Table table;
  private final RunStart start;

  /** Begins runs in this table. */
  public MonthlyRun(Table table, Environment environment) {
    this.table = table;
    this.start = new RunStart(new RunWorkflow(table, environment));
  }

  /** Begins the run of a firm whose day has come, unless that was done. */
  public void begin(String firmId) {
    Optional<Item> item = table.get(firmId, BillingMonth.KEY);
    if (item.isEmpty()) {
      return;
    }
    FirmSettings firm = FirmItem.read(table, firmId);
    BillingMonth.due(item.get(), firm, Time.now()).ifPresent(due -> begin(firmId, due));
  }

  private void begin(String firmId, BillingMonth.Due due) {
    UnitOfWork work = table.begin(firmId).add(due.next());
    String runId = start.monthly(work, due.upTo());
    try {
      work.commit();
    } catch (ConditionFailed quicker) {
      Log.info("the month was billed by another", "firmId", firmId, "runId", runId);
    }
  }
}
