package dev.clockbill.recovery;

import dev.clockbill.billing.BillingRunItem;
import dev.clockbill.billing.RunWorkflow;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntryItem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Starts again what an execution drove that failed, was aborted or timed out. */
final class LostExecution {
  private final Table table;
  private final StalledTime time;
  private final InvoiceWorkflow invoices;
  private final RunWorkflow runs;

  LostExecution(Table table, Environment environment) {
    this.table = table;
    this.time = new StalledTime(table, environment);
    this.invoices = new InvoiceWorkflow(table, environment);
    this.runs = new RunWorkflow(table, environment);
  }

  /**
   * Takes the detail of an event of Step Functions: the execution's {@code name}, and its {@code
   * input} as JSON.
   */
  void replace(Map<String, Object> detail) {
    String execution = Json.text(detail, "name");
    Map<String, Object> started = Json.readObject(Json.text(detail, "input"));
    String firm = Json.text(started, "firmId");
    if (started.containsKey("timeEntryId")) {
      ofTime(firm, Json.text(started, "timeEntryId"), execution);
    } else if (started.containsKey("runId")) {
      ofRun(firm, Json.text(started, "runId"), execution);
    } else {
      ofInvoice(firm, Json.text(started, "invoiceId"), execution);
    }
  }

  /**
   * Drafts time that is not drafted yet; otherwise the draft that the execution drove continues.
   */
  private void ofTime(String firm, String timeEntryId, String execution) {
    Optional<String> invoiceId =
        table.get(firm, TimeEntryItem.key(timeEntryId)).map(item -> item.text("invoiceId"));
    if (invoiceId.isPresent()) {
      ofInvoice(firm, invoiceId.get(), execution);
    } else {
      time.lost(firm, timeEntryId);
    }
  }

  /**
   * Starts an invoice's next execution: at once the first time, later by the schedule if the last
   * one failed in the same state.
   */
  private void ofInvoice(String firm, String invoiceId, String execution) {
    if (failures(firm, InvoiceItem.key(invoiceId), execution, "invoiceId", invoiceId) == 1) {
      invoices.push(firm, invoiceId);
    }
  }

  /** The same for a billing run. */
  private void ofRun(String firm, String runId, String execution) {
    if (failures(firm, BillingRunItem.key(runId), execution, "runId", runId) == 1) {
      runs.push(firm, runId);
    }
  }

  /** Counts a failure of the execution that drives an item; 0 if it does not any more. */
  private long failures(String firm, String key, String execution, String name, String id) {
    return table
        .get(firm, key)
        .filter(DueQueue::holds)
        .filter(item -> execution.equals(item.text("execution")))
        .map(item -> countFailure(item, name, id))
        .orElse(0L);
  }

  /**
   * Counts the executions that failed in the item's state, and sets when the schedule starts the
   * next.
   *
   * @return how many there were; 0 if the item has moved on meanwhile
   */
  private long countFailure(Item item, String name, String id) {
    String state = item.text("state");
    long failures = state.equals(item.text("failedIn")) ? item.number("failures", 0) + 1 : 1;
    Duration wait = failures == 1 ? DueQueue.PATIENCE : DueQueue.backoff(failures - 1);
    Write failed =
        Write.update(item.firm(), item.key())
            .set("failedIn", state)
            .set("failures", failures)
            .ifEquals("execution", item.text("execution"))
            .ifEquals("state", state)
            .due(DueQueue.PUSHES, id, Time.now().plus(wait));
    try {
      table.write(failed);
    } catch (ConditionFailed movedOn) {
      return 0;
    }
    Log.info("execution lost", "firmId", item.firm(), name, id, "failures", failures);
    return failures;
  }
}
