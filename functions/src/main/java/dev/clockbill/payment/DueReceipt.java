package dev.clockbill.payment;

import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;

/**
 * The receipt of an invoice, as the invoice's item has it. An invoice that was paid, reopened and
 * paid again has a receipt for each time.
 *
 * @param id of its mail
 * @param done whether it was mailed, refused, or not needed
 */
record DueReceipt(Mail.Id id, boolean done) {
  private static final String DONE = "thanked";
  private static final String EARLIER = "receipts";

  /** The receipt of an invoice, by its item. */
  static DueReceipt of(String invoiceId, Item invoice) {
    long n = invoice.number(EARLIER, 0) + 1;
    return new DueReceipt(
        new Mail.Id(invoice.firm(), MailKind.RECEIPT, invoiceId, n), invoice.bool(DONE));
  }

  /** Adds to a write of an invoice that its receipt is done, so that nothing is left to push. */
  static void done(Write invoice) {
    invoice.set(DONE, true).notDue();
  }

  /**
   * Adds to a write of an invoice that nobody wants the receipt of this payment. The invoice stays
   * in the due queue: its workflow has to continue.
   */
  static void notWanted(Write invoice) {
    invoice.set(DONE, true);
  }

  /** Adds to a write of an invoice that is not paid yet that its receipt is wanted after all. */
  static void wanted(Write invoice) {
    invoice.remove(DONE);
  }

  /** Takes an invoice whose receipt is done out of the due queue. */
  static Write leaveQueue(Item invoice) {
    return Write.update(invoice.firm(), invoice.key()).notDue().ifEquals(DONE, true);
  }

  /** Adds to a write of an invoice that it is no longer paid: its next payment has a receipt. */
  static void nextTime(Write invoice) {
    invoice.remove(DONE).add(EARLIER, 1);
  }
}
