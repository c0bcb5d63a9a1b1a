package dev.clockbill.firm;

import dev.clockbill.firm.Messages.Message;
import dev.clockbill.firm.Messages.Placeholder;
import dev.clockbill.http.Fields;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads a firm's messages from the fields of a request, merged as RFC 7396 says. */
final class MessageFields {
  private MessageFields() {}

  /** The messages as they are with the request's fields in them; errors stay with the fields. */
  static Messages merged(Fields fields, Messages now) {
    return MergedFields.object(
        fields,
        "messages",
        now,
        new Messages(Message.NONE, Message.NONE, Message.NONE, now.changedIn()),
        kinds ->
            new Messages(
                message(kinds, "invoice", now.invoice()),
                message(kinds, "reminder", now.reminder()),
                message(kinds, "receipt", now.receipt()),
                now.changedIn()));
  }

  private static Message message(Fields kinds, String kind, Message now) {
    return MergedFields.object(
        kinds,
        kind,
        now,
        Message.NONE,
        parts ->
            new Message(
                MergedFields.text(
                    parts, "subject", Fields.NAME, now.subject(), MessageFields::subject),
                MergedFields.text(parts, "text", Fields.NOTE, now.text(), MessageFields::text)));
  }

  private static String subject(String subject, UnaryOperator<String> refuse) {
    return subject.lines().count() > 1
        ? refuse.apply("This has to be one line.")
        : text(subject, refuse);
  }

  private static String text(String text, UnaryOperator<String> refuse) {
    Optional<String> mistake = Placeholder.mistake(text);
    return mistake.isPresent() ? refuse.apply(mistake.get()) : text;
  }
}
