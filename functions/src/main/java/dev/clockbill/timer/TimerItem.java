package dev.clockbill.timer;

import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Instant;

/**
 * How the table keeps a running timer: its key, its attributes, its writes and its place in the
 * queue.
 */
public final class TimerItem {
  /** What the keys of running timers begin with. */
  static final String PREFIX = "RUNNING#";

  private TimerItem() {}

  /** The key of the timer that a member of staff has running. */
  public static String key(String staffId) {
    return PREFIX + staffId;
  }

  /** Whose timer has this key. */
  static String staffId(String key) {
    return key.substring(PREFIX.length());
  }

  /** Reads a running timer's item. */
  public static Timer of(Item item) {
    return TimerBuilder.builder()
        .timerId(item.text("timerId"))
        .customerId(item.text("customerId"))
        .customerName(item.text("customerName"))
        .serviceId(item.text("serviceId"))
        .serviceName(item.text("serviceName"))
        .staffId(staffId(item.key()))
        .staffName(item.text("staffName"))
        .staffEmail(item.text("staffEmail"))
        .startedAt(item.instant("startedAt"))
        .measuredFrom(item.instant("measuredFrom"))
        .note(item.text("note"))
        .billable(BillableItem.of(item))
        .remindedMinutes(item.number("remindedMinutes", 0))
        .stillWorkingAt(item.instant("stillWorkingAt"))
        .revision(item.number("revision"))
        .build();
  }

  /** Starts a timer, unless its person has one running. */
  static Write start(String firm, Timer timer, ReminderLimits limits, Instant now) {
    return put(firm, timer, limits, now).ifAbsent();
  }

  /** Puts a new or corrected timer in the place of one, unless that one changed meanwhile. */
  static Write replace(String firm, Timer old, Timer timer, ReminderLimits limits, Instant now) {
    return ifUnchanged(put(firm, timer, limits, now), old);
  }

  /** Ends a timer, unless it changed meanwhile. */
  static Write end(String firm, Timer timer) {
    return ifUnchanged(Write.delete(firm, key(timer.staffId())), timer);
  }

  /** Notes which limit a timer's person was reminded of, unless the timer changed meanwhile. */
  static Write reminded(String firm, Timer timer, long limit, Instant nextLook) {
    Write write = Write.update(firm, key(timer.staffId())).set("remindedMinutes", limit);
    return ifUnchanged(write.due(DueQueue.TIMERS, timer.timerId(), nextLook), timer);
  }

  /** Notes that its person is still working, unless the timer changed meanwhile. */
  static Write stillWorking(String firm, Timer timer, Instant at) {
    Write write = Write.update(firm, key(timer.staffId())).set("stillWorkingAt", at);
    return ifUnchanged(write, timer);
  }

  private static Write ifUnchanged(Write write, Timer timer) {
    return write.ifEquals("timerId", timer.timerId()).ifEquals("revision", timer.revision());
  }

  private static Write put(String firm, Timer timer, ReminderLimits limits, Instant now) {
    Instant nextLook = limits.nextLook(timer.startedAt(), timer.remindedMinutes(), now);
    return Write.put(
            firm,
            key(timer.staffId()),
            Json.object(
                "timerId",
                timer.timerId(),
                "customerId",
                timer.customerId(),
                "customerName",
                timer.customerName(),
                "serviceId",
                timer.serviceId(),
                "serviceName",
                timer.serviceName(),
                "staffName",
                timer.staffName(),
                "staffEmail",
                timer.staffEmail(),
                "startedAt",
                timer.startedAt(),
                "measuredFrom",
                timer.measuredFrom(),
                "note",
                timer.note(),
                BillableItem.NOT,
                BillableItem.not(timer.billable()),
                BillableItem.CHOSEN,
                BillableItem.chosen(timer.billable()),
                "remindedMinutes",
                timer.remindedMinutes(),
                "stillWorkingAt",
                timer.stillWorkingAt(),
                "revision",
                timer.revision()))
        .due(DueQueue.TIMERS, timer.timerId(), nextLook);
  }
}
