package dev.clockbill.invoice;

import java.time.Instant;

/**
 * One payment, refund or dispute of an invoice.
 *
 * @param paymentId the last part of its item's key
 * @param amount positive, minor units
 * @param method how it was paid, such as {@code card}
 * @param byHand whether a person recorded it; one that the processor reported cannot be taken back
 * @param reference what the person noted about it; or null
 * @param sessionId the checkout in which it was paid; null for one recorded by hand
 * @param ofPayment the {@code paymentId} of what a refund or dispute takes back; null for a payment
 */
public record Payment(
    String paymentId,
    Kind kind,
    Status status,
    long amount,
    String method,
    Instant at,
    boolean byHand,
    String reference,
    String sessionId,
    String ofPayment) {

  /** Which way the money goes. */
  public enum Kind {
    /** From the customer to the firm. */
    PAYMENT("payment"),
    /** Back to the customer, given by the firm. */
    REFUND("refund"),
    /** Back to the customer, taken by their bank. */
    DISPUTE("dispute");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As answers and the table write it. */
    public String word() {
      return word;
    }

    /**
     * The kind that a word names.
     *
     * @throws IllegalArgumentException for any other word
     */
    public static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of payment: " + word);
    }
  }

  /** How far a payment has come, from the least to the most final. */
  public enum Status {
    /** The customer has paid, and the money is on its way; it may take days. */
    PROCESSING("processing"),
    /** The money did not arrive. */
    FAILED("failed"),
    /** The money has arrived. */
    SETTLED("settled");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** As answers and the table write it. */
    public String word() {
      return word;
    }

    /**
     * The status that a word names.
     *
     * @throws IllegalArgumentException for any other word
     */
    public static Status of(String word) {
      for (Status status : values()) {
        if (status.word.equals(word)) {
          return status;
        }
      }
      throw new IllegalArgumentException("no status of a payment: " + word);
    }
  }

  /** A payment that was made in a checkout. */
  public static Payment inCheckout(
      String sessionId, String paymentId, Status status, long amount, String method, Instant at) {
    return new Payment(
        paymentId, Kind.PAYMENT, status, amount, method, at, false, null, sessionId, null);
  }

  /** A payment that a person records: its money has arrived elsewhere. */
  public static Payment byHand(
      String paymentId, long amount, String method, Instant at, String reference) {
    return new Payment(
        paymentId, Kind.PAYMENT, Status.SETTLED, amount, method, at, true, reference, null, null);
  }

  /** What was given back, or taken back, of a payment that was made in a checkout. */
  public static Payment givenBack(
      Payment payment, String paymentId, Kind kind, Status status, long amount, Instant at) {
    return new Payment(
        paymentId,
        kind,
        status,
        amount,
        payment.method(),
        at,
        false,
        null,
        null,
        payment.paymentId());
  }

  /** Whether its money is still on its way, and may never arrive. */
  public boolean underWay() {
    return kind == Kind.PAYMENT && status == Status.PROCESSING;
  }

  /** Whether it gave the customer money back. */
  public boolean gaveBack() {
    return kind != Kind.PAYMENT && status == Status.SETTLED;
  }

  /**
   * What it adds to the amount paid, minor units: nothing unless it is settled; below zero where it
   * gave money back.
   */
  public long net() {
    return switch (status) {
      case PROCESSING, FAILED -> 0;
      case SETTLED ->
          switch (kind) {
            case PAYMENT -> amount;
            case REFUND, DISPUTE -> -amount;
          };
    };
  }
}
