package dev.clockbill.local.mail;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Reads MIME messages. */
final class MimeReader {
  private final List<Attachment> attachments = new ArrayList<>();
  private Optional<String> text = Optional.empty();
  private Optional<String> html = Optional.empty();

  private MimeReader() {}

  /**
   * Reads a mail.
   *
   * @throws IllegalArgumentException saying what cannot be read
   */
  static Message read(byte[] mime) {
    try {
      MimeMessage message =
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mime));
      MimeReader reader = new MimeReader();
      reader.walk(message);
      return reader.message(message);
    } catch (MessagingException | IOException malformed) {
      throw new IllegalArgumentException(
          "The raw message cannot be read: " + malformed.getMessage(), malformed);
    }
  }

  private Message message(MimeMessage message) throws MessagingException {
    if (message.getFrom() == null || message.getFrom().length == 0) {
      throw new IllegalArgumentException("Missing required header 'From'.");
    }
    InternetAddress from = Addresses.one(message.getFrom()[0].toString());
    return new Message(
        Addresses.shown(from),
        from.getAddress(),
        Addresses.all(message.getRecipients(RecipientType.TO)),
        Addresses.all(message.getRecipients(RecipientType.CC)),
        Addresses.all(message.getRecipients(RecipientType.BCC)),
        message.getHeader("Reply-To") == null ? List.of() : Addresses.all(message.getReplyTo()),
        Optional.ofNullable(message.getSubject()).orElse(""),
        text,
        html,
        List.copyOf(attachments),
        Map.of());
  }

  private void walk(Part part) throws MessagingException, IOException {
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
      for (int at = 0; at < parts.getCount(); at++) {
        walk(parts.getBodyPart(at));
      }
      return;
    }
    byte[] bytes = part.getInputStream().readAllBytes();
    ContentType type = new ContentType(part.getContentType());
    boolean attached =
        Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition()) || part.getFileName() != null;
    if (!attached && type.match("text/plain") && text.isEmpty()) {
      text = Optional.of(decode(bytes, type));
    } else if (!attached && type.match("text/html") && html.isEmpty()) {
      html = Optional.of(decode(bytes, type));
    } else {
      attachments.add(
          new Attachment(
              name(part), type.getBaseType().toLowerCase(Locale.ROOT), bytes, contentId(part)));
    }
  }

  /** Without the brackets that it stands in (RFC 2045, 7). */
  private static String contentId(Part part) throws MessagingException {
    String[] header = part.getHeader("Content-ID");
    return header == null || header.length == 0 ? "" : header[0].replaceAll("^<|>$", "");
  }

  private static String name(Part part) throws MessagingException, IOException {
    String name = part.getFileName();
    return name == null ? "unnamed" : MimeUtility.decodeText(name);
  }

  private static String decode(byte[] bytes, ContentType type) {
    String charset = type.getParameter("charset");
    return new String(
        bytes, Charset.forName(charset == null ? "US-ASCII" : MimeUtility.javaCharset(charset)));
  }
}
