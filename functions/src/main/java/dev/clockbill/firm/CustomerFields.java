package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.shared.Ids;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads a customer from the fields of a request. */
public final class CustomerFields {
  private CustomerFields() {}

  /**
   * A new customer from a request's fields.
   *
   * @param existing returns those of some service ids that exist in the firm
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  public static Customer created(Fields fields, Function<List<String>, Set<String>> existing) {
    String name = fields.requiredText("name", Fields.NAME);
    String email = fields.requiredEmail("email");
    String address = fields.textOrEmpty("address", Fields.NOTE);
    String reference = fields.textOrEmpty("reference", Fields.NAME);
    String taxId = fields.textOrEmpty("taxId", Fields.NAME);
    Map<String, Long> rates = RateFields.merged(fields, Map.of(), existing);
    Boolean automatically = fields.bool("sendAutomatically");
    fields.check();
    return CustomerBuilder.builder()
        .customerId(Ids.next())
        .name(name)
        .email(email)
        .address(address)
        .reference(filled(reference))
        .taxId(filled(taxId))
        .rates(rates)
        .sendAutomatically(Boolean.TRUE.equals(automatically))
        .active(true)
        .version(1)
        .build();
  }

  /**
   * A customer with a request's fields merged in (RFC 7396); the version stays.
   *
   * @param existing returns those of some service ids that exist in the firm
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  public static Customer merged(
      Fields fields, Customer now, Function<List<String>, Set<String>> existing) {
    fields.notNull("name", "email", "sendAutomatically", "active");
    String name = fields.text("name", Fields.NAME);
    String email = fields.email("email");
    String address =
        fields.has("address") ? fields.textOrEmpty("address", Fields.NOTE) : now.address();
    String reference = line(fields, "reference", now.reference());
    String taxId = line(fields, "taxId", now.taxId());
    Map<String, Long> rates = RateFields.merged(fields, now.rates(), existing);
    Boolean automatically = fields.bool("sendAutomatically");
    Boolean active = fields.bool("active");
    fields.check();
    return CustomerBuilder.builder(now)
        .name(name == null ? now.name() : name)
        .email(email == null ? now.email() : email)
        .address(address)
        .reference(reference)
        .taxId(taxId)
        .rates(rates)
        .sendAutomatically(automatically == null ? now.sendAutomatically() : automatically)
        .active(active == null ? now.active() : active)
        .build();
  }

  /** A line of text as it becomes; an empty one counts as none. */
  private static String line(Fields fields, String name, String now) {
    return fields.has(name) ? filled(fields.textOrEmpty(name, Fields.NAME)) : now;
  }

  private static String filled(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
