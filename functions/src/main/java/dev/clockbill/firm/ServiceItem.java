package dev.clockbill.firm;

import dev.clockbill.table.Item;

/** A paid service as the table keeps it. */
public final class ServiceItem {
  private ServiceItem() {}

  /** What the keys of all of them begin with. */
  public static final String PREFIX = "SERVICE#";

  /** The key of a service's item. */
  public static String key(String serviceId) {
    return PREFIX + serviceId;
  }

  /** Reads a service's item. */
  public static Service of(Item item) {
    return new Service(
        item.key().substring(PREFIX.length()),
        item.text("name"),
        item.number("hourlyRate"),
        item.text("description"),
        item.bool("active"),
        item.number("version"));
  }
}
