package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.mail.Mail;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.Map;

/**
 * Tells a firm's owner of news about invoices: each notice is queued by the transaction that brings
 * the news, and mailed by an execution of its own.
 */
public final class OwnerNotices {
  /** The kind of their mails. */
  static final String KIND = "ownerNotice";

  private final QueuedMails mails;

  /** Tells of what happens in this table. */
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
      String firm, Invoice invoice, Write change, InvoiceNotice news, String detail) {
    return QueuedMails.queued(id(firm, invoice), invoice, change, facts(news, detail));
  }

  /** The same in the transaction that makes the invoice. */
  public static Write queuedWithNew(
      String firm, Invoice invoice, Write made, InvoiceNotice news, String detail) {
    return QueuedMails.queuedWithNew(id(firm, invoice), invoice, made, facts(news, detail));
  }

  private static Map<String, Object> facts(InvoiceNotice news, String detail) {
    return Json.object("news", news.word(), "detail", detail);
  }

  /**
   * Has a queued notice mailed now; if that fails, the schedule pushes it.
   *
   * @param invoice as it was read before
   */
  public void tryToBegin(String firm, Invoice invoice) {
    mails.tryToBegin(id(firm, invoice), invoice);
  }

  /** Notices are counted by their executions. */
  private static Mail.Id id(String firm, Invoice invoice) {
    return new Mail.Id(firm, KIND, invoice.invoiceId(), invoice.restarts() + 1);
  }
}
