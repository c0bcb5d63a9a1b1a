package dev.clockbill.firm;

import dev.clockbill.firm.Service.Kind;
import dev.clockbill.http.Fields;
import dev.clockbill.shared.Ids;

/** Reads a paid service from the fields of a request. */
final class ServiceFields {
  private ServiceFields() {}

  /**
   * A new service from a request's fields. One of a fixed price needs no hourly rate: then it is 0.
   *
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  static Service created(Fields fields) {
    Kind kind = kind(fields, Kind.HOURLY);
    String name = fields.requiredText("name", Fields.NAME);
    Long hourlyRate =
        kind == Kind.HOURLY
            ? fields.requiredNumber("hourlyRate", 0, Fields.MOST)
            : fields.number("hourlyRate", 0, Fields.MOST);
    String description = fields.textOrEmpty("description", Fields.NOTE);
    Boolean billable = fields.bool("billable");
    Long fixedPrice = fixedPrice(fields, kind, null);
    fields.check();
    return ServiceBuilder.builder()
        .serviceId(Ids.next())
        .name(name)
        .hourlyRate(hourlyRate == null ? 0 : hourlyRate)
        .description(description)
        .billable(billable == null || billable)
        .kind(kind)
        .fixedPrice(fixedPrice)
        .active(true)
        .version(1)
        .build();
  }

  /**
   * A service with a request's fields merged in (RFC 7396); the version stays. One that becomes
   * hourly loses its price.
   *
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  static Service merged(Fields fields, Service now) {
    fields.notNull("name", "hourlyRate", "billable", "kind", "active");
    String name = fields.text("name", Fields.NAME);
    Long hourlyRate = fields.number("hourlyRate", 0, Fields.MOST);
    Boolean active = fields.bool("active");
    String description =
        fields.has("description")
            ? fields.textOrEmpty("description", Fields.NOTE)
            : now.description();
    Boolean billable = fields.bool("billable");
    Kind kind = kind(fields, now.kind());
    Long fixedPrice = fixedPrice(fields, kind, now.fixedPrice());
    fields.check();
    return ServiceBuilder.builder(now)
        .name(name == null ? now.name() : name)
        .hourlyRate(hourlyRate == null ? now.hourlyRate() : hourlyRate)
        .description(description)
        .billable(billable == null ? now.billable() : billable)
        .kind(kind)
        .fixedPrice(fixedPrice)
        .active(active == null ? now.active() : active)
        .build();
  }

  private static Kind kind(Fields fields, Kind otherwise) {
    Kind kind = fields.choice("kind", Kind.values(), Kind::word);
    return kind == null ? otherwise : kind;
  }

  /** The price that a service of this kind has: one of a fixed price needs it, no other has one. */
  private static Long fixedPrice(Fields fields, Kind kind, Long now) {
    Long sent = fields.number("fixedPrice", 0, Fields.MOST);
    return switch (kind) {
      case HOURLY ->
          sent == null
              ? null
              : fields.refuse("fixedPrice", "Only a service of the kind fixed has a price.");
      case FIXED -> {
        if (sent != null) {
          yield sent;
        }
        yield now == null || fields.isNull("fixedPrice")
            ? fields.refuse("fixedPrice", "A service of the kind fixed needs its price.")
            : now;
      }
    };
  }
}
