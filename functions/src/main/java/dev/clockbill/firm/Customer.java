package dev.clockbill.firm;

import dev.clockbill.shared.Json;
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
    long version)
    implements Versioned {

  Customer withVersion(long next) {
    return new Customer(customerId, name, email, address, rates, sendAutomatically, active, next);
  }

  /** As answers tell it. */
  Map<String, Object> answer() {
    Map<String, Object> answer = Json.object("customerId", customerId);
    answer.putAll(facts());
    return answer;
  }

  Map<String, Object> facts() {
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
