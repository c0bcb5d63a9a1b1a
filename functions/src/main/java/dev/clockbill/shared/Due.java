package dev.clockbill.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is to be done at a time: the queues of the table's {@code Due} index. */
public final class Due {
  /** How long whatever waits for a push is left to go on by itself. */
  public static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final int SHARDS = 4;

  /** Who looks for what is due. */
  public enum Queue {
    /** Running timers, by when they are looked at next. */
    TIMERS,
    /** Whatever waits for the workflow to be started or pushed on. */
    PUSHES
  }

  private Due() {}

  /** Sets on a write when its item is due; a null instant takes it out of the queue. */
  public static Write at(Write write, Queue queue, String id, Instant when) {
    return write
        .set(Index.DUE.partition(), when == null ? null : partition(queue, shard(id)))
        .set(Index.DUE.sort(), when);
  }

  /** Whether an item is in a queue. */
  public static boolean waits(Item item) {
    return item.has(Index.DUE.partition());
  }

  /** The value of the index's partition key for an item with this id. */
  public static String partition(Queue queue, String id) {
    return partition(queue, shard(id));
  }

  /** Finds what is due by now, soonest first in each shard, at most {@code most} items of each. */
  public static List<Item> read(Ledger ledger, Queue queue, Instant now, int most) {
    List<Item> found = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      Selection due =
          Selection.of(Index.DUE, partition(queue, shard)).between(null, now.toString());
      found.addAll(ledger.page(due, most, null).items());
    }
    return found;
  }

  private static String partition(Queue queue, int shard) {
    return queue + "#" + shard;
  }

  private static int shard(String id) {
    return Math.floorMod(id.hashCode(), SHARDS);
  }
}
