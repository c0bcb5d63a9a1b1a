package dev.clockbill.invoice;

import dev.clockbill.http.Problem;

/** Whether an action is allowed on an invoice, or why it is refused. */
public enum StateRule {
  /** The action is carried out. */
  ALLOWED,
  /** The action is accepted, and has no effect. */
  NOTHING_TO_DO,
  /** The invoice was sent, so it no longer changes. */
  FROZEN(
      "invoice-frozen",
      "This invoice was sent and can no longer be changed. Void or revise it instead."),
  /** The same, for the time on it. */
  TIME_BILLED(
      "time-billed",
      "This time is on an invoice that was sent. Void or revise the invoice to change it."),
  /** The invoice was not sent yet. */
  NOT_SENT("not-sent", "This invoice was not sent yet. Send it first."),
  /** Nothing is to be paid. */
  NOTHING_DUE(
      "nothing-due", "Nothing is due on this invoice right now, so there is nothing to remind of."),
  /** Some of the invoice is paid. */
  PAID(
      "invoice-paid",
      "Some of this invoice is paid. Pay the money back first, or make another invoice."),
  /** The invoice is void. */
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

  /** The problem word of the refusal; null if the action is accepted. */
  public String word() {
    return word;
  }

  /**
   * Whether the action is to be carried out; false if it has no effect.
   *
   * @throws Problem 409 with the word of the refusal
   */
  public boolean allows() {
    if (word != null) {
      throw Problem.of(409, word, detail);
    }
    return this == ALLOWED;
  }
}
