package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Table;
import java.util.Map;

/**
 * Notices to a firm's owner about invoices: each is queued by the transaction that gives rise to
 * it, and mailed by a separate execution.
 */
public final class OwnerNotices {
  private static final String NOTICE = "news";
  private static final String DETAIL = "detail";

  private final QueuedMails mails;

  /** Queues notices in this table. */
  public OwnerNotices(Table table, Environment environment) {
    this(new QueuedMails(table, environment));
  }

  /** Queues notices among these mails. */
  public OwnerNotices(QueuedMails mails) {
    this.mails = mails;
  }

  /**
   * Queues a notice in the transaction of an invoice's change; once that is committed, it is
   * mailed.
   *
   * @param detail the address of a mail, the amount of a payment, or why it waits, as printed
   */
  public void add(InvoiceChange change, InvoiceNotice notice, String detail) {
    mails.add(change, MailKind.OWNER_NOTICE, facts(notice, detail));
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
}
