package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.shared.Ids;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads a customer from the fields of a request. */
public final class CustomerFields {
  /** A year, as for the firm's own terms. */
  private static final int MOST_TERMS = 365;

  private CustomerFields() {}

  /**
   * A new customer from a request's fields.
   *
   * @param existing returns those of some service ids that exist in the firm
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  public static Customer created(Fields fields, Function<List<String>, Set<String>> existing) {
    String name = fields.requiredText("name", Fields.NAME);
    String email = fields.email("email");
    Map<String, Long> rates = RateFields.merged(fields, Map.of(), existing);
    Boolean automatically = fields.bool("sendAutomatically");
    CustomerBuilder made =
        details(
            fields,
            CustomerBuilder.builder()
                .customerId(Ids.next())
                .rates(rates)
                .sendAutomatically(Boolean.TRUE.equals(automatically))
                .active(true)
                .version(1)
                .build());
    fields.check();
    return made.name(name).email(email).build();
  }

  /**
   * A customer with a request's fields merged in (RFC 7396); the version stays.
   *
   * @param existing returns those of some service ids that exist in the firm
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  public static Customer merged(
      Fields fields, Customer now, Function<List<String>, Set<String>> existing) {
    fields.notNull("name", "sendAutomatically", "active", "taxExempt");
    String name = fields.text("name", Fields.NAME);
    String email = fields.has("email") ? fields.email("email") : now.email();
    Map<String, Long> rates = RateFields.merged(fields, now.rates(), existing);
    Boolean automatically = fields.bool("sendAutomatically");
    Boolean active = fields.bool("active");
    CustomerBuilder merged = details(fields, now);
    fields.check();
    return merged
        .name(name == null ? now.name() : name)
        .email(email)
        .rates(rates)
        .sendAutomatically(automatically == null ? now.sendAutomatically() : automatically)
        .active(active == null ? now.active() : active)
        .build();
  }

  /** What may be known of a customer or not, merged into what is known. */
  private static CustomerBuilder details(Fields fields, Customer now) {
    Postal postal = AddressFields.postal(fields, now.postal());
    Boolean exempt = fields.bool("taxExempt");
    return CustomerBuilder.builder(now)
        .ownAddress(AddressFields.own(fields, now.ownAddress(), now.postal(), postal))
        .postal(postal)
        .phone(AddressFields.phone(fields, now.phone()))
        .reference(line(fields, "reference", now.reference()))
        .taxId(AddressFields.taxId(fields, now.taxId(), postal.country()))
        .taxExempt(exempt == null ? now.taxExempt() : exempt)
        .termsDays(terms(fields, now.termsDays()))
        .billing(billing(fields, now.billing()))
        .note(MergedFields.text(fields, "note", Fields.NOTE, now.note(), (note, refuse) -> note))
        .contacts(ContactFields.read(fields, now.contacts()));
  }

  /** Days from issue to due date; null lets them be the firm's. */
  private static Integer terms(Fields fields, Integer now) {
    if (!fields.has("termsDays")) {
      return now;
    }
    Long days = fields.number("termsDays", 0, MOST_TERMS);
    return days == null ? null : Math.toIntExact(days);
  }

  /** When their time is billed, as it becomes; null: as the firm's is. */
  private static Customer.When billing(Fields fields, Customer.When now) {
    return fields.has("billing")
        ? fields.choice("billing", Customer.When.values(), Customer.When::word)
        : now;
  }

  /** A line of text as it becomes; an empty one counts as none. */
  private static String line(Fields fields, String name, String now) {
    return fields.has(name) ? filled(fields.textOrEmpty(name, Fields.NAME)) : now;
  }

  private static String filled(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
