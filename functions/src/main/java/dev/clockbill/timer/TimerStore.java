package dev.clockbill.timer;

import dev.clockbill.http.Caller;
import dev.clockbill.http.Problem;
import dev.clockbill.table.Table;
import java.util.List;
import java.util.Optional;

/**
 * Finds running timers: the item {@code RUNNING#staffId}, whose existence is the rule that a member
 * of staff has one at most. The due queue says when to look at it next.
 */
public final class TimerStore {
  private final Table table;

  /** Keeps them in this table. */
  public TimerStore(Table table) {
    this.table = table;
  }

  /** The timer that a member of staff has running. */
  public Optional<Timer> running(String firm, String staffId) {
    return table.get(firm, TimerItem.key(staffId)).map(TimerItem::of);
  }

  /** All running timers of a firm. */
  public List<Timer> all(String firm) {
    return table.family(firm, TimerItem.PREFIX).stream().map(TimerItem::of).toList();
  }

  /** A running timer of anybody in the firm. */
  Optional<Timer> find(String firm, String timerId) {
    return all(firm).stream().filter(timer -> timer.timerId().equals(timerId)).findFirst();
  }

  /**
   * A running timer that the caller may change: their own, or, for owners, anybody's.
   *
   * @throws Problem 404 {@code timer-not-found}, or 403 {@code owner-only}
   */
  Timer changeable(Caller caller, String timerId) {
    Timer timer =
        running(caller.firm(), caller.staffId())
            .filter(own -> own.timerId().equals(timerId))
            .or(() -> find(caller.firm(), timerId))
            .orElseThrow(() -> Problem.notFound("timer"));
    mayChange(caller, timer.staffId(), "timer");
    return timer;
  }

  /**
   * Refuses everybody but the person whose timer or time it is, and owners.
   *
   * @throws Problem 403 {@code owner-only}
   */
  public static void mayChange(Caller caller, String staffId, String what) {
    if (!staffId.equals(caller.staffId())) {
      caller.mustOwn("change another person's " + what);
    }
  }
}
