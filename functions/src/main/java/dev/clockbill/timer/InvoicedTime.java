package dev.clockbill.timer;

import dev.clockbill.http.Problem;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntry.State;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Moves time onto invoices and off them, with the transaction that changes the invoice: an entry is
 * on at most one living invoice. Where the time does not fit into that transaction, it {@linkplain
 * TimeMove follows}. The entry's version stays, since the time itself does not change.
 */
public final class InvoicedTime {
  private static final String INVOICE_ID = "invoiceId";
  private static final String OVERLAPS = "overlaps";

  /** The move that has claimed an entry; nobody else changes or bills it meanwhile. */
  private static final String CLAIM = "claim";

  /** How many writes a transaction has with the time in it; it may have 100. */
  private static final int MOST_AT_ONCE = 80;

  private final TimeMoves moves;

  /** Moves the time of this table. */
  public InvoicedTime(Table table) {
    this.moves = new TimeMoves(table);
  }

  /**
   * Puts unbilled time on a draft; it no longer waits to be drafted.
   *
   * @throws Problem 409 {@code time-billed} if somebody else is about to bill it
   */
  public void draft(UnitOfWork work, Collection<TimeEntry> entries, String invoiceId) {
    if (together(work, entries.size())) {
      entries.forEach(entry -> work.add(taken(work.firm(), entry, invoiceId, State.DRAFTED)));
    } else {
      moves.claim(work, List.copyOf(entries), invoiceId);
    }
  }

  /** Freezes a draft's time. */
  public void bill(UnitOfWork work, List<TimeEntry> entries, String invoiceId) {
    if (together(work, entries.size())) {
      entries.forEach(entry -> work.add(billed(work.firm(), entry, invoiceId)));
    } else {
      List<String> ids = entries.stream().map(TimeEntry::timeEntryId).toList();
      moves.begin(work, ids, invoiceId, invoiceId, State.BILLED);
    }
  }

  /**
   * Takes time off an invoice; a person decides what becomes of it, and no draft is made
   * automatically.
   */
  public void free(UnitOfWork work, Collection<String> ids, String invoiceId) {
    move(work, ids, invoiceId, null, State.UNBILLED);
  }

  /** Moves an invoice's time to a draft that takes its place. */
  public void moveTo(UnitOfWork work, Collection<String> ids, String invoiceId, String draftId) {
    move(work, ids, invoiceId, draftId, State.DRAFTED);
  }

  private void move(
      UnitOfWork work, Collection<String> ids, String from, String invoiceId, State state) {
    if (together(work, ids.size())) {
      ids.forEach(id -> work.add(moved(work.firm(), id, from, invoiceId, state)));
    } else {
      moves.begin(work, List.copyOf(ids), from, invoiceId, state);
    }
  }

  /**
   * Whether so much time moves with the transaction itself. What has yet to follow from before
   * comes first: at once where the time is to follow once more, else where it is in the way.
   */
  private boolean together(UnitOfWork work, int entries) {
    boolean together = work.size() + entries <= MOST_AT_ONCE;
    if (together) {
      work.otherwise(() -> moves.settle(work.firm()));
    } else {
      moves.settle(work.firm());
    }
    return together;
  }

  /** Puts unbilled time on an invoice, which may be frozen already. */
  public static Write taken(String firm, TimeEntry entry, String invoiceId, State state) {
    return unclaimed(
        TimeEntryItem.move(firm, entry.timeEntryId(), state)
            .set(INVOICE_ID, invoiceId)
            .set(OVERLAPS, entry.overlaps())
            .remove("redrafts")
            .notDue()
            .ifEquals("state", State.UNBILLED.word())
            .ifEquals("version", entry.version()));
  }

  private static Write billed(String firm, TimeEntry entry, String invoiceId) {
    return TimeEntryItem.move(firm, entry.timeEntryId(), State.BILLED)
        .ifEquals(INVOICE_ID, invoiceId)
        .ifEquals("version", entry.version());
  }

  private static Write moved(String firm, String id, String from, String invoiceId, State state) {
    return TimeEntryItem.move(firm, id, state)
        .set(INVOICE_ID, invoiceId)
        .ifEquals(INVOICE_ID, from);
  }

  /** Claims unbilled time for a move. */
  static Write claimed(String firm, TimeEntry entry, String moveId) {
    return unclaimed(
        Write.update(firm, TimeEntryItem.key(entry.timeEntryId()))
            .set(CLAIM, moveId)
            .set(OVERLAPS, entry.overlaps())
            .ifEquals("state", State.UNBILLED.word())
            .ifEquals("version", entry.version()));
  }

  /** Adds the condition that nobody has claimed an entry. */
  static Write unclaimed(Write write) {
    Function<Optional<Item>, RuntimeException> refusal =
        present ->
            present.filter(item -> item.has(CLAIM)).isEmpty()
                ? null
                : Problem.of(
                    409,
                    "time-billed",
                    "Somebody is putting this time on an invoice right now. Try again in a"
                        + " moment.");
    return write.ifEquals(CLAIM, null).orRefuse(refusal);
  }

  /** Makes an entry what a move says, if it still is where the move found it. */
  static Write follows(String firm, String id, TimeMove move) {
    if (move.from() != null) {
      return moved(firm, id, move.from(), move.invoiceId(), move.state());
    }
    Write write =
        TimeEntryItem.move(firm, id, move.state())
            .set(INVOICE_ID, move.invoiceId())
            .remove(CLAIM)
            .ifEquals(CLAIM, move.moveId());
    return move.invoiceId() == null ? write : write.remove("redrafts").notDue();
  }
}
