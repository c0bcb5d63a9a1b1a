package dev.clockbill.mail;

/** It is not known yet whether a mail was sent; try again in a minute. */
public final class MailUnconfirmed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the mail. */
  public MailUnconfirmed(Mail.Id id) {
    super("it is not known yet whether mail " + id.mailId() + " was sent");
  }
}
