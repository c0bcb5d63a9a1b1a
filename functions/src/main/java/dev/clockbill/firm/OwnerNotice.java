package dev.clockbill.firm;

import dev.clockbill.mail.Mail;
import dev.clockbill.print.Templates;
import java.util.Map;

/**
 * A notice to a firm's owner about something that needs them: the model of its mail.
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
   * @param about further tags, such as {@code timerId}
   */
  public Mail mail(Mail.Id id, String email, Map<String, String> about) {
    return new Mail(
        id,
        sender,
        email,
        email,
        heading,
        Templates.text("owner-notice", this),
        Templates.html("owner-notice", this),
        about);
  }
}
