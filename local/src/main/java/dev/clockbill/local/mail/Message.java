package dev.clockbill.local.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mail.
 *
 * @param from the sender with its name, such as {@code House <mail@house.example>}
 * @param fromAddress only the address of the sender
 * @param to addresses without names, like {@code cc}, {@code bcc} and {@code replyTo}
 * @param text the plain text
 * @param html the HTML
 * @param headers additional headers by name
 */
record Message(
    String from,
    String fromAddress,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    List<String> replyTo,
    String subject,
    Optional<String> text,
    Optional<String> html,
    List<Attachment> attachments,
    Map<String, String> headers) {

  /** All recipients. */
  List<String> recipients() {
    List<String> all = new ArrayList<>(to);
    all.addAll(cc);
    all.addAll(bcc);
    return all;
  }

  /** The domain of the sender's address. */
  String domain() {
    return fromAddress.substring(fromAddress.lastIndexOf('@') + 1);
  }
}
