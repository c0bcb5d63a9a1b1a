package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/**
 * Who is billed.
 *
 * @param ownAddress text with line breaks, where it was written itself; null where {@link
 *     #address()} is made of {@code postal}
 * @param postal their address in its parts
 * @param phone as people write it; may be null
 * @param reference their order number, which every invoice of theirs shows; may be null
 * @param taxId the number under which they are taxed; may be null
 * @param taxExempt whether their invoices carry no taxes
 * @param termsDays from issue to due date where that is their own; null: the firm's
 * @param note what the firm's people know of them; never on paper, in a mail or on a page of theirs
 * @param rates minor units an hour by service id, where they differ from the service's; zero counts
 * @param sendAutomatically whether a draft is sent as soon as it is made
 */
@RecordBuilder
public record Customer(
    String customerId,
    String name,
    String email,
    String ownAddress,
    Postal postal,
    String phone,
    String reference,
    String taxId,
    boolean taxExempt,
    Integer termsDays,
    String note,
    Map<String, Long> rates,
    boolean sendAutomatically,
    boolean active,
    long version)
    implements CustomerBuilder.With, Versioned {

  /** Without parts of an address where none are given. */
  public Customer {
    postal = postal == null ? Postal.NONE : postal;
  }

  /** Their address: text with line breaks; null where none is known. */
  public String address() {
    return ownAddress == null || ownAddress.isBlank() ? postal.text() : ownAddress;
  }

  /** As responses show it. */
  public Map<String, Object> json() {
    return Json.object(
        "customerId", customerId,
        "name", name,
        "email", email,
        "address", address(),
        "postal", postal.json(),
        "phone", phone,
        "reference", reference,
        "taxId", taxId,
        "taxExempt", taxExempt,
        "termsDays", termsDays,
        "note", note,
        "rates", rates,
        "sendAutomatically", sendAutomatically,
        "active", active,
        "version", version);
  }
}
