package dev.clockbill.firm;

import dev.clockbill.mail.MailTrouble;
import dev.clockbill.mail.MailWaits;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * That a firm's mails wait, since the mail service takes none of ours at present: kept on the
 * firm's own item, which whoever sends or asks reads anyway.
 *
 * <p>Each mail that waits is tried again at least once an hour. So what was not confirmed for two
 * hours is over, even if no mail has been sent since.
 *
 * @param since when the first of them was tried in vain
 * @param triedAt when one was tried last
 */
record WaitingMails(Instant since, Instant triedAt, MailTrouble trouble) {
  private static final String ATTRIBUTE = "mailsWait";
  private static final Duration FORGOTTEN = Duration.ofHours(2);
  private static final Duration NOTED = Duration.ofMinutes(30);

  /** Reads it from a firm's item; empty if no mails wait. */
  static Optional<WaitingMails> of(Item firm, Instant now) {
    return Optional.of(firm)
        .filter(item -> item.has(ATTRIBUTE))
        .map(item -> item.object(ATTRIBUTE))
        .map(
            kept ->
                new WaitingMails(
                    kept.instant("since"),
                    kept.instant("triedAt"),
                    MailTrouble.of(kept.text("reason"))))
        .filter(waiting -> waiting.triedAt.isAfter(now.minus(FORGOTTEN)));
  }

  /**
   * Notes that a mail waits; empty if that was noted shortly before.
   *
   * @param firm the firm's item as it was read
   */
  static Optional<Write> noted(Item firm, MailWaits waits, Instant now) {
    Optional<WaitingMails> before = of(firm, now);
    boolean known =
        before
            .filter(waiting -> waiting.trouble == waits.trouble())
            .filter(waiting -> waiting.triedAt.isAfter(now.minus(NOTED)))
            .isPresent();
    Instant since = before.map(WaitingMails::since).orElse(now);
    return known
        ? Optional.empty()
        : Optional.of(
            Write.update(firm.firm(), FirmItem.KEY)
                .set(
                    ATTRIBUTE,
                    Json.object("since", since, "triedAt", now, "reason", waits.trouble().word())));
  }

  /**
   * Notes that mails are sent again; empty if nothing else was known.
   *
   * @param firm the firm's item as it was read
   */
  static Optional<Write> over(Item firm) {
    return firm.has(ATTRIBUTE)
        ? Optional.of(Write.update(firm.firm(), FirmItem.KEY).remove(ATTRIBUTE))
        : Optional.empty();
  }

  /** As responses show it: {@code {"waiting", "since", "reason"}}. */
  static Map<String, Object> json(Optional<WaitingMails> waiting) {
    return Json.object(
        "waiting", waiting.isPresent(),
        "since", waiting.map(WaitingMails::since).map(Instant::toString).orElse(null),
        "reason", waiting.map(WaitingMails::trouble).map(MailTrouble::word).orElse(null));
  }
}
