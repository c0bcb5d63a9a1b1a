package dev.clockbill.timer;

import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.timer.TimeMove.Phase;

/**
 * How the table keeps a move of time: its key, its attributes and its writes. It is in the due
 * queue as long as it is there, so that the schedule carries on what stopped on the way.
 */
public final class TimeMoveItem {
  /** What the keys of all moves begin with. */
  static final String PREFIX = "MOVE#";

  private static final String PHASE = "phase";
  private static final String INVOICE_ID = "invoiceId";
  private static final String STATE = "state";
  private static final String LEFT = "left";
  private static final String STEPS = "steps";

  private TimeMoveItem() {}

  /** The key of a move's item. */
  static String key(String moveId) {
    return PREFIX + moveId;
  }

  /** Whether a key is that of a move. */
  public static boolean isKey(String key) {
    return key.startsWith(PREFIX);
  }

  /** The id of the move with this key. */
  public static String id(String key) {
    return key.substring(PREFIX.length());
  }

  /** Reads a move's item. */
  static TimeMove of(Item item) {
    return TimeMoveBuilder.builder()
        .moveId(id(item.key()))
        .phase(Phase.of(item.text(PHASE)))
        .from(item.text("from"))
        .invoiceId(item.text(INVOICE_ID))
        .state(State.of(item.text(STATE)))
        .left(item.texts(LEFT))
        .begunAt(item.instant("begunAt"))
        .steps(item.number(STEPS))
        .build();
  }

  /** Writes a new move. */
  static Write begun(String firm, TimeMove move) {
    return Write.put(
            firm,
            key(move.moveId()),
            Json.object(
                PHASE,
                move.phase().word(),
                "from",
                move.from(),
                INVOICE_ID,
                move.invoiceId(),
                STATE,
                move.state().word(),
                LEFT,
                move.left(),
                "begunAt",
                move.begunAt(),
                STEPS,
                move.steps()))
        .due(DueQueue.PUSHES, move.moveId(), move.begunAt().plus(DueQueue.PATIENCE))
        .ifAbsent();
  }

  /** Changes nothing, but only holds while nothing is decided. */
  static Write stillClaiming(String firm, TimeMove move) {
    return Write.update(firm, key(move.moveId())).ifEquals(PHASE, Phase.CLAIMING.word());
  }

  /** Has the claimed time follow the invoice: part of the transaction that puts it on there. */
  static Write decided(String firm, TimeMove claims) {
    return stillClaiming(firm, claims).set(PHASE, Phase.FOLLOWING.word());
  }

  /** Gives up what was claimed: the time stays unbilled. */
  static Write released(String firm, TimeMove claims) {
    return decided(firm, claims).remove(INVOICE_ID).set(STATE, State.UNBILLED.word());
  }

  /** Takes the entries of the next step off the move, unless another run has done so. */
  static Write stepped(String firm, TimeMove before) {
    TimeMove after = before.stepped();
    return Write.update(firm, key(before.moveId()))
        .set(LEFT, after.left())
        .set(STEPS, after.steps())
        .ifEquals(STEPS, before.steps())
        .ifEquals(PHASE, Phase.FOLLOWING.word());
  }

  /** Deletes a move that all of its time has followed. */
  static Write forgotten(String firm, TimeMove move) {
    return Write.delete(firm, key(move.moveId())).ifEquals(STEPS, move.steps());
  }
}
