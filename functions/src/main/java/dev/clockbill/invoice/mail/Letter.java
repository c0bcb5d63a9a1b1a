package dev.clockbill.invoice.mail;

import dev.clockbill.firm.Messages.Placeholder;
import dev.clockbill.http.AddressList;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Request;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What whoever sends an invoice says with this one mail, and who else gets it. It is kept on the
 * mail's own item, so that no other mail of the invoice repeats it.
 *
 * <p>All recipients are in one message, which the mail service takes or refuses as a whole and at
 * most once. Its limit is 50 recipients a message, and one invalid address refuses all of them (SES
 * API, "SendEmail"); that is why addresses are checked at the border and {@link #MOST_COPIES} stays
 * far below.
 *
 * @param wording what the mail says; where nobody wrote anything, the firm's or the usual text
 * @param cc who gets a copy that the customer sees
 * @param copyTo who gets a copy that the customer does not see: the sender; null for nobody
 */
public record Letter(Wording wording, List<String> cc, String copyTo) {
  /** The fact of a mail that says who gets a copy. */
  static final String CC = "cc";

  private static final Pattern LINE_BREAK = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");

  /** Nothing is said beside the usual, and nobody else gets it. */
  public static final Letter NONE = new Letter(Wording.NONE, List.of(), null);

  /** The most copies that a person may ask for. */
  public static final int MOST_COPIES = 10;

  /** The longest subject as typed. */
  public static final int SUBJECT = Fields.NAME;

  /** The longest message as typed. */
  public static final int MESSAGE = Fields.NOTE;

  /** Reads {@code {"subject"?, "message"?, "cc"?, "copyToMe"?}} of a request's fields. */
  public static Letter read(Request request, Fields fields) {
    List<String> cc = AddressList.read(fields, CC, MOST_COPIES);
    boolean copy = Boolean.TRUE.equals(fields.bool("copyToMe"));
    String me = request.caller().email();
    if (copy && me.isEmpty()) {
      fields.refuse("copyToMe", "Your login has no email address.");
    }
    return new Letter(wording(fields), cc, copy ? me : null);
  }

  /** Reads {@code {"subject"?, "message"?}} of a request's fields. */
  public static Wording wording(Fields fields) {
    return wording(fields, text(fields, "subject", SUBJECT), text(fields, "message", MESSAGE));
  }

  /** A subject, which has to be one line, and a message; either may be null. */
  public static Wording wording(Fields fields, String subject, String message) {
    if (subject != null && LINE_BREAK.matcher(subject).find()) {
      fields.refuse("subject", "A subject is one line.");
    }
    return new Wording(subject, message);
  }

  /** A text in whose braces there are only placeholders: others would be mailed as typed. */
  private static String text(Fields fields, String name, int longest) {
    String text = fields.text(name, longest);
    Optional.ofNullable(text)
        .flatMap(Placeholder::mistake)
        .ifPresent(mistake -> fields.refuse(name, mistake));
    return text;
  }

  /** What was kept with a mail. */
  static Letter of(QueuedMail mail) {
    Item kept = mail.facts();
    return new Letter(
        new Wording(kept.text("subject"), kept.text("message")),
        kept.texts(CC),
        kept.text("copyTo"));
  }

  /** A letter that says this and goes to nobody else. */
  public static Letter saying(Wording wording) {
    return new Letter(wording, List.of(), null);
  }

  /** The same where what its sender did not write is the firm's. */
  public Letter or(Wording firms) {
    return new Letter(wording.or(firms), cc, copyTo);
  }

  /** As it is kept with a mail. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.putAll(
        Json.object(
            "subject",
            wording.subject(),
            "message",
            wording.message(),
            CC,
            cc.isEmpty() ? null : cc,
            "copyTo",
            copyTo));
    facts.values().removeIf(value -> value == null);
    return facts;
  }

  /** The same with others who get a copy that the customer sees. */
  Letter copied(List<String> seen) {
    return new Letter(wording, seen, copyTo);
  }

  /** Who gets a copy that the customer sees: nobody twice, however an address is written. */
  public List<String> copies(String to) {
    List<String> found = Recipients.distinct(Stream.concat(Stream.ofNullable(to), cc.stream()));
    return to == null ? found : found.subList(1, found.size());
  }

  /** Who gets a copy that nobody else sees; nobody who gets the mail anyway. */
  List<String> hiddenCopies(String to) {
    return Stream.ofNullable(copyTo)
        .filter(me -> to == null || !MailAddress.same(me, to))
        .filter(me -> cc.stream().noneMatch(each -> MailAddress.same(me, each)))
        .toList();
  }

  /** All recipients of a mail to an address, that one first. */
  public List<String> recipients(String to) {
    return Recipients.distinct(
        Stream.of(Stream.of(to), cc.stream(), Stream.ofNullable(copyTo)).flatMap(all -> all));
  }
}
