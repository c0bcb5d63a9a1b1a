package dev.clockbill.invoice.draft;

import dev.clockbill.firm.FirmSettings.OnStop;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.Drafting;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.timer.TimeEntryStore;
import dev.clockbill.timer.Work;
import java.util.Optional;

/**
 * Adds stopped time to the customer's open draft, which has an execution that waits for Send: so
 * the time needs none of its own.
 */
public final class OpenDraftTime implements Drafting {
  private final Table table;
  private final TimeEntryStore time;

  /** Adds to the drafts of this table. */
  public OpenDraftTime(Table table) {
    this.table = table;
    this.time = new TimeEntryStore(table);
  }

  @Override
  public boolean drafted(String firm, TimeEntry entry, Work work) {
    return work.firm().invoicing().onStop() == OnStop.APPEND_TO_DRAFT
        && !work.customer().sentAutomatically(work.firm())
        && added(firm, openId(firm, entry), entry).isPresent();
  }

  private String openId(String firm, TimeEntry entry) {
    return OpenDraft.id(table.get(firm, OpenDraft.key(entry.customerId())).orElse(null));
  }

  /**
   * Adds an entry to a draft.
   *
   * @param openId the id of its customer's open draft, or null
   * @return the draft, as it was before; empty if there is none that takes the entry
   * @throws dev.clockbill.table.ConditionFailed if the draft or the entry changed meanwhile
   */
  Optional<Invoice> added(String firm, String openId, TimeEntry entry) {
    Optional<Invoice> open =
        Optional.ofNullable(openId)
            .flatMap(id -> table.get(firm, InvoiceItem.key(id)))
            .map(InvoiceItem::of)
            .filter(draft -> DraftRules.takes(draft, entry));
    open.ifPresent(draft -> add(firm, draft, entry));
    return open;
  }

  private void add(String firm, Invoice open, TimeEntry entry) {
    UnitOfWork work =
        table.begin(firm).add(time.taken(firm, entry, open.invoiceId(), State.DRAFTED));
    InvoiceChange.editing(work, open, DraftRules.appended(open, entry))
        .history(HistoryEvent.CLOCKBILL, "Time added: " + DraftRules.words(entry));
    work.commit();
  }
}
