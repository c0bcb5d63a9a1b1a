package dev.clockbill.mail;

import dev.clockbill.table.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail, ready to send.
 *
 * @param id which mail this is
 * @param senderName the firm's name, shown as the sender's
 * @param to the address it goes to
 * @param replyTo the firm's address
 * @param subject one line: what would break it is a blank
 * @param text for readers without HTML
 * @param html the same as a page
 * @param about further tags, such as {@code invoiceId}: delivery events find their way by them
 * @param attachments files that go with it
 */
public record Mail(
    Id id,
    String senderName,
    String to,
    String replyTo,
    String subject,
    String text,
    String html,
    Map<String, String> about,
    List<Attachment> attachments) {
  private static final Pattern LINE_BREAKING = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

  /** A mail whose subject stays one line, whatever the names in it hold. */
  public Mail {
    subject = LINE_BREAKING.matcher(subject).replaceAll(" ");
  }

  /** A mail without attachments. */
  public Mail(
      Id id,
      String senderName,
      String to,
      String replyTo,
      String subject,
      String text,
      String html,
      Map<String, String> about) {
    this(id, senderName, to, replyTo, subject, text, html, about, List.of());
  }

  /** The same with a file. */
  public Mail with(Attachment attachment) {
    return new Mail(id, senderName, to, replyTo, subject, text, html, about, List.of(attachment));
  }

  /**
   * A file that goes with a mail.
   *
   * @param name such as {@code invoice-0042.pdf}
   * @param type such as {@code application/pdf}
   */
  public record Attachment(String name, String type, byte[] bytes) {}

  /**
   * Which mail: the n-th of its kind about one thing. Its item is {@code MAIL#kind#about#n}, its
   * {@code mailId} the same with hyphens.
   *
   * @param firm the firm that sends it
   * @param kind {@code invoice}, {@code receipt}, {@code timerReminder} …
   * @param about the id of the invoice or timer
   * @param n counts from 1; of a timer's reminder, the minute since 1970 at which it reached the
   *     limit
   */
  public record Id(String firm, String kind, String about, long n) {
    private static final Pattern MAIL_ID = Pattern.compile("([A-Za-z]+)-([0-9A-Z]+)-(\\d{1,9})");

    /** The mail that the tags {@code firmId} and {@code mailId} name; empty if they name none. */
    public static Optional<Id> of(String firm, String mailId) {
      if (firm == null || mailId == null) {
        return Optional.empty();
      }
      Matcher parts = MAIL_ID.matcher(mailId);
      return parts.matches()
          ? Optional.of(
              new Id(firm, parts.group(1), parts.group(2), Long.parseLong(parts.group(3))))
          : Optional.empty();
    }

    /** The mail whose item this is. */
    public static Id of(Item item) {
      String[] parts = item.key().split("#");
      return new Id(item.firm(), parts[1], parts[2], Long.parseLong(parts[3]));
    }

    /** What the keys of mails begin with. */
    public static final String PREFIX = "MAIL#";

    /** Its item's key. */
    public String key() {
      return PREFIX + kind + "#" + about + "#" + n;
    }

    /** As the tag {@code mailId} carries it. */
    public String mailId() {
      return kind + "-" + about + "-" + n;
    }
  }
}
