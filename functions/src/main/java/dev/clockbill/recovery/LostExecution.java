package dev.clockbill.recovery;

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

  LostExecution(Table table, Environment environment) {
    this.table = table;
    this.time = new StalledTime(table, environment);
    this.invoices = new InvoiceWorkflow(table, environment);
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
    Optional<Item> driven =
        table
            .get(firm, InvoiceItem.key(invoiceId))
            .filter(DueQueue::holds)
            .filter(item -> execution.equals(item.text("execution")));
    if (driven.isPresent() && countFailure(driven.get(), invoiceId) == 1) {
      invoices.push(firm, invoiceId);
    }
  }

  /**
   * Counts the executions that failed in the invoice's state, and sets when the schedule starts the
   * next.
   *
   * @return how many there were; 0 if the invoice has moved on meanwhile
   */
  private long countFailure(Item invoice, String invoiceId) {
    String state = invoice.text("state");
    long failures = state.equals(invoice.text("failedIn")) ? invoice.number("failures", 0) + 1 : 1;
    Duration wait = failures == 1 ? DueQueue.PATIENCE : DueQueue.backoff(failures - 1);
    Write failed =
        Write.update(invoice.firm(), invoice.key())
            .set("failedIn", state)
            .set("failures", failures)
            .ifEquals("execution", invoice.text("execution"))
            .ifEquals("state", state)
            .due(DueQueue.PUSHES, invoiceId, Time.now().plus(wait));
    try {
      table.write(failed);
    } catch (ConditionFailed movedOn) {
      return 0;
    }
    Log.info(
        "execution lost", "firmId", invoice.firm(), "invoiceId", invoiceId, "failures", failures);
    return failures;
  }
}
