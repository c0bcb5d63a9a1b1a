package dev.clockbill.invoice.draft;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.Line;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.InvoicedTime;
import dev.clockbill.timer.TimeEntry;
import java.util.List;
import java.util.Map;

/** Makes drafts of time that was collected. */
public final class GatheredTime {
  private final InvoicedTime invoiced;

  /** Makes the drafts of this table. */
  public GatheredTime(Table table) {
    this.invoiced = new InvoicedTime(table);
  }

  /**
   * Makes a draft of time as it is: of one customer, in one currency, no more than one invoice
   * takes. The transaction fails if any of it is drafted or changed meanwhile. Nothing waits for
   * Send, which starts its workflow: of many drafts that are made at once, no execution is open.
   *
   * @param overlaps by the id of an entry, other time of the same person that it overlaps
   * @param who makes it
   * @param how that is told in its history
   */
  public Invoice draft(
      UnitOfWork work,
      FirmSettings firm,
      Party customer,
      List<TimeEntry> time,
      Map<String, List<String>> overlaps,
      String who,
      String how) {
    Invoice draft =
        DraftRules.opened(
            firm,
            customer,
            time.getFirst().currency(),
            time.stream().map(Line::ofTime).toList(),
            null,
            Invoice.Links.NONE);
    InvoiceChange.makingForLater(work, draft).history(who, how);
    invoiced.draft(
        work,
        time.stream()
            .map(entry -> entry.withOverlaps(overlaps.getOrDefault(entry.timeEntryId(), List.of())))
            .toList(),
        draft.invoiceId());
    return draft;
  }
}
