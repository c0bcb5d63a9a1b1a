package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.Recipient.Note;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.shared.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the mail service reports of a mail. Shapes and words: SES developer guide, "Contents of
 * event data that Amazon SES publishes".
 *
 * @param recipients whom it is about: addresses as the mail service knows them
 */
record DeliveryEvent(Mail.Id mail, Kind kind, List<String> recipients) {

  /** The kinds of reports, and what each makes of a recipient. */
  enum Kind {
    /** The mail service took it. */
    SENT(DeliveryStatus.SENT, null),
    /** The recipient's server took it. */
    DELIVERED(DeliveryStatus.DELIVERED, null),
    /** The recipient's server cannot be reached for now. */
    DELAYED(null, Note.DELAYED),
    /** A message about a temporary problem came back: an absence, a full mailbox. */
    RETURNED_FOR_NOW(null, Note.TEMPORARY),
    /** It came back for good. */
    BOUNCED(DeliveryStatus.BOUNCED, null),
    /** Nobody tried: a mail to this address came back before. */
    SUPPRESSED(DeliveryStatus.BOUNCED, Note.SUPPRESSED),
    /** The recipient reported it as unwanted. */
    COMPLAINED(DeliveryStatus.COMPLAINED, null),
    /** Nobody tried: the recipient reported an earlier mail as unwanted. */
    SUPPRESSED_AFTER_COMPLAINT(DeliveryStatus.COMPLAINED, Note.SUPPRESSED),
    /** The mail service found what it takes for a virus, and sent nothing. */
    REJECTED(DeliveryStatus.FAILED, Note.REJECTED);

    private final DeliveryStatus status;
    private final Note note;

    Kind(DeliveryStatus status, Note note) {
      this.status = status;
      this.note = note;
    }

    /** The status that it gives; empty if it is only a note. */
    Optional<DeliveryStatus> status() {
      return Optional.ofNullable(status);
    }

    /** What it notes beside that. */
    Optional<Note> note() {
      return Optional.ofNullable(note);
    }

    /** Whether it means that mailing the same address again is in vain. */
    boolean wentWrong() {
      return status != null && status.wentWrong();
    }

    /**
     * Whether a note is out of date where a recipient's mail has come this far: a delay that is
     * reported after the delivery.
     */
    boolean late(DeliveryStatus present) {
      return this == DELAYED && present == DeliveryStatus.DELIVERED;
    }

    /** The entry in the invoice's history; that a mail was sent is recorded by its sender. */
    Optional<String> history(String email) {
      return Optional.ofNullable(
          switch (this) {
            case SENT -> null;
            case DELIVERED -> "Email delivered to " + email;
            case DELAYED -> "Email to " + email + " is delayed; the email service keeps trying";
            case RETURNED_FOR_NOW ->
                "Email to "
                    + email
                    + " met a temporary problem, such as an automatic reply or a full mailbox";
            case BOUNCED -> "Email to " + email + " bounced";
            case SUPPRESSED ->
                "Email to "
                    + email
                    + " was held back: an earlier email to this address bounced. Resend the invoice"
                    + " to try anyway";
            case COMPLAINED -> "Email marked as spam by " + email;
            case SUPPRESSED_AFTER_COMPLAINT ->
                "Email to "
                    + email
                    + " was held back: an earlier email was marked as spam there. Resend the"
                    + " invoice to try anyway";
            case REJECTED ->
                "Email to " + email + " was not sent: the email service took it for a virus";
          });
    }

    /** What the owner is told of a mail of the invoice or a reminder; they are told of failures. */
    Optional<InvoiceNotice> notice(MailKind of) {
      return Optional.ofNullable(
          switch (this) {
            case SENT, DELIVERED, DELAYED, RETURNED_FOR_NOW -> null;
            case BOUNCED -> InvoiceNotice.MAIL_BOUNCED;
            case COMPLAINED -> InvoiceNotice.MAIL_COMPLAINED;
            case SUPPRESSED, SUPPRESSED_AFTER_COMPLAINT -> InvoiceNotice.MAIL_SUPPRESSED;
            case REJECTED ->
                of == MailKind.PAYMENT_REMINDER
                    ? InvoiceNotice.REMINDER_REJECTED
                    : InvoiceNotice.MAIL_REJECTED;
          });
    }
  }

  /**
   * Reads the detail of an event; empty for one that is not about a mail of ours, or says nothing
   * that anybody has to know.
   */
  static Optional<DeliveryEvent> of(Map<String, Object> detail) {
    Map<String, Object> mail = Json.object(detail, "mail");
    Map<String, Object> tags = Json.object(mail, "tags");
    Optional<Mail.Id> id = Mail.Id.of(tag(tags, "firmId"), tag(tags, "mailId"));
    String type = Json.text(detail, "eventType");
    return switch (type) {
      case "Send" -> about(id, Kind.SENT, texts(mail, "destination"));
      case "Reject" -> about(id, Kind.REJECTED, texts(mail, "destination"));
      case "Delivery" ->
          about(id, Kind.DELIVERED, texts(Json.object(detail, "delivery"), "recipients"));
      case "DeliveryDelay" ->
          about(
              id,
              Kind.DELAYED,
              addresses(Json.object(detail, "deliveryDelay"), "delayedRecipients"));
      case "Bounce" -> {
        Map<String, Object> bounce = Json.object(detail, "bounce");
        yield about(id, bounced(bounce), addresses(bounce, "bouncedRecipients"));
      }
      case "Complaint" -> {
        Map<String, Object> complaint = Json.object(detail, "complaint");
        yield complained(complaint)
            .flatMap(kind -> about(id, kind, addresses(complaint, "complainedRecipients")));
      }
      case null, default -> Optional.empty();
    };
  }

  /** Only a permanent bounce is one: the others may be an automatic reply, or may pass. */
  private static Kind bounced(Map<String, Object> bounce) {
    if (!"Permanent".equals(Json.text(bounce, "bounceType"))) {
      return Kind.RETURNED_FOR_NOW;
    }
    return switch (Json.text(bounce, "bounceSubType")) {
      case "OnAccountSuppressionList", "Suppressed" -> Kind.SUPPRESSED;
      case null, default -> Kind.BOUNCED;
    };
  }

  /** A reader can also report that a mail is no spam. */
  private static Optional<Kind> complained(Map<String, Object> complaint) {
    if ("not-spam".equals(Json.text(complaint, "complaintFeedbackType"))) {
      return Optional.empty();
    }
    return Optional.of(
        "OnAccountSuppressionList".equals(Json.text(complaint, "complaintSubType"))
            ? Kind.SUPPRESSED_AFTER_COMPLAINT
            : Kind.COMPLAINED);
  }

  private static Optional<DeliveryEvent> about(
      Optional<Mail.Id> id, Kind kind, List<String> recipients) {
    return id.map(mail -> new DeliveryEvent(mail, kind, recipients));
  }

  /** The mail service gives each tag a list of values. */
  private static String tag(Map<String, Object> tags, String name) {
    return texts(tags, name).stream().findFirst().orElse(null);
  }

  private static List<String> texts(Map<String, Object> of, String name) {
    return of.get(name) instanceof List<?> values
        ? values.stream().map(Object::toString).toList()
        : List.of();
  }

  private static List<String> addresses(Map<String, Object> of, String name) {
    return Json.objects(of, name).stream()
        .map(recipient -> Json.text(recipient, "emailAddress"))
        .filter(Objects::nonNull)
        .toList();
  }
}
