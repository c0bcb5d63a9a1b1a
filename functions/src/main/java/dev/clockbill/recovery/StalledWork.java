package dev.clockbill.recovery;

import dev.clockbill.billing.MonthlyRun;
import dev.clockbill.billing.RunWorkflow;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.payment.Processor;
import dev.clockbill.payment.Refunds;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.shared.Environment;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeMoves;

/**
 * Pushes on whatever has waited in the due queue for too long. Items leave the queue when the next
 * step has begun, so they are pushed until then.
 */
final class StalledWork {
  private final Table table;
  private final StalledTime time;
  private final TimeMoves moves;
  private final InvoiceWorkflow invoices;
  private final QueuedMails mails;
  private final StaleCheckouts checkouts;
  private final Refunds refunds;
  private final RunWorkflow runs;
  private final MonthlyRun months;

  StalledWork(Table table, Environment environment) {
    this.table = table;
    this.time = new StalledTime(table, environment);
    this.moves = new TimeMoves(table);
    this.invoices = new InvoiceWorkflow(table, environment);
    this.mails = new QueuedMails(table, environment);
    Processor processor = new Processor(environment);
    this.checkouts = new StaleCheckouts(table, processor);
    this.refunds = new Refunds(table, environment, processor);
    this.runs = new RunWorkflow(table, environment);
    this.months = new MonthlyRun(table, environment);
  }

  /** Pushes an item of the queue on, unless another run of the schedule has just done so. */
  void push(Item due) {
    if (!DueQueue.postponed(table, due, DueQueue.PATIENCE)) {
      return;
    }
    String firm = due.firm();
    switch (StalledItem.of(due)) {
      case StalledItem.OfTime(String timeEntryId) -> time.push(firm, timeEntryId);
      case StalledItem.OfTimeMove(String moveId) -> moves.push(firm, moveId);
      case StalledItem.OfInvoice(String invoiceId) -> invoices.push(firm, invoiceId);
      case StalledItem.OfDeletedDraft(String invoiceId) -> invoices.endDeleted(firm, invoiceId);
      case StalledItem.OfMail(var id) -> mails.push(id);
      case StalledItem.OfCheckout(String key) -> checkouts.end(firm, key);
      case StalledItem.OfRefund(String key) -> refunds.push(firm, key);
      case StalledItem.OfRun(String runId) -> runs.push(firm, runId);
      case StalledItem.OfMonth() -> months.begin(firm);
    }
  }
}
