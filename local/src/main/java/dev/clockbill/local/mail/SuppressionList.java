package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.storage.DocumentStore;
import java.util.Locale;
import java.util.Optional;

/**
 * The account's suppression list: addresses from which a mail came back for good or whose readers
 * complained. SES takes mails to them and does not send them. Accounts made since November 2019 use
 * the list for both reasons unless they say otherwise (SES developer guide, "Using the Amazon SES
 * account-level suppression list").
 */
final class SuppressionList {

  /** Why an address is on the list. */
  enum Reason {
    /** A mail came back for good. */
    BOUNCE,
    /** A reader complained. */
    COMPLAINT
  }

  private final DocumentStore addresses;

  SuppressionList(DataFile data) {
    this.addresses = data.store("mail-suppressed");
  }

  void add(String address, Reason reason) {
    addresses.put(key(address), JsonNodeFactory.instance.objectNode().put("reason", reason.name()));
  }

  /** Why an address is on the list; empty if it is not. */
  Optional<Reason> reason(String address) {
    return addresses.get(key(address)).map(SuppressionList::reason);
  }

  /** Takes an address off the list; false if it was not on it. */
  boolean remove(String address) {
    boolean listed = addresses.get(key(address)).isPresent();
    addresses.remove(key(address));
    return listed;
  }

  private static Reason reason(JsonNode entry) {
    return Reason.valueOf(entry.path("reason").asText());
  }

  private static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
