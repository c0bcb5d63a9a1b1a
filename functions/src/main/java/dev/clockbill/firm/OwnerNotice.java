package dev.clockbill.firm;

import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import java.util.Map;

/**
 * What a notice to a firm's owner says: the model of its mail.
 *
 * @param sender the firm's name
 * @param heading what happened, in a line; the subject too
 * @param text what that means and what can be done
 * @param facts names and values, in order
 * @param label of the button
 * @param url where it leads: the place in the portal where something can be done
 */
public record OwnerNotice(
    String sender,
    String heading,
    String text,
    Map<String, String> facts,
    String label,
    String url) {

  /**
   * The mail itself.
   *
   * @param email the firm's address
   * @param tag names what the notice is about: {@code invoiceId} or {@code timerId}, or {@code
   *     noticeId} for a notice about the firm
   */
  public Mail mail(Mail.Id id, String email, String tag) {
    return Mail.from(sender, email)
        .subject(heading)
        .about(tag, id.about())
        .render(id, MailKind.OWNER_NOTICE, this);
  }
}
