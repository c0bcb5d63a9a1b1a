package dev.clockbill.invoice.mail;

import dev.clockbill.firm.Contact.Gets;
import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mail about an invoice, together with the invoice, both as stored. The mails that carry the
 * invoice itself are counted from 1: the first is sent on the invoice's way from draft to receipt,
 * the others are asked for by a person and queued. A reminder follows the one that was the latest
 * when it was claimed.
 *
 * @param queued what the table knows of the mail; empty before its first claim if nobody queued it
 */
public record MailOfInvoice(Mail.Id id, Invoice invoice, Optional<QueuedMail> queued) {
  private static final String FOLLOWS = "follows";
  private static final String AGAIN = "failedBefore";
  private static final String REMINDS_ON = "remindsOn";

  /** The mail that a workflow step's payload names; the first where it names none. */
  static Mail.Id named(Map<String, Object> payload) {
    String n = Json.text(payload, "mail");
    return new Mail.Id(
        Json.text(payload, "firmId"),
        MailKind.TEST_MAIL.word().equals(Json.text(payload, "kind"))
            ? MailKind.TEST_MAIL
            : MailKind.INVOICE,
        Json.text(payload, "invoiceId"),
        n == null ? 1 : Long.parseLong(n));
  }

  /** The id of the next mail that a person asks for. */
  public static Mail.Id next(String firm, Invoice invoice) {
    return new Mail.Id(firm, MailKind.INVOICE, invoice.invoiceId(), invoice.mails() + 1);
  }

  /**
   * Who gets a mail that follows on the invoice: a reminder, the receipt, word of a refund. It is
   * addressed to where the invoice was mailed last; the contacts are those of now. Of a customer
   * who had no address then it is addressed to their present one; nor does it go to an address of
   * theirs that they have no more.
   */
  public static Recipients following(Table table, String firm, Invoice invoice, Gets mail) {
    return following(table.get(firm, keysOfFollowing(firm, invoice)), firm, invoice, mail);
  }

  /** The same of what was read already: at least the items of {@link #keysOfFollowing}. */
  public static Recipients following(
      Map<String, Item> read, String firm, Invoice invoice, Gets mail) {
    Mail.Id id = last(firm, invoice);
    MailOfInvoice last =
        new MailOfInvoice(id, invoice, Optional.ofNullable(read.get(id.key())).map(QueuedMail::of));
    Optional<Customer> now =
        Optional.ofNullable(read.get(customerKey(invoice))).map(CustomerItem::of);
    String present = now.map(Customer::email).orElse(null);
    String theirs = invoice.customer().email();
    String to =
        last.queued().filter(AddressedLetter::toContact).isPresent() ? null : last.recipient();
    boolean given = to != null && (theirs == null || !MailAddress.same(to, theirs));
    boolean kept = given || (to != null && (now.isEmpty() || present != null));
    String email = kept ? to : present;
    return now.map(customer -> Recipients.of(customer.withEmail(email), mail))
        .orElseGet(() -> Recipients.ofDeleted(email));
  }

  /** The keys of the items that say who gets a mail that follows on the invoice. */
  public static List<String> keysOfFollowing(String firm, Invoice invoice) {
    return List.of(last(firm, invoice).key(), customerKey(invoice));
  }

  private static Mail.Id last(String firm, Invoice invoice) {
    return new Mail.Id(firm, MailKind.INVOICE, invoice.invoiceId(), invoice.mails());
  }

  private static String customerKey(Invoice invoice) {
    return CustomerItem.key(invoice.customer().customerId());
  }

  /** The keys of the items that {@link #of} needs. */
  static List<String> keys(Mail.Id id) {
    return List.of(InvoiceItem.key(id.about()), id.key());
  }

  /**
   * Takes a mail and its invoice from what was read.
   *
   * @return empty if there is no such invoice
   */
  static Optional<MailOfInvoice> of(Mail.Id id, Map<String, Item> read) {
    Optional<QueuedMail> queued = Optional.ofNullable(read.get(id.key())).map(QueuedMail::of);
    return Optional.ofNullable(read.get(InvoiceItem.key(id.about())))
        .map(invoice -> new MailOfInvoice(id, InvoiceItem.of(invoice), queued));
  }

  /** Whether it is to be sent, or what follows from its sending is to be recorded. */
  boolean waits() {
    boolean first = carriesInvoice() && id.n() == 1;
    return first
        ? invoice.state() == InvoiceState.SENDING
        : queued.filter(QueuedMail::waits).isPresent();
  }

