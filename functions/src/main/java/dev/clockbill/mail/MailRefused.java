package dev.clockbill.mail;

/** The mail service refused a mail for good: it was not sent and never will be. */
public final class MailRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal by its name at the mail service, or in our words. */
  public MailRefused(String message) {
    super(message);
  }
}
