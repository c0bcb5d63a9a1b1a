package dev.clockbill.timer;

import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntry.State;

/**
 * Moves time onto invoices and off them, in the transaction that moves the invoice: an entry is on
 * at most one living invoice. The entry's version stays, since nothing of the time itself changes.
 */
public final class InvoicedTime {
  private InvoicedTime() {}

  /** Puts unbilled time on a draft, as it was read; nothing waits to draft it any more. */
  public static Write drafted(String firm, TimeEntry entry, String invoiceId) {
    return taken(firm, entry, invoiceId, State.DRAFTED);
  }

  /** Puts unbilled time on an invoice in any state, as it was read. */
  public static Write taken(String firm, TimeEntry entry, String invoiceId, State state) {
    Write write =
        moved(firm, entry.timeEntryId(), state)
            .set("invoiceId", invoiceId)
            .remove("redrafts")
            .ifEquals("state", State.UNBILLED.word())
            .ifEquals("version", entry.version());
    return write.notDue();
  }

  /** Freezes a draft's time, as it was read. */
  public static Write billed(String firm, TimeEntry entry, String invoiceId) {
    return moved(firm, entry.timeEntryId(), State.BILLED)
        .ifEquals("invoiceId", invoiceId)
        .ifEquals("version", entry.version());
  }

  /** Takes time off an invoice; it then waits for a person, and is not drafted anew by itself. */
  public static Write freed(String firm, String timeEntryId, String invoiceId) {
    return moved(firm, timeEntryId, State.UNBILLED)
        .remove("invoiceId")
        .ifEquals("invoiceId", invoiceId);
  }

  /** Has a revised invoice's time go over to the draft that takes its place. */
  public static Write revised(String firm, String timeEntryId, String invoiceId, String draftId) {
    return moved(firm, timeEntryId, State.DRAFTED)
        .set("invoiceId", draftId)
        .ifEquals("invoiceId", invoiceId);
  }

  private static Write moved(String firm, String timeEntryId, State state) {
    return Write.update(firm, TimeEntryItem.key(timeEntryId))
        .set("state", state.word())
        .set("byState", firm + "#TIME#" + state.word());
  }
}
