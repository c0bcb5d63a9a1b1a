package dev.clockbill.table;

import dev.clockbill.shared.Log;
import dev.clockbill.shared.SeveralAtOnce;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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

  /**
   * Among how many partitions of the index a queue is spread: at nine in the morning all reminders
   * of a zone are due at once, and a partition takes 1,000 writes a second (docs/scale.md). More of
   * them find what waits in the first ones too.
   */
  private static final int SHARDS = 16;

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

  /**
   * Works off what is due by now, soonest first, each item once: the shards by turns, so that none
   * waits for another one, and as long as enough time is left. What is not reached stays due and
   * comes first the next time, if whatever fails is {@linkplain #postponed postponed}. The first
   * thing logged is how long the oldest has waited.
   *
   * @param most how many items of each shard are read at a time
   * @param atOnce how many items are worked on at a time, each in a thread of its own
   * @param enough the time that an item may take
   * @param work does what is due; false if it makes no sense to go on
   */
  public void workOff(Table table, int most, int atOnce, Duration enough, Predicate<Item> work) {
    Set<List<String>> seen = new HashSet<>();
    Instant begun = Time.now();
    List<Item> due = due(table, begun, most);
    tellOldest(due, begun);
    while (!due.isEmpty()) {
      List<Item> unseen =
          due.stream().filter(item -> seen.add(List.of(item.firm(), item.key()))).toList();
      if (!SeveralAtOnce.all(unseen, atOnce, item -> worked(item, enough, work))) {
        return;
      }
      due = unseen.isEmpty() ? unseen : due(table, Time.now(), most);
    }
  }

  private boolean worked(Item item, Duration enough, Predicate<Item> work) {
    if (TimeLeft.now().compareTo(enough) < 0) {
      Log.info("the next run goes on", "queue", toString());
      return false;
    }
    return work.test(item);
  }

  /** Logs how long the oldest of what is due has waited; an alarm looks at it. */
  private void tellOldest(List<Item> due, Instant now) {
    long seconds =
        due.stream()
            .map(item -> Instant.parse(item.text(Index.DUE.sort())))
            .min(Comparator.naturalOrder())
            .map(oldest -> Duration.between(oldest, now).toSeconds())
            .orElse(0L);
    Log.info("oldest due", "queue", toString(), "seconds", seconds);
  }

  /** Finds what is due, the soonest of each shard, then the next of each. */
  private List<Item> due(Table table, Instant now, int most) {
    List<Iterator<Item>> shards = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      IndexQuery due = IndexQuery.of(Index.DUE, this + "#" + shard).between(null, now.toString());
      shards.add(table.page(due, most, null).items().iterator());
    }
    List<Item> found = new ArrayList<>();
    while (shards.stream().anyMatch(Iterator::hasNext)) {
      shards.stream().filter(Iterator::hasNext).forEach(shard -> found.add(shard.next()));
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
  public String partition(String id) {
    return this + "#" + Math.floorMod(id.hashCode(), SHARDS);
  }
}
