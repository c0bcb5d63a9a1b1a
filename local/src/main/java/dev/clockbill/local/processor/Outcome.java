package dev.clockbill.local.processor;

/** What a payer does on the checkout page. */
enum Outcome {
  /** Pays, and the payment succeeds at once. */
  PAID("paid"),
  /** Pays by a method that takes days; the result is not known yet. */
  PROCESSING("processing"),
  /** Tries to pay and is declined; the checkout stays open. */
  FAILED("failed"),
  /** Leaves; the checkout stays open until it expires. */
  ABANDONED("abandoned");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static Outcome named(String word) {
    for (Outcome outcome : values()) {
      if (outcome.word.equals(word)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException(
        "\"outcome\" must be \"paid\", \"processing\", \"failed\" or \"abandoned\", not \""
            + word
            + "\".");
  }
}
