package dev.clockbill.firm;

import dev.clockbill.shared.Item;

/**
 * A paid service.
 *
 * @param hourlyRate minor units of the firm's currency an hour
 * @param description may be null
 * @param active whether it can be tracked
 */
public record Service(
    String serviceId,
    String name,
    long hourlyRate,
    String description,
    boolean active,
    long version) {

  /** The key of a service's item. */
  public static String key(String serviceId) {
    return "SERVICE#" + serviceId;
  }

  /** Reads a service's item. */
  public static Service of(Item item) {
    return new Service(
        item.key().substring("SERVICE#".length()),
        item.text("name"),
        item.number("hourlyRate"),
        item.text("description"),
        item.bool("active"),
        item.number("version"));
  }
}
