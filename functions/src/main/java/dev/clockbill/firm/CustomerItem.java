package dev.clockbill.firm;

import dev.clockbill.table.Item;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** A customer as the table keeps it. */
public final class CustomerItem {
  private CustomerItem() {}

  /** What the keys of all of them begin with. */
  public static final String PREFIX = "CUSTOMER#";

  /** The key of a customer's item. */
  public static String key(String customerId) {
    return PREFIX + customerId;
  }

  /** Reads a customer's item. */
  public static Customer of(Item item) {
    Map<String, Long> rates = new TreeMap<>();
    Item kept = item.object("rates");
    kept.attributes().keySet().forEach(serviceId -> rates.put(serviceId, kept.number(serviceId)));
    return new Customer(
        item.key().substring(PREFIX.length()),
        item.text("name"),
        item.text("email"),
        item.text("address"),
        Collections.unmodifiableMap(rates),
        item.bool("sendAutomatically"),
        item.bool("active"),
        item.number("version"));
  }

  /** The partition of a firm's list of customers. */
  static String listed(String firm) {
    return firm + "#CUSTOMER";
  }

  /** As the item keeps it, with its place in the firm's list. */
  static Map<String, Object> attributes(String firm, Customer customer) {
    Map<String, Object> attributes = customer.facts();
    attributes.put("listed", listed(firm));
    attributes.put("orderedBy", Folded.orderedBy(customer.name(), customer.customerId()));
    return attributes;
  }
}
