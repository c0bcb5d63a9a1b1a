package dev.clockbill.timer;

import dev.clockbill.timer.TimeEntry.State;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Time that follows its invoice: what becomes of more entries than one transaction takes. It is
 * written in the transaction that changes the invoice, and decides from that moment what its
 * entries are; they follow in steps, each a transaction of its own.
 *
 * @param phase whether the invoice has changed yet
 * @param from the invoice that the entries are on, or null: they are unbilled, and claimed by this
 *     move
 * @param invoiceId the invoice that they are on afterwards, or null: they become unbilled
 * @param state what they are afterwards
 * @param left the entries that have not followed yet
 * @param begunAt when it was written
 * @param steps how many were made
 */
@RecordBuilder
record TimeMove(
    String moveId,
    Phase phase,
    String from,
    String invoiceId,
    State state,
    List<String> left,
    Instant begunAt,
    long steps) {

  /** A transaction takes 100 writes; one is of the move itself. */
  private static final int MOST_IN_A_STEP = 99;

  /** How far a move is. */
  enum Phase {
    /** Unbilled time is claimed for an invoice, so that nobody else bills or changes it. */
    CLAIMING,
    /** The invoice has changed, and its time follows. */
    FOLLOWING;

    /** As the table writes it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The phase that a stored word names. */
    static Phase of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** Whether the invoice has changed, so that this says what its entries are. */
  boolean decided() {
    return phase == Phase.FOLLOWING;
  }

  /** Whether entries have yet to follow. */
  boolean goesOn() {
    return decided() && !left.isEmpty();
  }

  /** The entries of the next step. */
  List<String> next() {
    return left.subList(0, Math.min(MOST_IN_A_STEP, left.size()));
  }

  /** The same after the next step. */
  TimeMove stepped() {
    return TimeMoveBuilder.builder(this)
        .left(left.subList(next().size(), left.size()))
        .steps(steps + 1)
        .build();
  }
}
