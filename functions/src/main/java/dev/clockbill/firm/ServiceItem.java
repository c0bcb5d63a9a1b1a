package dev.clockbill.firm;

import dev.clockbill.firm.Service.Kind;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.Map;

/**
 * How the table keeps a paid service: its key and its attributes. One that was kept before services
 * had a kind is billable and hourly.
 */
public final class ServiceItem {
  /** What the keys of all services begin with. */
  public static final String PREFIX = "SERVICE#";

  private ServiceItem() {}

  /** The key of a service's item. */
  public static String key(String serviceId) {
    return PREFIX + serviceId;
  }

  /** Reads a service's item. */
  public static Service of(Item item) {
    return ServiceBuilder.builder()
        .serviceId(item.key().substring(PREFIX.length()))
        .name(item.text("name"))
        .hourlyRate(item.number("hourlyRate"))
        .description(item.text("description"))
        .billable(!item.has("billable") || item.bool("billable"))
        .kind(item.has("kind") ? Kind.of(item.text("kind")) : Kind.HOURLY)
        .fixedPrice(item.number("fixedPrice"))
        .active(item.bool("active"))
        .version(item.number("version"))
        .build();
  }

  /** Writes the item of a new service. */
  public static Write create(String firm, Service service) {
    return Write.put(firm, key(service.serviceId()), attributes(service)).ifAbsent();
  }

  /** Changes a service, unless somebody else changed it meanwhile. */
  static Write change(String firm, Service before, Service after) {
    return Write.update(firm, key(after.serviceId()))
        .setAll(attributes(after))
        .ifEquals("version", before.version());
  }

  private static Map<String, Object> attributes(Service service) {
    return Json.object(
        "name", service.name(),
        "hourlyRate", service.hourlyRate(),
        "description", service.description(),
        "billable", service.billable(),
        "kind", service.kind().word(),
        "fixedPrice", service.fixedPrice(),
        "active", service.active(),
        "version", service.version());
  }
}
