package dev.clockbill.timer;

import dev.clockbill.table.Item;

/** A running timer as the table keeps it. */
public final class TimerItem {
  private TimerItem() {}

  /** What the keys of running timers begin with. */
  static final String FAMILY = "RUNNING#";

  /** The key of the timer that a member of staff has running. */
  public static String key(String staffId) {
    return FAMILY + staffId;
  }

  /** Reads a running timer's item. */
  public static Timer of(Item item) {
    return new Timer(
        item.text("timerId"),
        item.text("customerId"),
        item.text("customerName"),
        item.text("serviceId"),
        item.text("serviceName"),
        item.key().substring(FAMILY.length()),
        item.text("staffName"),
        item.text("staffEmail"),
        item.instant("startedAt"),
        item.instant("measuredFrom"),
        item.text("note"),
        item.number("remindedMinutes", 0),
        item.instant("stillWorkingAt"),
        item.number("revision"));
  }
}
