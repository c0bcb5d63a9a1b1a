package dev.clockbill.invoice;

import dev.clockbill.mail.MailAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How an invoice's latest mail is going. What happens to one recipient is that recipient's; the
 * status of the whole is that of the first, to whom the mail is addressed.
 *
 * @param at since when; null before the first mail
 * @param recipients of the latest mail, the one it is addressed to first; empty before that
 */
public record Delivery(DeliveryStatus status, Instant at, List<Recipient> recipients) {
  /** Nothing was mailed yet. */
  public static final Delivery NONE = new Delivery(DeliveryStatus.NONE, null);

  /** A mail without known recipients. */
  public Delivery(DeliveryStatus status, Instant at) {
    this(status, at, List.of());
  }

  /** A mail to an address waits to be sent. */
  public static Delivery queued(String email, Instant at) {
    return queued(List.of(email), at);
  }

  /** A mail to several addresses waits to be sent; the first is the one it is addressed to. */
  public static Delivery queued(List<String> emails, Instant at) {
    return new Delivery(
        DeliveryStatus.QUEUED,
        at,
        emails.stream().map(email -> Recipient.queued(email, at)).toList());
  }

  /**
   * The recipient that an event is about. The mail service may know them by another address, to
   * which their mails are forwarded; where there is but one, it is they.
   */
  public Optional<Recipient> about(String email) {
    return recipients.size() == 1 ? Optional.of(recipients.getFirst()) : of(email);
  }

  /** Whether it is known that a mail did not get through to an address, or is not wanted there. */
  public boolean failed(String email) {
    return of(email).filter(each -> each.status().wentWrong()).isPresent();
  }

  /**
   * The same with a recipient of this address: with one more where it is none of them, who got a
   * reminder alone.
   */
  public Delivery including(String email, Instant when) {
    return of(email).isPresent()
        ? this
        : new Delivery(
            recipients.isEmpty() ? DeliveryStatus.SENT : status,
            at == null ? when : at,
            Stream.concat(
                    recipients.stream(),
                    Stream.of(new Recipient(email, DeliveryStatus.SENT, when, null)))
                .toList());
  }

  /** The recipient of an address, if there is one. */
  public Optional<Recipient> of(String email) {
    return recipients.stream().filter(each -> MailAddress.same(each.email(), email)).findFirst();
  }

  /** The same with another status of every recipient for whom it is news. */
  public Delivery all(DeliveryStatus next, Instant when) {
    return recipients.isEmpty()
        ? new Delivery(next, when)
        : changed(each -> next.replaces(each.status()) ? each.with(next, when) : each);
  }

  /** The same with another status of one recipient. */
  public Delivery with(Recipient one, DeliveryStatus next, Instant when) {
    return changed(each -> each.equals(one) ? each.with(next, when) : each);
  }

  /** The same with a note on one recipient. */
  public Delivery with(Recipient one, Recipient.Note note) {
    return changed(each -> each.equals(one) ? each.with(note) : each);
  }

  /** The addresses of those recipients of whom something else was known before. */
  public List<String> changedSince(Delivery before) {
    return recipients.stream()
        .filter(each -> !before.recipients.contains(each))
        .map(Recipient::email)
        .toList();
  }

  /** Whether the recipient that the mail is addressed to is among these addresses. */
  public boolean isOfFirst(List<String> emails) {
    return !recipients.isEmpty() && emails.contains(recipients.getFirst().email());
  }

  private Delivery changed(UnaryOperator<Recipient> change) {
    List<Recipient> next = recipients.stream().map(change).toList();
    return new Delivery(next.getFirst().status(), next.getFirst().at(), next);
  }
}