  /**
   * Whether it is known to be sent, though nothing that follows was recorded yet: nobody may give
   * it up then.
   */
  boolean sent() {
    return queued.filter(mail -> mail.state() == QueuedMail.State.SENT).isPresent();
  }

  /** Whether it is the invoice itself that is mailed, and not a reminder of it. */
  boolean carriesInvoice() {
    return id.kind() == MailKind.INVOICE;
  }

  /**
   * Whether no later mail that carries the invoice was asked for; of a reminder, whether none was
   * since it was claimed. What happens to an earlier one says nothing of the later one, even where
   * both go to the same address.
   */
  boolean latest() {
    long carrier = carriesInvoice() ? id.n() : queued.map(MailOfInvoice::follows).orElse(0L);
    return carrier == invoice.mails();
  }

  /** Reminders of which that was not kept followed the first mail: few invoices have two. */
  private static long follows(QueuedMail reminder) {
    return reminder.facts().number(FOLLOWS, 1);
  }

  /** What is kept of a mail that goes to these: nulls where there is nothing to keep. */
  public static Map<String, Object> sentTo(Recipients recipients) {
    Map<String, Object> facts = new LinkedHashMap<>(QueuedMail.recipient(recipients.to()));
    facts.put(Letter.CC, recipients.cc().isEmpty() ? null : recipients.cc());
    return facts;
  }

  /**
   * What is kept of an invoice's mail that a person asks for once more. Of those to whom the last
   * one did not get through it is kept that it is tried again.
   */
  public static Map<String, Object> resent(AddressedLetter mail, Invoice invoice) {
    List<String> again =
        mail.recipients().stream()
            .filter(each -> !each.equals(mail.to()))
            .filter(each -> invoice.delivery().failed(each))
            .toList();
    Map<String, Object> facts = new LinkedHashMap<>(mail.facts());
    if (!again.isEmpty()) {
      facts.put(AGAIN, again);
    }
    return facts;
  }

  /** Who gets a copy though the mail before did not get through to them. */
  List<String> again() {
    return queued.map(mail -> mail.facts().texts(AGAIN)).orElse(List.of());
  }

  /**
   * What is kept of a reminder that is asked for or claimed: its addresses, the mail that it
   * follows, and the day.
   */
  public static Map<String, Object> reminder(
      Invoice invoice, Recipients recipients, LocalDate today) {
    Map<String, Object> facts = new LinkedHashMap<>(sentTo(recipients));
    facts.put(FOLLOWS, invoice.mails());
    facts.putAll(reminds(today));
    return facts;
  }

  /** What is kept of a reminder that is claimed on another day than it was asked for. */
  static Map<String, Object> reminds(LocalDate today) {
    return Map.of(REMINDS_ON, today);
  }

  /** Whether this is a reminder of an earlier day, and there is another one today. */
  boolean overtaken(LocalDate today) {
    LocalDate day = queued.map(mail -> mail.facts().date(REMINDS_ON)).orElse(today);
    return !today.equals(day) && today.equals(invoice.remindedOn());
  }

  /** Whether the mail service has found a virus in it since it took it. */
  boolean rejected() {
    return queued.filter(QueuedMail::rejected).isPresent();
  }

  /**
   * Whether an event means that this mail, which carries the invoice and may count as sent, was not
   * sent after all.
   */
  boolean isTakenBackBy(DeliveryEvent.Kind kind) {
    return kind == DeliveryEvent.Kind.REJECTED && carriesInvoice() && !rejected();
  }

  /** What the keys of all mails begin with that carry the invoice. */
  String prefix() {
    return Mail.Id.prefix(MailKind.INVOICE, invoice.invoiceId());
  }

  /** What its sender says with it, and who else gets it. */
  Letter letter() {
    return queued.map(Letter::of).orElse(Letter.NONE);
  }

  /** Where it goes: to the customer as printed, unless a person asked for another address. */
  String recipient() {
    return queued.map(QueuedMail::recipient).orElseGet(() -> invoice.customer().email());
  }

  /** All who get it, the one that it is addressed to first. */
  List<String> recipients() {
    return letter().recipients(recipient());
  }

  /** What a history says of its recipients. */
  String told() {
    return Recipients.told(recipients());
  }
}
