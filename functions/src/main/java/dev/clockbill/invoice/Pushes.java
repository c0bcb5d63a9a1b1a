package dev.clockbill.invoice;

import dev.clockbill.payment.Processor;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Index;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Mail;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Workflow;
import dev.clockbill.shared.Write;
import dev.clockbill.shared.WriteRefused;
import dev.clockbill.timer.TimeEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Pushes on whatever stands still: time that was not drafted, invoices whose execution was lost.
 * What waits for a push is in the {@link Due} queue; what is done with is not.
 */
final class Pushes {
  /** How long a restart waits that fails where the last one failed; the last one repeats. */
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(1));

  private final Ledger ledger;
  private final Workflow workflow;
  private final InvoiceWorkflow invoices;
  private final QueuedMails mails;
  private final StaleCheckouts checkouts;

  Pushes(Ledger ledger, Environment environment) {
    this.ledger = ledger;
    this.workflow = new Workflow(environment);
    this.invoices = new InvoiceWorkflow(ledger, environment);
    this.mails = new QueuedMails(ledger, environment);
    this.checkouts = new StaleCheckouts(ledger, new Processor(environment));
  }

  /** How long to wait before the n-th restart at the same place, n counting from 1. */
  static Duration waitBefore(long n) {
    return WAITS.get((int) Math.min(n, WAITS.size()) - 1);
  }

  /** Pushes what an item of the queue stands for, unless somebody else just did. */
  void due(Item due) {
    String firm = due.firm();
    String key = due.key();
    if (postponed(firm, key, due.text(Index.DUE.sort()))) {
      if (key.startsWith(TimeEntry.key(""))) {
        draft(firm, key.substring(TimeEntry.key("").length()));
      } else if (key.startsWith(Invoice.key(""))) {
        invoices.push(firm, key.substring(Invoice.key("").length()));
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
    Optional<Item> item = ledger.get(firm, TimeEntry.key(timeEntryId));
    String invoiceId = item.map(found -> found.text("invoiceId")).orElse(null);
    if (invoiceId != null) {
      lostAtInvoice(firm, invoiceId, execution);
    } else if (item.isPresent() && Due.waits(item.get()) && item.get().number("redrafts", 0) == 0) {
      draft(firm, timeEntryId);
    }
  }

  /**
   * Takes up an invoice whose execution ended before it was done: at once the first time, later if
   * it failed where the last one failed.
   */
  void lostAtInvoice(String firm, String invoiceId, String execution) {
    Optional<Item> found = ledger.get(firm, Invoice.key(invoiceId));
    if (found.isEmpty() || !Due.waits(found.get())) {
      return;
    }
    Item item = found.get();
    if (!execution.equals(item.text("execution"))) {
      return;
    }
    String state = item.text("state");
    long failures = state.equals(item.text("failedIn")) ? item.number("failures", 0) + 1 : 1;
    Duration wait = failures == 1 ? Due.PATIENCE : waitBefore(failures - 1);
    Write failed =
        Write.update(firm, Invoice.key(invoiceId))
            .set("failedIn", state)
            .set("failures", failures)
            .ifEquals("execution", execution)
            .ifEquals("state", state);
    try {
      ledger.write(Due.at(failed, Due.Queue.PUSHES, invoiceId, Time.now().plus(wait)));
    } catch (WriteRefused movedOn) {
      return;
    }
    Log.info("execution lost", "firmId", firm, "invoiceId", invoiceId, "failures", failures);
    if (failures == 1) {
      invoices.push(firm, invoiceId);
    }
  }

  /** Starts the drafting of time that waits for it: under its first name, or under the next. */
  private void draft(String firm, String timeEntryId) {
    Optional<Item> item = ledger.get(firm, TimeEntry.key(timeEntryId));
    if (item.isEmpty() || !Due.waits(item.get())) {
      return;
    }
    long redrafts = item.get().number("redrafts", 0);
    if (!start(firm, timeEntryId, redrafts)) {
      Write again =
          Write.update(firm, TimeEntry.key(timeEntryId))
              .set("redrafts", redrafts + 1)
              .ifEquals(Index.DUE.sort(), item.get().text(Index.DUE.sort()));
      ledger.write(
          Due.at(again, Due.Queue.PUSHES, timeEntryId, Time.now().plus(waitBefore(redrafts + 1))));
      start(firm, timeEntryId, redrafts + 1);
    }
  }

  private boolean start(String firm, String timeEntryId, long redrafts) {
    String name = "timer-" + timeEntryId + (redrafts == 0 ? "" : "-r" + redrafts);
    return workflow.start(name, Json.object("firmId", firm, "timeEntryId", timeEntryId));
  }

  /** Has it pushed again later, so that two who look at the queue push once. */
  private boolean postponed(String firm, String key, String dueAt) {
    Instant later = Time.now().plus(Due.PATIENCE);
    try {
      ledger.write(
          Write.update(firm, key).set(Index.DUE.sort(), later).ifEquals(Index.DUE.sort(), dueAt));
      return true;
    } catch (WriteRefused takenUp) {
      return false;
    }
  }
}
