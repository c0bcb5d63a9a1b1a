package dev.clockbill.recovery;

import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.mail.Mail;
import dev.clockbill.payment.Processor;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Index;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Pushes on whatever stands still: time that was not drafted, invoices whose execution was lost.
 * What waits for a push is in the {@link DueQueue} queue; what is done with is not.
 */
public final class StalledWork {
  private final Table table;
  private final Workflow workflow;
  private final InvoiceWorkflow invoices;
  private final QueuedMails mails;
  private final StaleCheckouts checkouts;

  StalledWork(Table table, Environment environment) {
    this.table = table;
    this.workflow = new Workflow(environment);
    this.invoices = new InvoiceWorkflow(table, environment);
    this.mails = new QueuedMails(table, environment);
    this.checkouts = new StaleCheckouts(table, new Processor(environment));
  }

  /** Pushes what an item of the queue stands for, unless somebody else just did. */
  void due(Item due) {
    String firm = due.firm();
    String key = due.key();
    if (postponed(firm, key, due.text(Index.DUE.sort()))) {
      if (TimeEntryItem.isKey(key)) {
        draft(firm, TimeEntryItem.id(key));
      } else if (key.startsWith(InvoiceItem.key(""))) {
        invoices.push(firm, key.substring(InvoiceItem.key("").length()));
      } else if (key.startsWith(Mail.Id.PREFIX)) {
        mails.push(Mail.Id.of(due));
      } else if (StaleCheckouts.is(due)) {
        checkouts.end(firm, key);
      }
    }
  }

  /**
   * Takes up time whose execution ended before it was done: time not drafted yet is drafted, a
   * draft that the execution drove is driven on.
   */
  void lostAtTime(String firm, String timeEntryId, String execution) {
    Optional<Item> item = table.get(firm, TimeEntryItem.key(timeEntryId));
    String invoiceId = item.map(found -> found.text("invoiceId")).orElse(null);
    if (invoiceId != null) {
      lostAtInvoice(firm, invoiceId, execution);
    } else if (item.isPresent()
        && DueQueue.holds(item.get())
        && item.get().number("redrafts", 0) == 0) {
      draft(firm, timeEntryId);
    }
  }

  /**
   * Takes up an invoice whose execution ended before it was done: at once the first time, later if
   * it failed where the last one failed.
   */
  void lostAtInvoice(String firm, String invoiceId, String execution) {
    Optional<Item> found = table.get(firm, InvoiceItem.key(invoiceId));
    if (found.isEmpty() || !DueQueue.holds(found.get())) {
      return;
    }
    Item item = found.get();
    if (!execution.equals(item.text("execution"))) {
      return;
    }
    String state = item.text("state");
    long failures = state.equals(item.text("failedIn")) ? item.number("failures", 0) + 1 : 1;
    Duration wait = failures == 1 ? DueQueue.PATIENCE : DueQueue.backoff(failures - 1);
    Write failed =
        Write.update(firm, InvoiceItem.key(invoiceId))
            .set("failedIn", state)
            .set("failures", failures)
            .ifEquals("execution", execution)
            .ifEquals("state", state);
    try {
      table.write(failed.due(DueQueue.PUSHES, invoiceId, Time.now().plus(wait)));
    } catch (ConditionFailed movedOn) {
      return;
    }
    Log.info("execution lost", "firmId", firm, "invoiceId", invoiceId, "failures", failures);
    if (failures == 1) {
      invoices.push(firm, invoiceId);
    }
  }

  /** Starts the drafting of time that waits for it: under its first name, or under the next. */
  private void draft(String firm, String timeEntryId) {
    Optional<Item> item = table.get(firm, TimeEntryItem.key(timeEntryId));
    if (item.isEmpty() || !DueQueue.holds(item.get())) {
      return;
    }
    long redrafts = item.get().number("redrafts", 0);
    if (!start(firm, timeEntryId, redrafts)) {
      Write again =
          Write.update(firm, TimeEntryItem.key(timeEntryId))
              .set("redrafts", redrafts + 1)
              .ifEquals(Index.DUE.sort(), item.get().text(Index.DUE.sort()));
      table.write(
          again.due(DueQueue.PUSHES, timeEntryId, Time.now().plus(DueQueue.backoff(redrafts + 1))));
      start(firm, timeEntryId, redrafts + 1);
    }
  }

  private boolean start(String firm, String timeEntryId, long redrafts) {
    String name = "timer-" + timeEntryId + (redrafts == 0 ? "" : "-r" + redrafts);
    return workflow.start(name, Json.object("firmId", firm, "timeEntryId", timeEntryId));
  }

  /** Has it pushed again later, so that two who look at the queue push once. */
  private boolean postponed(String firm, String key, String dueAt) {
    Instant later = Time.now().plus(DueQueue.PATIENCE);
    try {
      table.write(
          Write.update(firm, key).set(Index.DUE.sort(), later).ifEquals(Index.DUE.sort(), dueAt));
      return true;
    } catch (ConditionFailed takenUp) {
      return false;
    }
  }
}
