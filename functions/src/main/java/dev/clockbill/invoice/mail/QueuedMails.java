package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import dev.clockbill.workflow.Workflow;
import java.util.Map;
import java.util.Optional;

/**
 * Mails about invoices that do not belong to the way from draft to receipt. Each is queued by the
 * transaction that makes it necessary; a separate execution sends it, and another one is started as
 * long as the mail waits.
 */
public final class QueuedMails {
  private final Table table;
  private final Workflow workflow;

  /** Queues mails in this table. */
  public QueuedMails(Table table, Environment environment) {
    this.table = table;
    this.workflow = new Workflow(environment);
  }

  /**
   * Queues a mail in the transaction of an invoice's change; once that is committed, a separate
   * execution sends it.
   *
   * @param facts what the mail's sender has to know
   */
  public void add(InvoiceChange change, Mail.Id id, Map<String, Object> facts) {
    add(change, id, change.nextExecution(), facts);
  }

  /**
   * The same for a mail that is counted by the execution that sends it, so that one change can have
   * several.
   */
  public void add(InvoiceChange change, MailKind kind, Map<String, Object> facts) {
    long n = change.nextExecution();
    String invoiceId = change.before().invoiceId();
    add(change, new Mail.Id(change.work().firm(), kind, invoiceId, n), n, facts);
  }

  private void add(InvoiceChange change, Mail.Id id, long n, Map<String, Object> facts) {
    String execution = InvoiceWorkflow.execution(change.before().invoiceId(), n);
    change
        .work()
        .add(QueuedMail.queued(id, execution, facts))
        .afterwards(() -> begin(id, execution), "mailId", id.mailId());
  }

  /** Starts another execution of a mail that waits, unless its last one is still running. */
  public void push(Mail.Id id) {
    Optional<QueuedMail> mail =
        table.get(id.firm(), id.key()).map(QueuedMail::of).filter(QueuedMail::waits);
    if (mail.isEmpty() || workflow.running(mail.get().execution())) {
      return;
    }
    if (FirmNotice.of(mail.get()).isPresent()) {
      String execution = FirmNotice.execution(id, mail.get().restarts() + 1);
      table.write(mail.get().restarted(execution));
      begin(id, execution);
      return;
    }
    Optional<Invoice> invoice =
        table.get(id.firm(), InvoiceItem.key(id.about())).map(InvoiceItem::of);
    if (invoice.isEmpty()) {
      giveUp(table, id);
      return;
    }
    String execution = InvoiceWorkflow.execution(id.about(), invoice.get().restarts() + 1);
    table
        .begin(id.firm())
        .add(mail.get().restarted(execution))
        .add(InvoiceItem.restarted(id.firm(), invoice.get()))
        .commit();
    begin(id, execution);
  }

  /**
   * Gives up a mail for which there is no use any more; one that was sent all the same stays so.
   */
  static void giveUp(Table table, Mail.Id id) {
    try {
      table.write(QueuedMail.givenUp(id));
    } catch (ConditionFailed sent) {
      table.write(QueuedMail.over(id));
    }
  }

  private void begin(Mail.Id id, String execution) {
    String which =
        switch (id.kind()) {
          case OWNER_NOTICE -> "notice";
          case REFUND -> "refund";
          case INVOICE, PAYMENT_REMINDER, RECEIPT, TIMER_REMINDER -> "mail";
        };
    workflow.start(
        execution, Json.object("firmId", id.firm(), "invoiceId", id.about(), which, id.n()));
  }
}
