package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.Map;

/**
 * Notices to a firm's owner about invoices: each is queued by the transaction that gives rise to
 * it, and mailed by an execution of its own.
 */
public final class OwnerNotices {
  private static final String NOTICE = "news";
  private static final String DETAIL = "detail";

  private final QueuedMails mails;

  /** Queues notices in this table. */
  public OwnerNotices(Table table, Environment environment) {
    this.mails = new QueuedMails(table, environment);
  }

  /**
   * Queues a notice in the transaction of an invoice's change; once that is committed, it is
   * mailed.
   *
   * @param detail the address of a mail, the amount of a payment, or why it waits, as printed
   */
  public void add(InvoiceChange change, InvoiceNotice notice, String detail) {
    mails.add(change, id(change.work().firm(), change.before()), facts(notice, detail));
  }

  /**
   * Queues a notice.
   *
   * @param invoice as it was read
   * @param change the write of the invoice in the same transaction
   * @param detail the address of a mail, the amount of a payment, or why it waits, as printed
   */
  public static Write queued(
      String firm, Invoice invoice, Write change, InvoiceNotice notice, String detail) {
    return QueuedMails.queued(id(firm, invoice), invoice, change, facts(notice, detail));
  }

  /** The same in the transaction that makes the invoice. */
  public static Write queuedWithNew(
      String firm, Invoice invoice, Write made, InvoiceNotice notice, String detail) {
    return QueuedMails.queuedWithNew(id(firm, invoice), invoice, made, facts(notice, detail));
  }

  /**
   * Has a queued notice mailed now; if that fails, the schedule pushes it.
   *
   * @param invoice as it was read before
   */
  public void tryToBegin(String firm, Invoice invoice) {
    mails.tryToBegin(id(firm, invoice), invoice);
  }

  /** Which notice a queued mail holds. */
  static InvoiceNotice notice(QueuedMail queued) {
    return InvoiceNotice.of(queued.facts().text(NOTICE));
  }

  /** The notice's detail: an address, an amount, or a reason, as printed. */
  static String detail(QueuedMail queued) {
    return queued.facts().text(DETAIL);
  }

  private static Map<String, Object> facts(InvoiceNotice notice, String detail) {
    return Json.object(NOTICE, notice.word(), DETAIL, detail);
  }

  /** Notices are counted by their executions. */
  private static Mail.Id id(String firm, Invoice invoice) {
    return new Mail.Id(firm, MailKind.OWNER_NOTICE, invoice.invoiceId(), invoice.restarts() + 1);
  }
}
