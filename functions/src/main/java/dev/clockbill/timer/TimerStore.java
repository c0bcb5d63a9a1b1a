package dev.clockbill.timer;

import dev.clockbill.http.Caller;
import dev.clockbill.http.Problem;
import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps running timers: the item {@code RUNNING#staffId}, whose existence is the rule that a member
 * of staff has one at most. It waits in the queue of timers until it is looked at next.
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
    return table.family(firm, TimerItem.FAMILY).stream().map(TimerItem::of).toList();
  }

  /** A running timer of anybody's in the firm. */
  Optional<Timer> find(String firm, String timerId) {
    return all(firm).stream().filter(timer -> timer.timerId().equals(timerId)).findFirst();
  }

  /**
   * A running timer that the caller may change: their own, or an owner anybody's.
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

  /** Starts a timer if its person has none running. */
  static Write start(String firm, Timer timer, ReminderLimits limits, Instant now) {
    return put(firm, timer, limits, now).ifAbsent();
  }

  /** Puts a timer, new or corrected, in the place of one that is still as it was read. */
  static Write replace(String firm, Timer old, Timer timer, ReminderLimits limits, Instant now) {
    return asRead(put(firm, timer, limits, now), old);
  }

  /** Ends a timer that is still as it was read. */
  static Write end(String firm, Timer timer) {
    return asRead(Write.delete(firm, TimerItem.key(timer.staffId())), timer);
  }

  /** Notes which limit a timer was reminded of, if it is still as it was read. */
  static Write reminded(String firm, Timer timer, long limit, Instant look) {
    Write write = Write.update(firm, TimerItem.key(timer.staffId())).set("remindedMinutes", limit);
    return asRead(write.due(DueQueue.TIMERS, timer.timerId(), look), timer);
  }

  /** Notes that its person is still at work, if a timer is still as it was read. */
  static Write stillWorking(String firm, Timer timer, Instant at) {
    Write write = Write.update(firm, TimerItem.key(timer.staffId())).set("stillWorkingAt", at);
    return asRead(write, timer);
  }

  private static Write asRead(Write write, Timer timer) {
    return write.ifEquals("timerId", timer.timerId()).ifEquals("revision", timer.revision());
  }

  private static Write put(String firm, Timer timer, ReminderLimits limits, Instant now) {
    Map<String, Object> attributes =
        Json.object(
            "timerId", timer.timerId(),
            "customerId", timer.customerId(),
            "customerName", timer.customerName(),
            "serviceId", timer.serviceId(),
            "serviceName", timer.serviceName(),
            "staffName", timer.staffName(),
            "staffEmail", timer.staffEmail(),
            "startedAt", timer.startedAt(),
            "measuredFrom", timer.measuredFrom(),
            "note", timer.note(),
            "remindedMinutes", timer.remindedMinutes(),
            "stillWorkingAt", timer.stillWorkingAt(),
            "revision", timer.revision());
    Write write = Write.put(firm, TimerItem.key(timer.staffId()), attributes);
    Instant look = limits.look(timer.startedAt(), timer.remindedMinutes(), now);
    return write.due(DueQueue.TIMERS, timer.timerId(), look);
  }
}
