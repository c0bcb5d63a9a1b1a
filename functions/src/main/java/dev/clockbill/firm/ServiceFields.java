package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.shared.Ids;

/** Reads a paid service from the fields of a request. */
final class ServiceFields {
  private ServiceFields() {}

  /**
   * A new service from a request's fields.
   *
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  static Service created(Fields fields) {
    String name = fields.requiredText("name", Fields.NAME);
    Long hourlyRate = fields.requiredNumber("hourlyRate", 0, Fields.MOST);
    String description = fields.textOrEmpty("description", Fields.NOTE);
    fields.check();
    return new Service(Ids.next(), name, hourlyRate, description, true, 1);
  }

  /**
   * A service with a request's fields merged in (RFC 7396); the version stays.
   *
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  static Service merged(Fields fields, Service now) {
    fields.notNull("name", "hourlyRate", "active");
    String name = fields.text("name", Fields.NAME);
    Long hourlyRate = fields.number("hourlyRate", 0, Fields.MOST);
    Boolean active = fields.bool("active");
    String description =
        fields.has("description")
            ? fields.textOrEmpty("description", Fields.NOTE)
            : now.description();
    fields.check();
    return ServiceBuilder.builder(now)
        .name(name == null ? now.name() : name)
        .hourlyRate(hourlyRate == null ? now.hourlyRate() : hourlyRate)
        .description(description)
        .active(active == null ? now.active() : active)
        .build();
  }
}
