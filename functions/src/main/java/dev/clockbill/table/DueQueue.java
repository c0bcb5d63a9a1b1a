package dev.clockbill.table;

import dev.clockbill.shared.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is to be done at a time: the queues of the table's {@code Due} index. */
public enum DueQueue {
  /** Running timers, by when they are looked at next. */
  TIMERS,
  /** Whatever waits for the workflow to be started or pushed on. */
  PUSHES,
  /** Checkouts, by when the processor is asked how they ended. */
  CHECKOUTS,
  /** Accounts at the processor, by when it is asked for news of them. */
  ACCOUNTS;

  /** How long something that waits for a push is given to continue without one. */
  public static final Duration PATIENCE = Duration.ofMinutes(3);

  /** How long to wait before each restart at the same place; the last value repeats. */
  private static final List<Duration> BACKOFF =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(1));

  private static final int SHARDS = 4;

  /** How long to wait before the n-th restart at the same place, n counting from 1. */
  public static Duration backoff(long n) {
    return BACKOFF.get((int) Math.min(n, BACKOFF.size()) - 1);
  }

  /** Whether an item is in a queue. */
  public static boolean holds(Item item) {
    return item.has(Index.DUE.partition());
  }

  /** Whether an item is in this queue. */
  public boolean has(Item item) {
    return holds(item) && item.text(Index.DUE.partition()).startsWith(this + "#");
  }

  /** Finds what is due by now, soonest first in each shard, at most {@code most} items of each. */
  public List<Item> due(Table table, Instant now, int most) {
    List<Item> found = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      IndexQuery due = IndexQuery.of(Index.DUE, this + "#" + shard).between(null, now.toString());
      found.addAll(table.page(due, most, null).items());
    }
    return found;
  }

  /**
   * Makes an item that was found due again later, before somebody goes on with it.
   *
   * @return false if another run that found it at the same time was quicker
   */
  public static boolean postponed(Table table, Item found, Duration wait) {
    Write later =
        Write.update(found.firm(), found.key())
            .set(Index.DUE.sort(), Time.now().plus(wait))
            .ifEquals(Index.DUE.sort(), found.text(Index.DUE.sort()));
    try {
      table.write(later);
      return true;
    } catch (ConditionFailed takenUp) {
      return false;
    }
  }

  /** The value of the index's partition key for an item with this id. */
  String partition(String id) {
    return this + "#" + Math.floorMod(id.hashCode(), SHARDS);
  }
}
