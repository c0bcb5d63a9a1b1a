package dev.clockbill.invoice;

import java.time.Instant;
import java.util.Locale;

/**
 * How an invoice's latest mail is going to one of its recipients.
 *
 * @param at since when
 * @param note what else is known; null for nothing
 */
public record Recipient(String email, DeliveryStatus status, Instant at, Note note) {

  /** What the mail service says beside the status. */
  public enum Note {
    /** The recipient's server cannot be reached for now; the mail service keeps trying. */
    DELAYED,
    /** A message about a temporary problem came back, such as an absence or a full mailbox. */
    TEMPORARY,
    /** Nobody tried: the address is on the list of those from which a mail came back before. */
    SUPPRESSED,
    /** It was not sent, since the mail service took it for a virus. */
    REJECTED;

    /** As the table keeps it and the API shows it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The note of that word; null for none. */
    static Note of(String word) {
      return word == null ? null : valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** A recipient whose mail waits to be sent. */
  static Recipient queued(String email, Instant at) {
    return new Recipient(email, DeliveryStatus.QUEUED, at, null);
  }

  /** The same with another status, and without a note on what is over. */
  Recipient with(DeliveryStatus status, Instant at) {
    return new Recipient(email, status, at, null);
  }

  /** The same with a note. */
  Recipient with(Note note) {
    return new Recipient(email, status, at, note);
  }
}
