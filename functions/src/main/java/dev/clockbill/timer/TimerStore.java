package dev.clockbill.timer;

import dev.clockbill.shared.Caller;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Write;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps running timers: the item {@code RUNNING#staffId}, whose existence is the rule that a member
 * of staff has one at most. It waits in the queue of timers until it is looked at next.
 */
public final class TimerStore {
  private final Ledger ledger;

  /** Keeps them in this ledger. */
  public TimerStore(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The timer that a member of staff has running. */
  public Optional<Timer> running(String firm, String staffId) {
    return ledger.get(firm, Timer.key(staffId)).map(Timer::of);
  }

  /** All running timers of a firm. */
  public List<Timer> all(String firm) {
    return ledger.family(firm, Timer.FAMILY).stream().map(Timer::of).toList();
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
  static void mayChange(Caller caller, String staffId, String what) {
    if (!staffId.equals(caller.staffId())) {
      caller.mustOwn("change another person's " + what);
    }
  }

  /** Starts a timer if its person has none running. */
  static Write start(String firm, Timer timer, Limits limits, Instant now) {
    return put(firm, timer, limits, now).ifAbsent();
  }

  /** Puts a timer, new or corrected, in the place of one that is still as it was read. */
  static Write replace(String firm, Timer old, Timer timer, Limits limits, Instant now) {
    return asRead(put(firm, timer, limits, now), old);
  }

  /** Ends a timer that is still as it was read. */
  static Write end(String firm, Timer timer) {
    return asRead(Write.delete(firm, Timer.key(timer.staffId())), timer);
  }

  /** Notes which limit a timer was reminded of, if it is still as it was read. */
  static Write reminded(String firm, Timer timer, long limit, Instant look) {
    Write write = Write.update(firm, Timer.key(timer.staffId())).set("remindedMinutes", limit);
    return asRead(Due.at(write, Due.Queue.TIMERS, timer.timerId(), look), timer);
  }

  /** Notes that its person is still at work, if a timer is still as it was read. */
  static Write stillWorking(String firm, Timer timer, Instant at) {
    Write write = Write.update(firm, Timer.key(timer.staffId())).set("stillWorkingAt", at);
    return asRead(write, timer);
  }

  private static Write asRead(Write write, Timer timer) {
    return write.ifEquals("timerId", timer.timerId()).ifEquals("revision", timer.revision());
  }

  private static Write put(String firm, Timer timer, Limits limits, Instant now) {
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
    Write write = Write.put(firm, Timer.key(timer.staffId()), attributes);
    Instant look = limits.look(timer.startedAt(), timer.remindedMinutes(), now);
    return Due.at(write, Due.Queue.TIMERS, timer.timerId(), look);
  }
}
