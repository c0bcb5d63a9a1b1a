package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/**
 * A paid service.
 *
 * @param hourlyRate minor units of the firm's currency an hour
 * @param description may be null
 * @param active whether it can be tracked
 */
@RecordBuilder
public record Service(
    String serviceId,
    String name,
    long hourlyRate,
    String description,
    boolean active,
    long version)
    implements ServiceBuilder.With, Versioned {

  /** As responses show it. */
  Map<String, Object> json() {
    return Json.object(
        "serviceId", serviceId,
        "name", name,
        "hourlyRate", hourlyRate,
        "description", description,
        "active", active,
        "version", version);
  }
}
