package dev.clockbill.invoice;

import java.util.Optional;
import java.util.stream.Stream;

/** What may be the matter with an open invoice, beside its state. */
enum InvoiceTrouble {
  /** It should have been paid by now. */
  OVERDUE("overdue"),
  /** Its last mail did not arrive. */
  UNDELIVERED("undelivered"),
  /** A payment was made that may still fail. */
  PAYMENT_UNDER_WAY("paymentUnderWay"),
  /** Somebody has still to print it and hand it over. */
  TO_HAND_OVER("toHandOver");

  private final String word;

  InvoiceTrouble(String word) {
    this.word = word;
  }

  /** As the API calls it. */
  String word() {
    return word;
  }

  /** The trouble that a word names; empty for the word of a state, or none. */
  static Optional<InvoiceTrouble> of(String word) {
    return Stream.of(values()).filter(trouble -> trouble.word.equals(word)).findFirst();
  }

  /**
   * Whether this is the matter with an invoice.
   *
   * @param overdueNow whether it is overdue today
   */
  boolean is(Invoice invoice, boolean overdueNow) {
    return switch (this) {
      case OVERDUE -> overdueNow;
      case UNDELIVERED -> invoice.state().payable() && invoice.delivery().status().wentWrong();
      case PAYMENT_UNDER_WAY -> invoice.state().payable() && !invoice.marks().underWay().isEmpty();
      case TO_HAND_OVER -> invoice.state().payable() && invoice.toHandOver();
    };
  }
}
