package dev.clockbill.timer;

import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.timer.TimeMove.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Gatherers;

/**
 * Has the time of large invoices follow them: in steps, right after the commit and else by the due
 * queue. Whoever reads time meanwhile carries on what is on its way and reads again, so that nobody
 * sees half of it.
 */
public final class TimeMoves {
  /** How long claims hold: longer than any function that claims may run. */
  private static final Duration LONGEST_CLAIM = Duration.ofSeconds(30);

  /** How many entries are claimed at once; a transaction takes 100 writes. */
  private static final int MOST_CLAIMED = 99;

  private final Table table;

  /** Moves the time of this table. */
  public TimeMoves(Table table) {
    this.table = table;
  }

  /**
   * Reads time with all of it where its invoices say. What was read while time was on its way is
   * read again; so nothing is seen by halves.
   */
  public <T> T settled(String firm, Supplier<T> read) {
    Set<String> known = new HashSet<>();
    while (true) {
      T seen = read.get();
      List<TimeMove> found =
          decided(firm).stream().filter(move -> known.add(move.moveId())).toList();
      if (found.isEmpty()) {
        return seen;
      }
      found.forEach(move -> carryOn(firm, move));
    }
  }

  /** Has all time of a firm follow that has yet to. */
  void settle(String firm) {
    decided(firm).forEach(move -> carryOn(firm, move));
  }

  /** The moves of a firm whose invoices have changed; claims that nobody goes on with are ended. */
  private List<TimeMove> decided(String firm) {
    List<TimeMove> decided = new ArrayList<>();
    table.family(firm, TimeMoveItem.PREFIX).stream()
        .map(TimeMoveItem::of)
        .forEach(
            move -> {
              if (move.decided()) {
                decided.add(move);
              } else if (move.begunAt().plus(LONGEST_CLAIM).isBefore(Time.now())) {
                release(firm, move);
              }
            });
    return decided;
  }

  /** Carries on a move that has waited in the due queue, or forgets it where it is done. */
  public void push(String firm, String moveId) {
    Optional<TimeMove> found = find(firm, moveId);
    if (found.isEmpty()) {
      return;
    }
    TimeMove move = found.get();
    if (!move.decided()) {
      release(firm, move);
    } else if (move.goesOn()) {
      carryOn(firm, move);
    } else {
      table.write(TimeMoveItem.forgotten(firm, move));
    }
  }

  /**
   * Has entries on an invoice follow it.
   *
   * @param work the transaction that changes the invoice
   */
  void begin(UnitOfWork work, List<String> ids, String from, String invoiceId, State state) {
    TimeMove move =
        new TimeMove(Ids.next(), Phase.FOLLOWING, from, invoiceId, state, ids, Time.now(), 0);
    work.add(TimeMoveItem.begun(work.firm(), move))
        .afterwards(() -> carryOn(work.firm(), move), "invoiceId", from);
  }

  /**
   * Claims unbilled entries for an invoice, all or none, and has them follow it once it is written.
   * Claims are made in the order of ids: of two who want the same time, the one who is the first to
   * claim the lowest of it gets all.
   *
   * @param work the transaction that puts them on the invoice; without it, the claims end
   * @throws RuntimeException the refusal of a {@linkplain InvoicedTime claim}
   */
  void claim(UnitOfWork work, List<TimeEntry> entries, String invoiceId) {
    String firm = work.firm();
    List<TimeEntry> ordered =
        entries.stream().sorted(Comparator.comparing(TimeEntry::timeEntryId)).toList();
    List<String> ids = ordered.stream().map(TimeEntry::timeEntryId).toList();
    TimeMove claims =
        new TimeMove(
            Ids.next(), Phase.CLAIMING, null, invoiceId, State.DRAFTED, ids, Time.now(), 0);
    table.write(TimeMoveItem.begun(firm, claims));
    try {
      ordered.stream()
          .gather(Gatherers.windowFixed(MOST_CLAIMED))
          .forEach(some -> claim(firm, claims, some));
    } catch (RuntimeException refused) {
      release(firm, claims);
      throw refused;
    }
    work.add(TimeMoveItem.decided(firm, claims))
        .afterwards(
            () -> find(firm, claims.moveId()).ifPresent(move -> carryOn(firm, move)),
            "invoiceId",
            invoiceId)
        .otherwise(() -> release(firm, claims), "invoiceId", invoiceId);
  }

  private void claim(String firm, TimeMove claims, List<TimeEntry> some) {
    UnitOfWork step = table.begin(firm).add(TimeMoveItem.stillClaiming(firm, claims));
    some.forEach(entry -> step.add(InvoicedTime.claimed(firm, entry, claims.moveId())));
    step.commit();
  }

  /** Ends claims, unless the invoice was written after all. */
  private void release(String firm, TimeMove claims) {
    try {
      table.write(TimeMoveItem.released(firm, claims));
    } catch (ConditionFailed decided) {
      return;
    }
    find(firm, claims.moveId()).ifPresent(move -> carryOn(firm, move));
  }

  private Optional<TimeMove> find(String firm, String moveId) {
    return table.get(firm, TimeMoveItem.key(moveId)).map(TimeMoveItem::of);
  }

  private void carryOn(String firm, TimeMove begun) {
    Optional<TimeMove> move = Optional.of(begun);
    while (move.filter(TimeMove::goesOn).isPresent()) {
      move = stepped(firm, move.get());
    }
  }

  /**
   * Makes one step. Time that has gone elsewhere stays there.
   *
   * @return the move after it, as this or another run has made it; empty where that has ended it
   */
  private Optional<TimeMove> stepped(String firm, TimeMove move) {
    List<String> next = move.next();
    while (true) {
      Write step = TimeMoveItem.stepped(firm, move);
      Map<String, Write> follow = new LinkedHashMap<>();
      next.forEach(id -> follow.put(id, InvoicedTime.follows(firm, id, move)));
      try {
        table.begin(firm).add(step).addAll(follow.values()).commit();
        return Optional.of(move.stepped());
      } catch (ConditionFailed elsewhere) {
        if (elsewhere.failed(step)) {
          return find(firm, move.moveId());
        }
        next = next.stream().filter(id -> !elsewhere.failed(follow.get(id))).toList();
      }
    }
  }
}
