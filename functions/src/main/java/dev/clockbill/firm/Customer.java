package dev.clockbill.firm;

import dev.clockbill.shared.Item;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is billed.
 *
 * @param address text with line breaks; may be null
 * @param rates minor units an hour by service id, where they differ from the service's; zero is one
 * @param sendAutomatically whether a draft is sent as soon as it is made
 */
public record Customer(
    String customerId,
    String name,
    String email,
    String address,
    Map<String, Long> rates,
    boolean sendAutomatically,
    boolean active,
    long version) {

  /** The key of a customer's item. */
  public static String key(String customerId) {
    return "CUSTOMER#" + customerId;
  }

  /** Reads a customer's item. */
  public static Customer of(Item item) {
    Map<String, Long> rates = new LinkedHashMap<>();
    Item kept = item.object("rates");
    kept.attributes().keySet().forEach(serviceId -> rates.put(serviceId, kept.number(serviceId)));
    return new Customer(
        item.key().substring("CUSTOMER#".length()),
        item.text("name"),
        item.text("email"),
        item.text("address"),
        Map.copyOf(rates),
        item.bool("sendAutomatically"),
        item.bool("active"),
        item.number("version"));
  }
}
