package dev.clockbill.timer;

import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntry.State;

/**
 * Moves time onto invoices and off them, in the transaction that changes the invoice: an entry is
 * on at most one living invoice. The entry's version stays, since the time itself does not change.
 */
public final class InvoicedTime {
  private InvoicedTime() {}

  /** Puts unbilled time on a draft; it no longer waits to be drafted. */
  public static Write drafted(String firm, TimeEntry entry, String invoiceId) {
    return taken(firm, entry, invoiceId, State.DRAFTED);
  }

  /** Puts unbilled time on an invoice, which may be frozen already. */
  public static Write taken(String firm, TimeEntry entry, String invoiceId, State state) {
    return TimeEntryItem.move(firm, entry.timeEntryId(), state)
        .set("invoiceId", invoiceId)
        .remove("redrafts")
        .notDue()
        .ifEquals("state", State.UNBILLED.word())
        .ifEquals("version", entry.version());
  }

  /** Freezes a draft's time. */
  public static Write billed(String firm, TimeEntry entry, String invoiceId) {
    return TimeEntryItem.move(firm, entry.timeEntryId(), State.BILLED)
        .ifEquals("invoiceId", invoiceId)
        .ifEquals("version", entry.version());
  }

  /**
   * Takes time off an invoice; a person decides what becomes of it, and no draft is made
   * automatically.
   */
  public static Write freed(String firm, String timeEntryId, String invoiceId) {
    return TimeEntryItem.move(firm, timeEntryId, State.UNBILLED)
        .remove("invoiceId")
        .ifEquals("invoiceId", invoiceId);
  }

  /** Moves a revised invoice's time to the draft that replaces it. */
  public static Write revised(String firm, String timeEntryId, String invoiceId, String draftId) {
    return TimeEntryItem.move(firm, timeEntryId, State.DRAFTED)
        .set("invoiceId", draftId)
        .ifEquals("invoiceId", invoiceId);
  }
}
