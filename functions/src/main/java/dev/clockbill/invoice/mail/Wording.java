package dev.clockbill.invoice.mail;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
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

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{(number|customer|total|due|firm)\\}");
  private static final Pattern BETWEEN_PARAGRAPHS = Pattern.compile("\\R[ \\t]*\\R\\s*");

  /**
   * The longest subject that is sent. Names are filled in, so that it may come out longer than it
   * was typed; some mail programs refuse a subject of more than 255 characters.
   */
  private static final int LONGEST_SUBJECT = 250;

  /** The same; what is missing is taken from another one. */
  Wording or(Wording other) {
    return new Wording(
        subject == null ? other.subject : subject, message == null ? other.message : message);
  }

  /**
   * The same with its placeholders filled in, each once: what is filled in is not looked at again.
   * Braces around any other word stay as they are.
   */
  Wording filled(Map<String, String> values) {
    String line = fill(subject, values);
    boolean cut = line.codePointCount(0, line.length()) > LONGEST_SUBJECT;
    return new Wording(
        cut ? line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…" : line,
        fill(message, values));
  }

  private static String fill(String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
  }

  /** The paragraphs of a message, each by its lines. */
  public static List<List<String>> paragraphs(String message) {
    return Stream.of(BETWEEN_PARAGRAPHS.split(message.strip()))
        .map(paragraph -> paragraph.lines().toList())
        .toList();
  }
}
