package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * Who is billed.
 *
 * @param email where all their mails go; null for a customer who has none
 * @param address text with line breaks; may be null
 * @param reference their order number, which every invoice of theirs shows; may be null
 * @param taxId the number under which they are taxed; may be null
 * @param contacts who else gets mails of theirs
 * @param rates minor units an hour by service id, where they differ from the service's; zero counts
 * @param sendAutomatically whether a draft is sent as soon as it is made
 */
@RecordBuilder
public record Customer(
    String customerId,
    String name,
    String email,
    String address,
    String reference,
    String taxId,
    List<Contact> contacts,
    Map<String, Long> rates,
    boolean sendAutomatically,
    boolean active,
    long version)
    implements CustomerBuilder.With, Versioned {

  /** The most contacts a customer has. */
  public static final int MOST_CONTACTS = 10;

  /** Without contacts where none are given. */
  public Customer {
    contacts = contacts == null ? List.of() : List.copyOf(contacts);
  }

  /** As responses show it. */
  public Map<String, Object> json() {
    return Json.object(
        "customerId", customerId,
        "name", name,
        "email", email,
        "address", address,
        "reference", reference,
        "taxId", taxId,
        "contacts", contacts.stream().map(Contact::json).toList(),
        "rates", rates,
        "sendAutomatically", sendAutomatically,
        "active", active,
        "version", version);
  }
}
