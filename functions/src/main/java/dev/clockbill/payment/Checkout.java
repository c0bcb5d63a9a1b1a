package dev.clockbill.payment;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Payment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A checkout: a session at the processor in which a customer can pay one invoice, or several at
 * once.
 *
 * @param shares what it charges for each invoice; all are of one currency
 * @param account the firm's at the processor: events about the checkout have to come from there
 * @param url where the customer pays
 * @param expiresAt the instant after which nobody can pay in it
 */
record Checkout(
    String sessionId,
    List<Share> shares,
    String account,
    State state,
    String url,
    Instant expiresAt) {

  /**
   * What a checkout charges for one invoice.
   *
   * @param version of the invoice when the checkout was opened
   * @param amount minor units of the invoice's currency
   */
  record Share(String invoiceId, long version, long amount) {
    /** All that is due of an invoice. */
    static Share of(Invoice invoice) {
      return new Share(invoice.invoiceId(), invoice.version(), invoice.amountDue());
    }
  }

  /** How far a checkout has come. */
  enum State {
    /** The customer can pay in it. */
    OPEN("open"),
    /** The customer has paid, and the money is on its way; it may take days. */
    PROCESSING("processing"),
    /** The money has arrived. */
    PAID("paid"),
    /** The customer had paid, and the money did not arrive. */
    FAILED("failed"),
    /** Nobody has paid in it, and nobody can any more. */
    EXPIRED("expired");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As the table writes it. */
    String word() {
      return word;
    }

    /**
     * The state that a word names.
     *
     * @throws IllegalArgumentException for any other word
     */
    static State of(String word) {
      for (State state : values()) {
        if (state.word.equals(word)) {
          return state;
        }
      }
      throw new IllegalArgumentException("no state of a checkout: " + word);
    }

    /** The status of the payment that was made in it; empty where nobody has paid. */
    Optional<Payment.Status> payment() {
      return switch (this) {
        case OPEN, EXPIRED -> Optional.empty();
        case PROCESSING -> Optional.of(Payment.Status.PROCESSING);
        case PAID -> Optional.of(Payment.Status.SETTLED);
        case FAILED -> Optional.of(Payment.Status.FAILED);
      };
    }
  }

  /** How long before its end customers are no longer sent there: they still have to find a card. */
  private static final Duration SPARE = Duration.ofMinutes(2);

  /**
   * How long after its end something may still be learned of it. Delayed methods take up to 14
   * business days (Stripe's documentation, "SEPA Direct Debit payments"), and events are kept for
   * 30 days ("List all events").
   */
  private static final Duration FOLLOWED = Duration.ofDays(30);

  /** Whether it is known how it ended. */
  boolean ended() {
    return switch (state) {
      case OPEN, PROCESSING -> false;
      case PAID, FAILED, EXPIRED -> true;
    };
  }

  /** Whether a customer can pay in it at an instant. */
  boolean open(Instant now) {
    return state == State.OPEN && expiresAt.isAfter(now);
  }

  /** Whether something may still be learned of it, though it cannot be asked about now. */
  boolean followed(Instant now) {
    return expiresAt.plus(FOLLOWED).isAfter(now);
  }

  /** Whether a customer who wants to pay just this can be sent there now. */
  boolean charges(List<Share> wanted, Instant now) {
    return open(now.plus(SPARE)) && amounts(shares).equals(amounts(wanted));
  }

  private static Map<String, Long> amounts(List<Share> shares) {
    return shares.stream().collect(Collectors.toMap(Share::invoiceId, Share::amount));
  }

  /** What it charges in all, minor units. */
  long amount() {
    return shares.stream().mapToLong(Share::amount).sum();
  }

  /** The ids of its invoices. */
  List<String> invoiceIds() {
    return shares.stream().map(Share::invoiceId).toList();
  }

  /** The same as log lines have them. */
  String logged() {
    return String.join(",", invoiceIds());
  }
}
