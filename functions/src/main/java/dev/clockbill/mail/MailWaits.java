package dev.clockbill.mail;

import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import java.time.Duration;
import java.time.Instant;

/**
 * The mail service takes no mails of ours at present: the mail was not sent, and waits. Whoever
 * sends it tries again when it is time, however often it takes.
 */
public final class MailWaits extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String about;
  private final MailTrouble trouble;
  private final long tries;
  private final Instant next;

  /**
   * Says why a mail waits.
   *
   * @param tries how often it was tried in vain, this time included
   */
  MailWaits(Mail.Id id, MailTrouble trouble, long tries) {
    super("mail " + id.mailId() + " waits: " + trouble.text());
    this.about = id.about();
    this.trouble = trouble;
    this.tries = tries;
    this.next = Time.now().plus(DueQueue.backoff(tries));
  }

  /** The id of what the mail is about, as {@link Mail.Id#about} says. */
  public String about() {
    return about;
  }

  /** What is the matter. */
  public MailTrouble trouble() {
    return trouble;
  }

  /** Whether it was tried in vain for the first time. */
  public boolean first() {
    return tries == 1;
  }

  /** When to try again: after a minute at first, later once an hour. */
  public Instant next() {
    return next;
  }

  /** How long to wait before that; at least a second. */
  public Duration rest() {
    Duration left = Duration.between(Time.now(), next);
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }
}
