package dev.clockbill.firm;

import dev.clockbill.firm.Messages.Message;
import dev.clockbill.firm.Messages.Placeholder;
import dev.clockbill.http.Fields;
import java.util.Optional;

/** Reads a firm's messages from the fields of a request, merged as RFC 7396 says. */
final class MessageFields {
  private MessageFields() {}

  /** The messages as they are with the request's fields in them; errors stay with the fields. */
  static Messages merged(Fields fields, Messages now) {
    if (fields.isNull("messages")) {
      return new Messages(Message.NONE, Message.NONE, Message.NONE, now.changedIn());
    }
    Optional<Fields> sent = fields.object("messages");
    if (sent.isEmpty()) {
      return now;
    }
    Fields kinds = sent.get();
    Messages merged =
        new Messages(
            message(kinds, "invoice", now.invoice()),
            message(kinds, "reminder", now.reminder()),
            message(kinds, "receipt", now.receipt()),
            now.changedIn());
    kinds.check();
    return merged;
  }

  private static Message message(Fields kinds, String kind, Message now) {
    if (kinds.isNull(kind)) {
      return Message.NONE;
    }
    Optional<Fields> sent = kinds.object(kind);
    if (sent.isEmpty()) {
      return now;
    }
    Fields parts = sent.get();
    Message merged =
        new Message(
            text(parts, "subject", Fields.NAME, now.subject()),
            text(parts, "text", Fields.NOTE, now.text()));
    parts.check();
    return merged;
  }

  private static String text(Fields fields, String name, int longest, String now) {
    if (!fields.has(name)) {
      return now;
    }
    String text = fields.textOrEmpty(name, longest);
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (name.equals("subject") && text.lines().count() > 1) {
      return fields.refuse(name, "This has to be one line.");
    }
    return Placeholder.mistake(text)
        .<String>map(mistake -> fields.refuse(name, mistake))
        .orElse(text);
  }
}
