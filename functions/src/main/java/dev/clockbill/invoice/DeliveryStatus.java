package dev.clockbill.invoice;

import java.util.Locale;

/**
 * How the delivery of an invoice's latest mail is going. The mail service's events come late and
 * out of order; the status never goes back.
 */
public enum DeliveryStatus {
  /** No mail was asked for yet. */
  NONE(0),
  /** A mail is waiting to be sent. */
  QUEUED(1),
  /** The mail service took it. */
  SENT(2),
  /** The recipient's server took it. */
  DELIVERED(3),
  /** It came back. */
  BOUNCED(4),
  /** The recipient reported it as unwanted. */
  COMPLAINED(4),
  /** The mail service refused it. */
  FAILED(4);

  private static final int LAST = 4;

  private final int rank;

  DeliveryStatus(int rank) {
    this.rank = rank;
  }

  /** The status as the table keeps it and the API shows it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status that a word names.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static DeliveryStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether an event with this status changes anything for a mail that has another one. */
  public boolean replaces(DeliveryStatus present) {
    return rank > present.rank;
  }

  /** Whether there is no point in mailing the same address again. */
  public boolean wentWrong() {
    return rank == LAST;
  }
}
