package dev.clockbill.invoice;

import dev.clockbill.http.Problem;

/** What comes of something that is wanted of an invoice: it is done, or why not. */
public enum StateRule {
  /** It is done. */
  DONE,
  /** It is accepted, and there is nothing to do. */
  NOTHING,
  /** It was sent, so that it no longer changes. */
  FROZEN(
      "invoice-frozen",
      "This invoice was sent and can no longer be changed. Void or revise it instead."),
  /** The same, said of its time. */
  TIME_BILLED(
      "time-billed",
      "This time is on an invoice that was sent. Void or revise the invoice to change it."),
  /** It was not sent yet. */
  NOT_SENT("not-sent", "This invoice was not sent yet. Send it first."),
  /** Something of it is paid. */
  PAID(
      "invoice-paid",
      "Some of this invoice is paid. Pay the money back first, or make another invoice."),
  /** It is void. */
  VOID("invoice-void", "This invoice is void. Make a new one of its time.");

  private final String word;
  private final String detail;

  StateRule() {
    this(null, null);
  }

  StateRule(String word, String detail) {
    this.word = word;
    this.detail = detail;
  }

  /** The word of the refusal; null where there is none. */
  public String word() {
    return word;
  }

  /**
   * Whether there is something to do.
   *
   * @throws Problem 409 with the word of the refusal
   */
  public boolean allows() {
    if (word != null) {
      throw Problem.of(409, word, detail);
    }
    return this == DONE;
  }
}
