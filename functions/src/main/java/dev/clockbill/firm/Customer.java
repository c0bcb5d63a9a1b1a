package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who is billed.
 *
 * @param email where all their mails go; null for a customer who has none
 * @param ownAddress text with line breaks, where it was written itself; null where {@link
 *     #address()} is made of {@code postal}
 * @param postal their address in its parts
 * @param phone as people write it; may be null
 * @param reference their order number, which every invoice of theirs shows; may be null
 * @param taxId the number under which they are taxed; may be null
 * @param taxExempt whether their invoices carry no taxes
 * @param termsDays from issue to due date where that is their own; null: the firm's
 * @param note what the firm's people know of them; never on paper, in a mail or on a page of theirs
 * @param contacts who else gets mails of theirs
 * @param rates minor units an hour by service id, where they differ from the service's; zero counts
 * @param sendAutomatically whether a draft is sent as soon as it is made
 * @param billing when their time is billed; null: as the firm's is
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
    List<Contact> contacts,
    Map<String, Long> rates,
    boolean sendAutomatically,
    When billing,
    boolean active,
    long version)
    implements CustomerBuilder.With, Versioned {

  /** The most contacts a customer has. */
  public static final int MOST_CONTACTS = 10;

  /** Without parts of an address, and without contacts, where none are given. */
  public Customer {
    postal = postal == null ? Postal.NONE : postal;
    contacts = contacts == null ? List.of() : List.copyOf(contacts);
  }

  /** Their address: text with line breaks; null where none is known. */
  public String address() {
    return ownAddress == null || ownAddress.isBlank() ? postal.text() : ownAddress;
  }

  /**
   * Where a kind of mail to them goes: their own address first, then contacts by what they get.
   * Empty where nobody gets it.
   */
  public List<String> addresses(Contact.Gets mail) {
    return Stream.concat(
            Stream.ofNullable(email),
            contacts.stream().filter(contact -> contact.gets().contains(mail)).map(Contact::email))
        .toList();
  }

  /** When a customer's time is billed. */
  public enum When {
    /** As it stops: a draft is made of it, or it is added to one. */
    ON_STOP("onStop"),
    /** By billing runs: until then it waits unbilled. */
    COLLECT("collect");

    private final String word;

    When(String word) {
      this.word = word;
    }

    /** As requests, responses and the table write it. */
    public String word() {
      return word;
    }

    static When of(String word) {
      return Arrays.stream(values())
          .filter(each -> each.word.equals(word))
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * Whether a draft for them is sent as soon as it is made; never where their time is collected.
   */
  public boolean sentAutomatically(FirmSettings firm) {
    return billing != When.COLLECT && (firm.invoicing().sendAutomatically() || sendAutomatically);
  }

  /**
   * Whether their time waits unbilled for a billing run. Their own setting comes first; then
   * automatic sending, which makes a draft of its own whatever the firm does with stopped time;
   * then the firm's.
   */
  public boolean collects(FirmSettings firm) {
    if (billing != null) {
      return billing == When.COLLECT;
    }
    return firm.invoicing().onStop() == FirmSettings.OnStop.COLLECT && !sentAutomatically(firm);
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
        "contacts", contacts.stream().map(Contact::json).toList(),
        "rates", rates,
        "sendAutomatically", sendAutomatically,
        "billing", billing == null ? null : billing.word(),
        "active", active,
        "version", version);
  }
}
