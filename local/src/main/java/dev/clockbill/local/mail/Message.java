package dev.clockbill.local.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mail as it is to be sent.
 *
 * @param from the sender as a reader sees it, such as {@code House <mail@house.example>}
 * @param fromAddress the sender's address alone
 * @param to addresses alone, as {@code cc}, {@code bcc} and {@code replyTo}
 * @param text the part for readers without HTML
 * @param html the part for all others
 * @param headers those that the sender added, by name
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

  /** Everybody it goes to. */
  List<String> recipients() {
    List<String> all = new ArrayList<>(to);
    all.addAll(cc);
    all.addAll(bcc);
    return all;
  }

  /** The domain that the sender's address belongs to. */
  String domain() {
    return fromAddress.substring(fromAddress.lastIndexOf('@') + 1);
  }
}
