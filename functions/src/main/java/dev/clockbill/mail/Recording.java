package dev.clockbill.mail;

import dev.clockbill.table.UnitOfWork;

/**
 * What follows from the end of a mail's sending.
 *
 * @param <T> what the sender's caller wants to know
 */
@FunctionalInterface
public interface Recording<T> {
  /** For mails from which nothing follows; answers whether it was sent. */
  Recording<Boolean> NOTHING_MORE = (work, result) -> result instanceof Result.Sent;

  /**
   * Adds what follows to the transaction that records the mail itself. It is called again after a
   * conflict, so it reads what it decides on; what was recorded before, it does not add again.
   *
   * @throws MailRefused if the caller is to deal with a refusal; then nothing is recorded
   */
  T add(UnitOfWork work, Result result);

  /** How the sending of a mail ended. */
  sealed interface Result {
    /**
     * The mail service took the mail.
     *
     * @param claim by which it was sent
     */
    record Sent(QueuedMail.Claim claim) implements Result {}

    /**
     * The mail service refused the mail for good.
     *
     * @param claim by which it was to be sent
     * @param reason the mail service's
     */
    record Refused(QueuedMail.Claim claim, MailRefused reason) implements Result {}
  }
}
