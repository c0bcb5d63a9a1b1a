package dev.clockbill.invoice.mail;

import dev.clockbill.http.Problem;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.table.Write;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A letter and to whom it goes. That is decided when the mail of the invoice is asked for, and kept
 * on the mail's own item: what changes of the customer and their contacts later counts for later
 * mails.
 *
 * @param to whom it is addressed to
 * @param contact whether that is a contact, of a customer who has no address of their own; no later
 *     mail goes to them for that
 * @param letter the rest, with those who get copies, the contacts first
 */
public record AddressedLetter(String to, boolean contact, Letter letter) {
  /** The fact of a mail that it is addressed to a contact. */
  private static final String TO_CONTACT = "toContact";

  /**
   * A letter with an invoice, to its customer: to their own address, or else to the first of their
   * contacts who gets invoices; the others get copies, as does whoever the sender names. Where the
   * customer has nobody, it is addressed to the first whom the sender names.
   *
   * @param theirs who of the customer's gets invoices
   * @return empty if nobody can be mailed: the invoice goes on paper
   * @throws Problem 409 {@code no-mail-address} if a copy is wanted of a mail that there is not
   */
  public static Optional<AddressedLetter> of(Recipients theirs, Letter letter) {
    List<String> all =
        Recipients.distinct(Stream.of(theirs.all(), letter.cc()).flatMap(List::stream));
    if (all.isEmpty()) {
      if (letter.copyTo() != null) {
        throw Problem.of(
            409,
            "no-mail-address",
            "This customer has no email address, so there is no email that you could get a copy of."
                + " Send the invoice without a copy to you, and print it.");
      }
      return Optional.empty();
    }
    boolean contact = !theirs.nobody() && !theirs.own();
    return Optional.of(
        new AddressedLetter(all.getFirst(), contact, letter.copied(all.subList(1, all.size()))));
  }

  /** A letter to an address that its sender names, and to those who get copies. */
  public static AddressedLetter to(String email, Letter letter) {
    return new AddressedLetter(email, false, letter);
  }

  /** Whether a mail is addressed to a contact. */
  static boolean toContact(QueuedMail mail) {
    return mail.facts().bool(TO_CONTACT);
  }

  /** All recipients, the one it is addressed to first. */
  public List<String> recipients() {
    return letter.recipients(to);
  }

  /** What a history says of its recipients. */
  public String told() {
    return Recipients.told(recipients());
  }

  /** As it is kept with a mail. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>(QueuedMail.recipient(to));
    if (contact) {
      facts.put(TO_CONTACT, true);
    }
    facts.putAll(letter.facts());
    return facts;
  }

  /**
   * Keeps it with the first mail of an invoice, which is not queued by itself; part of the
   * transaction that approves the invoice.
   *
   * @param printed the customer's address as printed, to which it goes if nothing else is kept
   * @return empty if there is nothing to keep
   */
  public Optional<Write> ofFirstMail(String firm, String invoiceId, String printed) {
    Mail.Id first = new Mail.Id(firm, MailKind.INVOICE, invoiceId, 1);
    return letter.equals(Letter.NONE) && to.equals(printed)
        ? Optional.empty()
        : Optional.of(QueuedMail.prepared(first, facts()));
  }
}
