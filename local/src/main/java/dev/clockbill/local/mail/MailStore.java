package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.storage.DataFile;
import dev.clockbill.local.storage.DocumentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All sent mails as JSON documents, as {@code GET /_local/mails} shows them, and with {@code
 * fromAddress}, {@code recipients}, {@code configurationSet} and {@code reported}; where the
 * suppression list kept it from recipients, {@code suppressed} names them.
 */
final class MailStore {
  private final DocumentStore mails;
  private final DocumentStore attachments;
  private final AtomicLong next;

  MailStore(DataFile data) {
    this.mails = data.store("mails");
    this.attachments = data.store("mail-attachments");
    this.next = new AtomicLong(mails.all().size());
  }

  /** Stores a mail with its attachments under a new id. */
  JsonNode add(SendRequest request, Instant now) {
    return mails.together(() -> kept(request, now));
  }

  private JsonNode kept(SendRequest request, Instant now) {
    Message message = request.message();
    String id = id();
    ObjectNode mail = JsonNodeFactory.instance.objectNode().put("id", id);
    message.to().forEach(mail.putArray("to")::add);
    mail.put("from", message.from());
    mail.put("subject", message.subject());
    mail.put("text", message.text().orElse(null));
    mail.put("html", message.html().orElse(null));
    ArrayNode described = mail.putArray("attachments");
    for (int at = 0; at < message.attachments().size(); at++) {
      Attachment attachment = message.attachments().get(at);
      ObjectNode one =
          described
              .addObject()
              .put("name", attachment.name())
              .put("type", attachment.type())
              .put("size", attachment.bytes().length);
      if (!attachment.contentId().isEmpty()) {
        one.put("contentId", attachment.contentId());
      }
      attachments.put(
          key(id, at), JsonNodeFactory.instance.objectNode().put("data", attachment.bytes()));
    }
    ObjectNode tags = mail.putObject("tags");
    request.tags().forEach(tags::put);
    message.replyTo().forEach(mail.putArray("replyTo")::add);
    mail.put("sentAt", now.truncatedTo(ChronoUnit.SECONDS).toString());
    message.cc().forEach(mail.putArray("cc")::add);
    ObjectNode headers = mail.putObject("headers");
    message.headers().forEach(headers::put);
    mail.put("fromAddress", message.fromAddress());
    message.recipients().forEach(mail.putArray("recipients")::add);
    request.configurationSet().ifPresent(name -> mail.put("configurationSet", name));
    mails.put(id, mail);
    return mail;
  }

  /** Ids are unique and sort in the order of sending. */
  private String id() {
    byte[] random = new byte[8];
    ThreadLocalRandom.current().nextBytes(random);
    return "%012d-%s".formatted(next.getAndIncrement(), HexFormat.of().formatHex(random));
  }

  /** All mails, newest first. */
  List<JsonNode> newestFirst() {
    return new ArrayList<>(mails.all().values()).reversed();
  }

  Optional<JsonNode> find(String id) {
    return mails.get(id);
  }

  /** Records what was reported about a mail. */
  void report(JsonNode mail, String what) {
    ObjectNode changed = mail.deepCopy();
    mails.put(mail.path("id").asText(), changed.put("reported", what));
  }

  /** Records that a mail was not sent to one of its recipients. */
  void suppressed(JsonNode mail, String recipient) {
    String id = mail.path("id").asText();
    ObjectNode changed = find(id).orElseThrow().deepCopy();
    changed.withArray("suppressed").add(recipient);
    mails.put(id, changed.put("reported", "not sent: the address is on the suppression list"));
  }

  /** An attachment by its file name. */
  Optional<Attachment> attachment(JsonNode mail, String name) {
    JsonNode described = mail.path("attachments");
    for (int at = 0; at < described.size(); at++) {
      if (described.path(at).path("name").asText().equals(name)) {
        String type = described.path(at).path("type").asText();
        String contentId = described.path(at).path("contentId").asText();
        return attachments
            .get(key(mail.path("id").asText(), at))
            .map(kept -> new Attachment(name, type, bytes(kept), contentId));
      }
    }
    return Optional.empty();
  }

  private static byte[] bytes(JsonNode kept) {
    try {
      return kept.path("data").binaryValue();
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private static String key(String id, int at) {
    return id + "/" + at;
  }
}
