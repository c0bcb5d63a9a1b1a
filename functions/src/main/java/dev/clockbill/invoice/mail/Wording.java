package dev.clockbill.invoice.mail;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Messages.Message;
import dev.clockbill.firm.Messages.Placeholder;
import dev.clockbill.invoice.Invoice;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Subject and message of a mail to a customer, as people write them: with {@code {number}}, {@code
 * {customer}}, {@code {total}}, {@code {due}} (the due date) and {@code {firm}} in them, which are
 * filled in when the mail is sent.
 *
 * @param subject one line; null where nobody wrote one
 * @param message paragraphs with blank lines between them; null where nobody wrote one
 */
public record Wording(String subject, String message) {
  /** Nobody wrote anything. */
  public static final Wording NONE = new Wording(null, null);

  private static final Pattern BETWEEN_PARAGRAPHS = Pattern.compile("\\R[ \\t]*\\R\\s*");

  /**
   * The longest subject that is sent. Names are filled in, so that it may come out longer than it
   * was typed; some mail programs refuse a subject of more than 255 characters.
   */
  private static final int LONGEST_SUBJECT = 250;

  /** The same; what is missing is taken from another one. */
  public Wording or(Wording other) {
    return new Wording(
        subject == null ? other.subject : subject, message == null ? other.message : message);
  }

  /** What a firm has written for mails of a kind. */
  public static Wording of(Message firms) {
    return new Wording(firms.subject(), firms.text());
  }

  /** The same with its placeholders filled in; what is filled in is not looked at again. */
  public Wording filled(FirmSettings firm, Invoice invoice) {
    Map<Placeholder, String> values =
        Map.of(
            Placeholder.NUMBER, invoice.number(),
            Placeholder.CUSTOMER, invoice.customer().name(),
            Placeholder.TOTAL, firm.texts().money(invoice.total(), invoice.currency()),
            Placeholder.DUE, firm.texts().date(invoice.dueOn()),
            Placeholder.FIRM, firm.name());
    String line = Placeholder.fill(subject, values);
    boolean cut = line.codePointCount(0, line.length()) > LONGEST_SUBJECT;
    return new Wording(
        cut ? line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…" : line,
        Placeholder.fill(message, values));
  }

  /** The paragraphs of a message, each by its lines. */
  public static List<List<String>> paragraphs(String message) {
    return Stream.of(BETWEEN_PARAGRAPHS.split(message.strip()))
        .map(paragraph -> paragraph.lines().toList())
        .toList();
  }
}
