package dev.clockbill.firm;

import dev.clockbill.firm.Contact.Gets;
import dev.clockbill.http.Fields;
import dev.clockbill.mail.MailAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a customer's contacts from the fields of a request. */
final class ContactFields {
  private static final String CONTACTS = "contacts";
  private static final String EMAIL = "email";
  private static final String GETS = "gets";

  /** Each kind at most once would do; a word that comes twice does no harm. */
  private static final int MOST_WORDS = 10;

  private ContactFields() {}

  /**
   * The contacts as they become: the field replaces all of them, and null removes them (RFC 7396).
   */
  static List<Contact> read(Fields fields, List<Contact> now) {
    if (!fields.has(CONTACTS)) {
      return now;
    }
    List<Contact> contacts = new ArrayList<>();
    for (Fields sent : fields.objects(CONTACTS, Customer.MOST_CONTACTS).orElse(List.of())) {
      Contact contact = contact(sent);
      if (contact.email() != null && contacts.stream().anyMatch(other -> same(other, contact))) {
        sent.refuse(EMAIL, "Another contact has this address already.");
      }
      contacts.add(contact);
    }
    return contacts;
  }

  private static boolean same(Contact one, Contact other) {
    return one.email() != null && MailAddress.same(one.email(), other.email());
  }

  private static Contact contact(Fields sent) {
    String name = sent.textOrEmpty("name", Fields.NAME);
    String email = sent.requiredEmail(EMAIL);
    List<Gets> gets = gets(sent);
    sent.check();
    return new Contact(name == null || name.isEmpty() ? null : name, email, gets);
  }

  /** Who is named without a word about mails gets all of them, as the customer's own address. */
  private static List<Gets> gets(Fields sent) {
    if (sent.lacks(GETS)) {
      return List.of(Gets.values());
    }
    List<Gets> gets = new ArrayList<>();
    List<Object> words = sent.list(GETS, MOST_WORDS).orElse(List.of());
    for (int at = 0; at < words.size(); at++) {
      Object word = words.get(at);
      Optional<Gets> known =
          Arrays.stream(Gets.values()).filter(each -> each.word().equals(word)).findFirst();
      if (known.isPresent()) {
        gets.add(known.get());
      } else {
        sent.refuse(
            GETS + "[" + at + "]",
            "This has to be one of "
                + String.join(", ", Stream.of(Gets.values()).map(Gets::word).toList())
                + ".");
      }
    }
    return gets;
  }
}
