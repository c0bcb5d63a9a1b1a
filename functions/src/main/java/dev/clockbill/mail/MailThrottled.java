package dev.clockbill.mail;

/** The mail service asks to try again later: the mail was not sent yet. */
public final class MailThrottled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal in the mail service's words. */
  public MailThrottled(String message) {
    super(message);
  }
}
