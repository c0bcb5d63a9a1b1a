package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import java.util.Map;

/**
 * A paid service.
 *
 * @param hourlyRate minor units of the firm's currency an hour; of a fixed one what time on it
 *     costs where a person bills that
 * @param description may be null
 * @param billable whether time on it is billed, unless a person says otherwise
 * @param kind whether it is billed by the hour or by its price
 * @param fixedPrice what one of it costs, in minor units of the firm's currency; null for hourly
 *     ones
 * @param active whether it can be tracked
 */
@RecordBuilder
public record Service(
    String serviceId,
    String name,
    long hourlyRate,
    String description,
    boolean billable,
    Kind kind,
    Long fixedPrice,
    boolean active,
    long version)
    implements ServiceBuilder.With, Versioned {

  /** How a service is billed. */
  public enum Kind {
    /** By the time that was spent on it. */
    HOURLY,
    /** By its price, however long it took: time on it is kept beside and not billed. */
    FIXED;

    /** As requests, responses and the table write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind that a stored word names. */
    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Whether time on it is billed by default: a service of a fixed price is billed by that price. A
   * person may say otherwise of each timer and entry.
   */
  public boolean billsTime() {
    return billable && kind == Kind.HOURLY;
  }

  /** As responses show it. */
  Map<String, Object> json() {
    return Json.object(
        "serviceId", serviceId,
        "name", name,
        "hourlyRate", hourlyRate,
        "description", description,
        "billable", billable,
        "kind", kind.word(),
        "fixedPrice", fixedPrice,
        "active", active,
        "version", version);
  }
}
