package dev.clockbill.mail;

/** The mail service asks to try again in seconds: the mail was not sent yet. */
public final class MailThrottled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal by its name at the mail service. */
  public MailThrottled(String message) {
    super(message);
  }
}
