package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.HistoryEvent;
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
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import dev.clockbill.workflow.Workflow;
import java.util.Map;
import java.util.Optional;

/**
 * Mails about invoices that do not belong to the way from draft to receipt. Each is queued by the
 * transaction that makes it necessary; a separate execution sends it, and another one is started as
 * long as the mail waits.
 */
public final class QueuedMails {
  /**
   * Above the numbers of the firm's reminders, which are days since the invoice's issue: one that a
   * person asks for never has the id of one of them.
   */
  private static final long ASKED_FOR = 100_000;

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
    add(change, counted(change.work().firm(), kind, invoiceId, n), n, facts);
  }

  /**
   * The same for a mail from which nothing follows for the invoice, so that its version stays. The
   * transaction fails if another execution of the invoice was started since it was read.
   */
  public void addBeside(
      UnitOfWork work, Invoice invoice, MailKind kind, Map<String, Object> facts) {
    long n = invoice.restarts() + 1;
    work.add(InvoiceItem.restarted(work.firm(), invoice));
    add(work, counted(work.firm(), kind, invoice.invoiceId(), n), n, facts);
  }

  /** The mail that the n-th execution of an invoice sends. */
  private static Mail.Id counted(String firm, MailKind kind, String invoiceId, long n) {
    long own =
        switch (kind) {
          case PAYMENT_REMINDER -> ASKED_FOR + n;
          case INVOICE, TEST_MAIL, RECEIPT, REFUND, STATEMENT, OWNER_NOTICE, TIMER_REMINDER -> n;
        };
    return new Mail.Id(firm, kind, invoiceId, own);
  }

  /** Queues a statement in a transaction; once that is committed, an execution sends it. */
  public void addStatement(UnitOfWork work, Mail.Id id, Map<String, Object> facts) {
    String execution = statement(id, 1);
    work.add(QueuedMail.queued(id, execution, facts))
        .afterwards(() -> begin(id, execution), "mailId", id.mailId());
  }

  /** The name of the n-th execution that sends a statement. */
  private static String statement(Mail.Id id, long n) {
    return id.mailId() + "-r" + n;
  }

  /** The name of the n-th execution of a mail that is of no invoice; empty for others. */
  private static Optional<String> alone(QueuedMail mail, long n) {
    return switch (mail.id().kind()) {
      case STATEMENT -> Optional.of(statement(mail.id(), n));
      case OWNER_NOTICE -> FirmNotice.of(mail).map(notice -> FirmNotice.execution(mail.id(), n));
      case INVOICE, TEST_MAIL, PAYMENT_REMINDER, RECEIPT, REFUND, TIMER_REMINDER ->
          Optional.empty();
    };
  }

  private void add(InvoiceChange change, Mail.Id id, long n, Map<String, Object> facts) {
    add(change.work(), id, n, facts);
  }

  private void add(UnitOfWork work, Mail.Id id, long n, Map<String, Object> facts) {
    String execution = InvoiceWorkflow.execution(id.about(), n);
    work.add(QueuedMail.queued(id, execution, facts))
        .afterwards(() -> begin(id, execution), "mailId", id.mailId());
  }

  /**
   * Starts another execution of a mail that waits, unless its last one is still running, or has
   * ended since the mail was read.
   */
  public void push(Mail.Id id) {
    Optional<QueuedMail> mail =
        table.get(id.firm(), id.key()).map(QueuedMail::of).filter(QueuedMail::waits);
    if (mail.isEmpty() || workflow.running(mail.get().execution())) {
      return;
    }
    Optional<String> alone = alone(mail.get(), mail.get().restarts() + 1);
    if (alone.isPresent()) {
      if (handedOn(table.begin(id.firm()), mail.get(), alone.get())) {
        begin(id, alone.get());
      }
      return;
    }
    Optional<Invoice> invoice =
        table.get(id.firm(), InvoiceItem.key(id.about())).map(InvoiceItem::of);
    if (invoice.isEmpty()) {
      giveUp(table, id);
      return;
    }
    String execution = InvoiceWorkflow.execution(id.about(), invoice.get().restarts() + 1);
    UnitOfWork work = table.begin(id.firm()).add(InvoiceItem.restarted(id.firm(), invoice.get()));
    if (handedOn(work, mail.get(), execution)) {
      begin(id, execution);
    }
  }

  /** Whether the mail still waited as it was read when it was handed to another execution. */
  private static boolean handedOn(UnitOfWork work, QueuedMail mail, String execution) {
    Write restarted = mail.restarted(execution);
    try {
      work.add(restarted).commit();
      return true;
    } catch (ConditionFailed failed) {
      if (failed.failed(restarted)) {
        return false;
      }
      throw failed;
    }
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

  /**
   * The same, where people read in the invoice's history why nothing was sent. It fails if
   * something else has happened to the mail since it was read.
   */
  public static void giveUp(Table table, QueuedMail mail, String why) {
    Mail.Id id = mail.id();
    table
        .begin(id.firm())
        .add(mail.givenUpAsRead())
        .add(HistoryEvent.now(id.firm(), id.about(), HistoryEvent.CLOCKBILL, why))
        .commit();
  }

  /**
   * The input calls what the mail is about {@code invoiceId}, also where that is a firm's notice or
   * the customer of a statement.
   */
  private void begin(Mail.Id id, String execution) {
    String which =
        switch (id.kind()) {
          case OWNER_NOTICE -> "notice";
          case REFUND -> "refund";
          case TEST_MAIL -> "test";
          case PAYMENT_REMINDER -> "reminder";
          case STATEMENT -> "statement";
          case INVOICE, RECEIPT, TIMER_REMINDER -> "mail";
        };
    workflow.start(
        execution, Json.object("firmId", id.firm(), "invoiceId", id.about(), which, id.n()));
  }
}
