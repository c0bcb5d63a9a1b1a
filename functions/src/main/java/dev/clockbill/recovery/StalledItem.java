package dev.clockbill.recovery;

import dev.clockbill.billing.BillingRunItem;
import dev.clockbill.firm.BillingMonth;
import dev.clockbill.invoice.DeletedDraft;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.mail.Mail;
import dev.clockbill.payment.Refunds;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.table.Item;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.timer.TimeMoveItem;

/** An item that waits in the due queue to be pushed on: what kind it is, by its key. */
sealed interface StalledItem {
  /** A time entry that no execution has drafted yet. */
  record OfTime(String timeEntryId) implements StalledItem {}

  /** An invoice whose workflow has to continue or to end. */
  record OfInvoice(String invoiceId) implements StalledItem {}

  /** A draft that was deleted while a step of the workflow waited for it. */
  record OfDeletedDraft(String invoiceId) implements StalledItem {}

  /** Time that has yet to follow its invoice. */
  record OfTimeMove(String moveId) implements StalledItem {}

  /** A queued mail that was not sent yet. */
  record OfMail(Mail.Id id) implements StalledItem {}

  /** A checkout that the processor has to end. */
  record OfCheckout(String key) implements StalledItem {}

  /** A refund that the processor has to be asked for. */
  record OfRefund(String key) implements StalledItem {}

  /** A billing run that makes or sends drafts. */
  record OfRun(String runId) implements StalledItem {}

  /** A firm whose day of the month has come. */
  record OfMonth() implements StalledItem {}

  /**
   * The kind of an item.
   *
   * @throws IllegalArgumentException if nothing of its kind is ever queued
   */
  static StalledItem of(Item item) {
    String key = item.key();
    if (TimeEntryItem.isKey(key)) {
      return new OfTime(TimeEntryItem.id(key));
    }
    if (TimeMoveItem.isKey(key)) {
      return new OfTimeMove(TimeMoveItem.id(key));
    }
    if (InvoiceItem.isKey(key)) {
      return new OfInvoice(InvoiceItem.id(key));
    }
    if (DeletedDraft.isKey(key)) {
      return new OfDeletedDraft(DeletedDraft.id(key));
    }
    if (key.startsWith(Mail.Id.PREFIX)) {
      return new OfMail(Mail.Id.of(item));
    }
    if (StaleCheckouts.is(item)) {
      return new OfCheckout(key);
    }
    if (Refunds.is(item)) {
      return new OfRefund(key);
    }
    if (BillingRunItem.isKey(key)) {
      return new OfRun(BillingRunItem.id(key));
    }
    if (key.equals(BillingMonth.KEY)) {
      return new OfMonth();
    }
    throw new IllegalArgumentException("nothing pushes this on: " + key);
  }
}
