package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request of {@code SendEmail}.
 *
 * @param raw whether the mail is a MIME message
 * @param tags tags by name, which delivery events repeat
 * @param configurationSet the configuration set; there are no delivery events without one
 */
record SendRequest(
    Message message, boolean raw, Map<String, String> tags, Optional<String> configurationSet) {
  // SES developer guide, "Service quotas in Amazon SES": recipients, and bytes after base64.
  private static final int MOST_RECIPIENTS = 50;
  private static final long MOST_BYTES = 40L * 1024 * 1024;

  // SES API v2, "MessageHeader".
  private static final Pattern HEADER_NAME = Pattern.compile("[!-9;-@A-~]{1,126}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]{1,870}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  // SES API v2, "Attachment".
  private static final Pattern FILE_NAME = Pattern.compile("(?=.{1,255}$).*[.][^.]+");
  private static final Set<String> DISPOSITIONS = Set.of("ATTACHMENT", "INLINE");
  private static final int MOST_OF_CONTENT_ID = 78;
  private static final Set<String> ATTACHMENT =
      Set.of(
          "FileName",
          "RawContent",
          "ContentDescription",
          "ContentDisposition",
          "ContentId",
          "ContentTransferEncoding",
          "ContentType");

  private static final Set<String> KNOWN =
      Set.of(
          "FromEmailAddress",
          "Destination",
          "ReplyToAddresses",
          "Content",
          "EmailTags",
          "ConfigurationSetName");

  /**
   * Reads a request's body.
   *
   * @throws IllegalArgumentException saying what SES would refuse, or what the stack does not
   *     support
   */
  static SendRequest of(JsonNode body) {
    known("", body, KNOWN);
    JsonNode content = body.path("Content");
    known("Content.", content, Set.of("Simple", "Raw"));
    if (content.has("Simple") == content.has("Raw")) {
      throw new IllegalArgumentException("Content must be either Simple or Raw.");
    }
    Message message = content.has("Raw") ? raw(body) : simple(body);
    int recipients = message.recipients().size();
    if (recipients == 0 || recipients > MOST_RECIPIENTS) {
      throw new IllegalArgumentException(
          "A mail goes to 1 to " + MOST_RECIPIENTS + " recipients, not " + recipients + ".");
    }
    if (size(content) > MOST_BYTES) {
      throw new IllegalArgumentException(
          "Message length is more than " + MOST_BYTES + " bytes long.");
    }
    return new SendRequest(
        message,
        content.has("Raw"),
        tags(body.path("EmailTags")),
        Optional.of(body.path("ConfigurationSetName").asText()).filter(name -> !name.isEmpty()));
  }

  /** The bytes of a message; attachments are already base64 in the request. */
  private static long size(JsonNode content) {
    return content.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static Message raw(JsonNode body) {
    Message read = MimeReader.read(bytes(body.path("Content").path("Raw").path("Data")));
    Optional<InternetAddress> from = from(body);
    JsonNode destination = body.path("Destination");
    boolean stated = !destination.isEmpty();
    JsonNode replyTo = body.path("ReplyToAddresses");
    return new Message(
        from.map(Addresses::shown).orElse(read.from()),
        from.map(InternetAddress::getAddress).orElse(read.fromAddress()),
        stated ? Addresses.all(destination.path("ToAddresses")) : read.to(),
        stated ? Addresses.all(destination.path("CcAddresses")) : read.cc(),
        stated ? Addresses.all(destination.path("BccAddresses")) : read.bcc(),
        replyTo.isEmpty() ? read.replyTo() : Addresses.all(replyTo),
        read.subject(),
        read.text(),
        read.html(),
        read.attachments(),
        read.headers());
  }

  private static Message simple(JsonNode body) {
    JsonNode simple = body.path("Content").path("Simple");
    known("Content.Simple.", simple, Set.of("Subject", "Body", "Headers", "Attachments"));
    known("Content.Simple.Body.", simple.path("Body"), Set.of("Text", "Html"));
    if (!simple.path("Subject").has("Data") || simple.path("Body").isEmpty()) {
      throw new IllegalArgumentException("Subject and Body are required.");
    }
    InternetAddress from =
        from(body).orElseThrow(() -> new IllegalArgumentException("FromEmailAddress is required."));
    JsonNode destination = body.path("Destination");
    String subject = simple.path("Subject").path("Data").asText();
    if (subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A subject is one line without control characters.");
    }
    return new Message(
        Addresses.shown(from),
        from.getAddress(),
        Addresses.all(destination.path("ToAddresses")),
        Addresses.all(destination.path("CcAddresses")),
        Addresses.all(destination.path("BccAddresses")),
        Addresses.all(body.path("ReplyToAddresses")),
        subject,
        part(simple.path("Body").path("Text")),
        part(simple.path("Body").path("Html")),
        attachments(simple.path("Attachments")),
        headers(simple.path("Headers")));
  }

  private static Map<String, String> headers(JsonNode list) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode header : list) {
      String name = header.path("Name").asText();
      String value = header.path("Value").asText();
      if (!HEADER_NAME.matcher(name).matches() || !HEADER_VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "Invalid header <"
                + name
                + ">: a name has 1 to 126 printable ASCII characters without a colon, a value 1 to"
                + " 870.");
      }
      headers.put(name, value);
    }
    return headers;
  }

  private static Optional<InternetAddress> from(JsonNode body) {
    String from = body.path("FromEmailAddress").asText();
    return from.isEmpty() ? Optional.empty() : Optional.of(Addresses.one(from));
  }

  private static Optional<String> part(JsonNode part) {
    return part.has("Data") ? Optional.of(part.path("Data").asText()) : Optional.empty();
  }

  private static List<Attachment> attachments(JsonNode list) {
    List<Attachment> attachments = new ArrayList<>();
    for (JsonNode each : list) {
      known("Content.Simple.Attachments.", each, ATTACHMENT);
      String name = each.path("FileName").asText();
      if (!FILE_NAME.matcher(name).matches() || !each.has("RawContent")) {
        throw new IllegalArgumentException(
            "An attachment needs RawContent and a FileName of at most 255 characters with an"
                + " extension.");
      }
      attachments.add(
          new Attachment(
              name,
              each.path("ContentType").asText("application/octet-stream"),
              bytes(each.path("RawContent")),
              contentId(each)));
    }
    return attachments;
  }

  /** The id by which a page shows an attachment: of those with the disposition INLINE alone. */
  private static String contentId(JsonNode attachment) {
    String disposition = attachment.path("ContentDisposition").asText("ATTACHMENT");
    String id = attachment.path("ContentId").asText();
    if (!DISPOSITIONS.contains(disposition)) {
      throw new IllegalArgumentException("A ContentDisposition is one of " + DISPOSITIONS + ".");
    }
    if (attachment.has("ContentId") && (id.isEmpty() || id.length() > MOST_OF_CONTENT_ID)) {
      throw new IllegalArgumentException("A ContentId has 1 to 78 characters.");
    }
    return disposition.equals("INLINE") ? id : "";
  }

  private static Map<String, String> tags(JsonNode list) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (JsonNode tag : list) {
      for (String text : Arrays.asList(tag.path("Name").asText(), tag.path("Value").asText())) {
        if (!TAG.matcher(text).matches()) {
          throw new IllegalArgumentException(
              "Invalid tag <"
                  + text
                  + ">: only 1 to 256 alphanumeric ASCII characters, '_' and '-' are allowed.");
        }
      }
      tags.put(tag.path("Name").asText(), tag.path("Value").asText());
    }
    return tags;
  }

  private static byte[] bytes(JsonNode base64) {
    try {
      return base64.binaryValue();
    } catch (IOException malformed) {
      throw new IllegalArgumentException("The content is not base64.", malformed);
    }
  }

  private static void known(String where, JsonNode object, Set<String> names) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw new IllegalArgumentException(
                    "The stack does not know " + where + name + " of SendEmail.");
              }
            });
  }
}
