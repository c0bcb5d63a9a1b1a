package dev.clockbill.timer;

import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Instant;

/** How the table keeps a running timer: its key, its attributes and its place in the queue. */
public final class TimerItem {
  /** What the keys of running timers begin with. */
  static final String PREFIX = "RUNNING#";

  private TimerItem() {}

  /** The key of the timer that a member of staff has running. */
  public static String key(String staffId) {
    return PREFIX + staffId;
  }

  /** Reads a running timer's item. */
  public static Timer of(Item item) {
    return TimerBuilder.builder()
        .timerId(item.text("timerId"))
        .customerId(item.text("customerId"))
        .customerName(item.text("customerName"))
        .serviceId(item.text("serviceId"))
        .serviceName(item.text("serviceName"))
        .staffId(item.key().substring(PREFIX.length()))
        .staffName(item.text("staffName"))
        .staffEmail(item.text("staffEmail"))
        .startedAt(item.instant("startedAt"))
        .measuredFrom(item.instant("measuredFrom"))
        .note(item.text("note"))
        .remindedMinutes(item.number("remindedMinutes", 0))
        .stillWorkingAt(item.instant("stillWorkingAt"))
        .revision(item.number("revision"))
        .build();
  }

  /** Writes the whole item of a timer, to be looked at again at an instant. */
  static Write put(String firm, Timer timer, Instant nextLook) {
    return Write.put(
            firm,
            key(timer.staffId()),
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
                "revision", timer.revision()))
        .due(DueQueue.TIMERS, timer.timerId(), nextLook);
  }

  /** Sets which limit a timer's person was reminded of, and when to look at it again. */
  static Write reminded(String firm, Timer timer, long limit, Instant nextLook) {
    return Write.update(firm, key(timer.staffId()))
        .set("remindedMinutes", limit)
        .due(DueQueue.TIMERS, timer.timerId(), nextLook);
  }

  /** Sets when its person last said that they are still working. */
  static Write stillWorking(String firm, Timer timer, Instant at) {
    return Write.update(firm, key(timer.staffId())).set("stillWorkingAt", at);
  }

  /** Adds the condition that nobody stopped, replaced or corrected the timer meanwhile. */
  static Write unchanged(Write write, Timer timer) {
    return write.ifEquals("timerId", timer.timerId()).ifEquals("revision", timer.revision());
  }
}
