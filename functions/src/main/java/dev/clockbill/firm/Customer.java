package dev.clockbill.firm;

import dev.clockbill.shared.Item;
import dev.clockbill.shared.Json;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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
    long version)
    implements Versioned {

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

  Customer withVersion(long next) {
    return new Customer(customerId, name, email, address, rates, sendAutomatically, active, next);
  }

  /** As the item keeps it, with its place in the firm's list. */
  Map<String, Object> attributes(String firm) {
    Map<String, Object> attributes = facts();
    attributes.put("listed", listed(firm));
    attributes.put("orderedBy", Folded.orderedBy(name, customerId));
    return attributes;
  }

  /** As answers tell it. */
  Map<String, Object> answer() {
    Map<String, Object> answer = Json.object("customerId", customerId);
    answer.putAll(facts());
    return answer;
  }

  /** The partition of a firm's list of customers. */
  static String listed(String firm) {
    return firm + "#CUSTOMER";
  }

  private Map<String, Object> facts() {
    return Json.object(
        "name", name,
        "email", email,
        "address", address,
        "rates", rates,
        "sendAutomatically", sendAutomatically,
        "active", active,
        "version", version);
  }
}
