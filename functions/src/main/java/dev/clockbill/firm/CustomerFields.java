package dev.clockbill.firm;

import dev.clockbill.http.Fields;
import dev.clockbill.shared.Ids;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a customer from the fields of a request. */
public final class CustomerFields {
  private static final int MOST_RATES = 100;

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
    String address = fields.textOrEmpty("address", Fields.NOTE);
    String reference = fields.textOrEmpty("reference", Fields.NAME);
    String taxId = fields.textOrEmpty("taxId", Fields.NAME);
    List<Contact> contacts = ContactFields.read(fields, List.of());
    Map<String, Long> rates = rates(fields, Map.of(), existing);
    Boolean automatically = fields.bool("sendAutomatically");
    fields.check();
    return CustomerBuilder.builder()
        .customerId(Ids.next())
        .name(name)
        .email(email)
        .address(address)
        .reference(filled(reference))
        .taxId(filled(taxId))
        .contacts(contacts)
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
    fields.notNull("name", "sendAutomatically", "active");
    String name = fields.text("name", Fields.NAME);
    String email = fields.has("email") ? fields.email("email") : now.email();
    String address =
        fields.has("address") ? fields.textOrEmpty("address", Fields.NOTE) : now.address();
    String reference = line(fields, "reference", now.reference());
    String taxId = line(fields, "taxId", now.taxId());
    List<Contact> contacts = ContactFields.read(fields, now.contacts());
    Map<String, Long> rates = rates(fields, now.rates(), existing);
    Boolean automatically = fields.bool("sendAutomatically");
    Boolean active = fields.bool("active");
    fields.check();
    return CustomerBuilder.builder(now)
        .name(name == null ? now.name() : name)
        .email(email)
        .address(address)
        .reference(reference)
        .taxId(taxId)
        .contacts(contacts)
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

  /** The merged rates: null removes one rate, or, in place of the object, all of them. */
  private static Map<String, Long> rates(
      Fields fields, Map<String, Long> now, Function<List<String>, Set<String>> existing) {
    if (fields.isNull("rates")) {
      return Map.of();
    }
    Fields sent = fields.object("rates").orElse(Fields.none());
    List<String> ids = List.copyOf(sent.names());
    if (ids.size() > MOST_RATES) {
      fields.refuse("rates", "Send at most " + MOST_RATES + " rates at a time.");
      return now;
    }
    Set<String> known =
        new HashSet<>(existing.apply(ids.stream().filter(Ids::looksLikeOne).toList()));
    Map<String, Long> rates = new TreeMap<>(now);
    for (String id : ids) {
      Long rate = sent.number(id, 0, Fields.MOST);
      if (!known.contains(id)) {
        sent.refuse(id, "There is no service with this id.");
      } else if (sent.isNull(id)) {
        rates.remove(id);
      } else {
        rates.put(id, rate);
      }
    }
    return rates;
  }
}
