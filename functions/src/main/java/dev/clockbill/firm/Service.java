package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import java.util.Map;

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
    long version)
    implements Versioned {

  Service withVersion(long next) {
    return new Service(serviceId, name, hourlyRate, description, active, next);
  }

  /** As the item keeps it. */
  Map<String, Object> attributes() {
    return Json.object(
        "name", name,
        "hourlyRate", hourlyRate,
        "description", description,
        "active", active,
        "version", version);
  }

  /** As answers tell it. */
  Map<String, Object> answer() {
    Map<String, Object> answer = Json.object("serviceId", serviceId);
    answer.putAll(attributes());
    return answer;
  }
}
