package dev.clockbill.invoice.send;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.invoice.mail.Letter;
import dev.clockbill.invoice.mail.Recipients;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.InvoicedTime;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.Timer;
import java.util.List;
import java.util.Optional;

/** Send: the one way in which drafts are approved that a person has looked at. */
public final class Sending {
  private final Table table;
  private final InvoiceWorkflow workflow;
  private final InvoicedTime time;

  /** Sends the drafts of this table, and pushes them on. */
  public Sending(Table table, InvoiceWorkflow workflow) {
    this.table = table;
    this.workflow = workflow;
    this.time = new InvoicedTime(table);
  }

  /**
   * Approves a draft in a unit of work; an invoice that was approved before is left as it is.
   *
   * @param who presses Send
   * @param letter what they write with it
   * @throws Problem 409 that says why it may not be sent; then nothing was added to the work
   */
  public void send(UnitOfWork work, Invoice invoice, String who, Letter letter) {
    if (StateRules.in(invoice.state()).send().allows()) {
      Approval approval = Approval.read(table, work.firm(), invoice);
      approval.check();
      approval.approve(work, time, who, letter).pushAfterwards(workflow);
    }
  }

  /**
   * The words of everything for which Send would refuse a draft as it is now; empty if it would
   * not.
   *
   * @param doubtful the time on it that may be unconfirmed
   * @param running a timer that is running for its customer
   */
  public static List<String> refusals(
      FirmSettings firm, Invoice draft, List<TimeEntry> doubtful, Optional<Timer> running) {
    return new Approval(
            draft, false, firm, new Recipients(List.of(), false), doubtful, running, false)
        .refusals().stream().map(Problem::word).toList();
  }
}
