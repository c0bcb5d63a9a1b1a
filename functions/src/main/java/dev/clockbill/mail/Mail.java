package dev.clockbill.mail;

import dev.clockbill.print.Templates;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A mail, ready to send.
 *
 * @param id which mail this is
 * @param senderName the firm's name, shown as the sender's
 * @param to the recipient's address
 * @param cc who gets a copy
 * @param bcc who gets a copy that no other recipient sees
 * @param replyTo the firm's address
 * @param subject one line: line breaks and other control characters become blanks
 * @param text for readers without HTML
 * @param html the same as a page
 * @param tags further tags, such as {@code invoiceId}; the mail service's events carry them
 * @param attachments files that go with it
 */
public record Mail(
    Id id,
    String senderName,
    String to,
    List<String> cc,
    List<String> bcc,
    String replyTo,
    String subject,
    String text,
    String html,
    Map<String, String> tags,
    List<Attachment> attachments) {
  private static final Pattern LINE_BREAKING = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

  /** A mail whose subject stays one line, whatever the names in it hold. */
  public Mail {
    subject = LINE_BREAKING.matcher(subject).replaceAll(" ");
  }

  /**
   * Begins to compose a mail of a firm.
   *
   * @param senderName the firm's name
   * @param replyTo the firm's address
   */
  public static Draft from(String senderName, String replyTo) {
    return new Draft(senderName, replyTo, replyTo, "", Map.of());
  }

  /** The same with a file. */
  public Mail with(Attachment attachment) {
    List<Attachment> files = Stream.concat(attachments.stream(), Stream.of(attachment)).toList();
    return new Mail(id, senderName, to, cc, bcc, replyTo, subject, text, html, tags, files);
  }

  /**
   * The same with copies.
   *
   * @param seen by the other recipients
   * @param hidden from them
   */
  public Mail copied(List<String> seen, List<String> hidden) {
    return new Mail(
        id, senderName, to, seen, hidden, replyTo, subject, text, html, tags, attachments);
  }

  /**
   * A mail that is being composed.
   *
   * @param to the recipient's address; the firm's own unless another one is named
   */
  public record Draft(
      String senderName, String replyTo, String to, String subject, Map<String, String> tags) {

    /** The same to a recipient. */
    public Draft to(String address) {
      return new Draft(senderName, replyTo, address, subject, tags);
    }

    /** The same with a subject. */
    public Draft subject(String text) {
      return new Draft(senderName, replyTo, to, text, tags);
    }

    /** The same with a tag that names what it is about, such as {@code invoiceId}. */
    public Draft about(String tag, String id) {
      return new Draft(senderName, replyTo, to, subject, Map.of(tag, id));
    }

    /**
     * The mail, from the two templates of its kind.
     *
     * @param model what is printed: the templates' one parameter
     */
    public Mail render(Id id, Object model) {
      return render(id, id.kind(), model);
    }

    /** The same from the templates of another kind. */
    public Mail render(Id id, MailKind templates, Object model) {
      String template = templates.template();
      return new Mail(
          id,
          senderName,
          to,
          List.of(),
          List.of(),
          replyTo,
          subject,
          Templates.text(template, model),
          Templates.html(template, model),
          tags,
          List.of());
    }
  }

  /**
   * A file that goes with a mail.
   *
   * @param name such as {@code invoice-0042.pdf}
   * @param type such as {@code application/pdf}
   * @param contentId by which the mail's page shows it; null for a file that goes beside it
   */
  public record Attachment(String name, String type, byte[] bytes, String contentId) {

    /** A file that goes beside the mail. */
    public Attachment(String name, String type, byte[] bytes) {
      this(name, type, bytes, null);
    }

    /** An image that the mail's page shows as {@code cid:} and its id. */
    public static Attachment inline(String contentId, String name, String type, byte[] bytes) {
      return new Attachment(name, type, bytes, contentId);
    }
  }

  /**
   * Which mail: the n-th of its kind about one thing. Its item is {@code MAIL#kind#about#n}, its
   * {@code mailId} the same with hyphens.
   *
   * @param firm the firm that sends it
   * @param about the id of the invoice, the timer or, of a statement, the customer; of an owner's
   *     notice that is about the firm, the notice's own
   * @param n counts from 1; of a timer's reminder, the minute since 1970 at which it reached the
   *     limit; of a payment reminder, the days from the invoice's issue to the firm's day, or,
   *     where a person asked for it, a number above all those
   */
  public record Id(String firm, MailKind kind, String about, long n) {
    private static final Pattern MAIL_ID = Pattern.compile("([A-Za-z]+)-([0-9A-Z]+)-(\\d{1,9})");

    /** What the keys of mails begin with. */
    public static final String PREFIX = "MAIL#";

    /** The mail that the tags {@code firmId} and {@code mailId} name; empty if they name none. */
    public static Optional<Id> of(String firm, String mailId) {
      if (firm == null || mailId == null) {
        return Optional.empty();
      }
      Matcher parts = MAIL_ID.matcher(mailId);
      if (!parts.matches()) {
        return Optional.empty();
      }
      return MailKind.of(parts.group(1))
          .map(kind -> new Id(firm, kind, parts.group(2), Long.parseLong(parts.group(3))));
    }

    /**
     * The mail that a step of the workflow is to send.
     *
     * @param payload the step's: {@code firmId}, {@code invoiceId}, which is what the mail is
     *     about, and {@code which}, the number of the mail
     */
    public static Id of(Map<String, Object> payload, MailKind kind, String which) {
      return new Id(
          Json.text(payload, "firmId"),
          kind,
          Json.text(payload, "invoiceId"),
          Long.parseLong(Json.text(payload, which)));
    }

    /** The mail whose item this is. */
    public static Id of(Item item) {
      String[] parts = item.key().split("#");
      MailKind kind = MailKind.of(parts[1]).orElseThrow();
      return new Id(item.firm(), kind, parts[2], Long.parseLong(parts[3]));
    }

    /** What the keys of all mails of a kind about one thing begin with. */
    public static String prefix(MailKind kind, String about) {
      return PREFIX + kind.word() + "#" + about + "#";
    }

    /** Its item's key. */
    public String key() {
      return prefix(kind, about) + n;
    }

    /** As the tag {@code mailId} carries it. */
    public String mailId() {
      return kind.word() + "-" + about + "-" + n;
    }
  }
}
