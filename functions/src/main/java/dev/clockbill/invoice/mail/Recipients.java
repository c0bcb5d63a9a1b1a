package dev.clockbill.invoice.mail;

import dev.clockbill.firm.Contact.Gets;
import dev.clockbill.firm.Customer;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.mail.MailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * To whom one mail goes, so that all of them see each other: the first is the one it is addressed
 * to, the others get copies. Nobody is named twice.
 *
 * <p>A customer's own address comes first, then their contacts, by what they get. With the copies
 * that a person asks for that is at most {@code 1 + 10 + 10 + 1} addresses; the mail service takes
 * 50 of To, Cc and Bcc together (SES API v2, "SendEmail"; SES developer guide, "Service quotas in
 * Amazon SES", which counts each recipient as a mail sent).
 *
 * @param all the addresses; empty where there is nobody to mail to
 * @param own whether the first is the customer's own, and not a contact's
 */
public record Recipients(List<String> all, boolean own) {

  /** Each address once. */
  public Recipients {
    all = distinct(all.stream());
  }

  /** Who gets a kind of mail of a customer, as they are now. */
  public static Recipients of(Customer customer, Gets mail) {
    return new Recipients(customer.addresses(mail), customer.email() != null);
  }

  /** Who gets an invoice now; of a customer who was deleted the address that is printed on it. */
  public static Recipients ofInvoice(InvoiceStore store, String firm, Invoice invoice) {
    return store
        .customer(firm, invoice)
        .map(customer -> of(customer, Gets.INVOICE))
        .orElseGet(() -> ofDeleted(invoice.customer().email()));
  }

  /**
   * Who gets mails to a customer who was deleted.
   *
   * @param email their address; null if they had none
   */
  static Recipients ofDeleted(String email) {
    return new Recipients(Stream.ofNullable(email).toList(), email != null);
  }

  /** Says that a customer cannot be mailed, and what to do. */
  public static Problem noAddress() {
    return Problem.of(
        409,
        "no-mail-address",
        "This customer has no email address for this. Add one to the customer, or a contact who"
            + " gets such emails, or print the invoice and hand it over.");
  }

  /** The same without some. */
  public Recipients without(Predicate<String> some) {
    List<String> left = all.stream().filter(some.negate()).toList();
    return new Recipients(left, own && left.contains(all.getFirst()));
  }

  /** Whether there is nobody to mail to. */
  public boolean nobody() {
    return all.isEmpty();
  }

  /** The one that the mail is addressed to. */
  public String to() {
    return all.getFirst();
  }

  /** Who gets a copy that all recipients see. */
  public List<String> cc() {
    return all.subList(1, all.size());
  }

  /** As a history tells it: {@code ada@example.com, with a copy to bo@example.com}. */
  public String told() {
    return told(all);
  }

  /** The same of any addresses, of which there is at least one. */
  static String told(List<String> addresses) {
    return addresses.size() == 1
        ? addresses.getFirst()
        : addresses.getFirst()
            + ", with a copy to "
            + String.join(" and ", addresses.subList(1, addresses.size()));
  }

  /** Addresses in their order, none of them twice, however they are written. */
  static List<String> distinct(Stream<String> addresses) {
    List<String> found = new ArrayList<>();
    addresses
        .filter(Objects::nonNull)
        .forEach(
            each -> {
              if (found.stream().noneMatch(other -> MailAddress.same(other, each))) {
                found.add(each);
              }
            });
    return List.copyOf(found);
  }
}
