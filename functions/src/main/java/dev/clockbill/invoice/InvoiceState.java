package dev.clockbill.invoice;

/** The states of an invoice. {@link StateRules} says what may happen in which of them. */
public enum InvoiceState {
  /** May be edited. */
  DRAFT("draft"),
  /** Send was pressed; number and mail are under way. */
  SENDING("sending"),
  /** The mail was sent. */
  SENT("sent"),
  /** Some of it is paid. */
  PARTLY_PAID("partlyPaid"),
  /** All of it is paid. */
  PAID("paid"),
  /** Voided; its time is unbilled again. */
  VOID("void"),
  /** The mail was refused; it keeps its number and can be paid. */
  UNDELIVERABLE("undeliverable");

  private final String word;

  InvoiceState(String word) {
    this.word = word;
  }

  /** As requests, answers and the table write it. */
  public String word() {
    return word;
  }

  /**
   * The state that a word names.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static InvoiceState of(String word) {
    for (InvoiceState state : values()) {
      if (state.word.equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("no state of an invoice: " + word);
  }

  /** Whether lines, rates, taxes, addresses and totals may no longer change. */
  public boolean frozen() {
    return StateRules.in(this).edit() != StateRule.ALLOWED;
  }

  /** Whether a customer may pay it. */
  public boolean payable() {
    return StateRules.in(this).checkout() == StateRule.ALLOWED;
  }

  /**
   * The state of an invoice that was mailed, by how much of it is paid; a total of 0 counts as
   * paid.
   *
   * @param total minor units
   * @param amountPaid settled payments less refunds, minor units
   */
  public static InvoiceState byPayment(long total, long amountPaid) {
    if (amountPaid >= total) {
      return PAID;
    }
    return amountPaid > 0 ? PARTLY_PAID : SENT;
  }
}
