package dev.clockbill.mail;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of mails. Each has a template of its own and, in ids and tags, a word. */
public enum MailKind {
  /** An invoice, to its customer. */
  INVOICE("invoice", "invoice"),
  /** An invoice as it would be mailed, to whoever asked to see it. */
  TEST_MAIL("testMail", "invoice"),
  /** That an unpaid invoice is due, to its customer. */
  PAYMENT_REMINDER("paymentReminder", "payment-reminder"),
  /** That an invoice is paid, to its customer. */
  RECEIPT("receipt", "receipt"),
  /** That money was given back, to the customer who had paid it; a receipt to the mail service. */
  REFUND("refund", "refund", "receipt"),
  /** What a customer has to pay, to that customer. */
  STATEMENT("statement", "statement"),
  /** That a timer has been running for long, to the member of staff who started it. */
  TIMER_REMINDER("timerReminder", "timer-reminder"),
  /** That an invoice or a timer needs attention, to the firm's owner. */
  OWNER_NOTICE("ownerNotice", "owner-notice");

  private final String word;
  private final String template;
  private final String tag;

  MailKind(String word, String template) {
    this(word, template, word);
  }

  MailKind(String word, String template, String tag) {
    this.word = word;
    this.template = template;
    this.tag = tag;
  }

  /** The kind of that word, if there is one. */
  static Optional<MailKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** As keys and ids of mails have it. */
  public String word() {
    return word;
  }

  /** As the tag {@code kind} has it. */
  String tag() {
    return tag;
  }

  /** The name of its two templates, HTML and plain text. */
  String template() {
    return template;
  }
}
