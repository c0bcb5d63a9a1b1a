package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.events.EventBus;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * The events that SES sends to EventBridge about mails with a configuration set, as far as that one
 * publishes their type; there are none for other mails. Their format is that of SES event
 * publishing (developer guide, "Contents of event data that Amazon SES publishes"); their names on
 * the bus are EventBridge's ("Amazon Simple Email Service events").
 */
final class MailEvents {
  private static final String MAIL_SERVER = "a1-1.smtp-out.eu-central-1.amazonses.com";
  private static final Duration PATIENCE = Duration.ofHours(14);

  /** A type of event: its names on the bus, in the event, of its object, and in templates. */
  private enum Type {
    SEND("Email Sent", "Send", "send"),
    DELIVERY("Email Delivered", "Delivery", "delivery"),
    BOUNCE("Email Bounced", "Bounce", "bounce"),
    COMPLAINT("Email Complaint Received", "Complaint", "complaint"),
    REJECT("Email Rejected", "Reject", "reject"),
    DELIVERY_DELAY("Email Delivery Delayed", "DeliveryDelay", "deliveryDelay");

    private final String onTheBus;
    private final String eventType;
    private final String object;

    Type(String onTheBus, String eventType, String object) {
      this.onTheBus = onTheBus;
      this.eventType = eventType;
      this.object = object;
    }
  }

  /** What SES makes of a mail that comes back. */
  enum Bounce {
    /** The address does not exist. */
    PERMANENT("Permanent", "General"),
    /** Nobody tried: the address is on the suppression list. */
    SUPPRESSED("Permanent", "OnAccountSuppressionList"),
    /** An automatic reply, say. */
    TRANSIENT("Transient", "General");

    private final String type;
    private final String subType;

    Bounce(String type, String subType) {
      this.type = type;
      this.subType = subType;
    }
  }

  private final EventBus events;
  private final MailAccount account;
  private final InstantSource clock;

  MailEvents(EventBus events, MailAccount account, InstantSource clock) {
    this.events = events;
    this.account = account;
    this.clock = clock;
  }

  void sent(JsonNode mail) {
    put(Type.SEND, mail, JsonNodeFactory.instance.objectNode());
  }

  /** One recipient's server took the mail. */
  void delivered(JsonNode mail, String recipient) {
    ObjectNode delivery =
        happened()
            .put("processingTimeMillis", 500)
            .put("smtpResponse", "250 2.6.0 Message received")
            .put("reportingMTA", MAIL_SERVER);
    delivery.putArray("recipients").add(recipient);
    put(Type.DELIVERY, mail, delivery);
  }

  void bounced(JsonNode mail, Bounce kind, List<String> recipients) {
    ObjectNode bounce =
        happened()
            .put("feedbackId", UUID.randomUUID().toString())
            .put("bounceType", kind.type)
            .put("bounceSubType", kind.subType);
    ArrayNode bounced = bounce.putArray("bouncedRecipients");
    for (String recipient : recipients) {
      ObjectNode one = bounced.addObject().put("emailAddress", recipient);
      switch (kind) {
        case PERMANENT -> {
          bounce.put("reportingMTA", "dns; " + MAIL_SERVER);
          one.put("action", "failed")
              .put("status", "5.1.1")
              .put("diagnosticCode", "smtp; 550 5.1.1 user unknown");
        }
        case SUPPRESSED ->
            one.put("action", "failed")
                .put("status", "5.1.1")
                .put(
                    "diagnosticCode",
                    "Amazon SES did not send the message to this address because it is on the"
                        + " suppression list for your account.");
        // An automatic reply has no delivery status to quote.
        case TRANSIENT -> {}
      }
    }
    put(Type.BOUNCE, mail, bounce);
  }

  /**
   * Recipients complained.
   *
   * @param suppressed whether they did so earlier and nobody tried again
   */
  void complained(JsonNode mail, boolean suppressed, List<String> recipients) {
    ObjectNode complaint = happened().put("feedbackId", UUID.randomUUID().toString());
    if (suppressed) {
      complaint.put("complaintSubType", "OnAccountSuppressionList");
    } else {
      complaint
          .putNull("complaintSubType")
          .put("userAgent", "Amazon SES Mailbox Simulator")
          .put("complaintFeedbackType", "abuse")
          .set("arrivalDate", complaint.path("timestamp"));
    }
    ArrayNode listed = complaint.putArray("complainedRecipients");
    recipients.forEach(recipient -> listed.addObject().put("emailAddress", recipient));
    put(Type.COMPLAINT, mail, complaint);
  }

  /** A virus was found in the mail, and nothing was sent. */
  void rejected(JsonNode mail) {
    put(Type.REJECT, mail, JsonNodeFactory.instance.objectNode().put("reason", "Bad content"));
  }

  /** A recipient's server cannot be reached for now; SES goes on trying. */
  void delayed(JsonNode mail, List<String> recipients) {
    ObjectNode delay =
        happened()
            .put("delayType", "TransientCommunicationFailure")
            .put(
                "expirationTime",
                clock.instant().plus(PATIENCE).truncatedTo(ChronoUnit.MILLIS).toString());
    ArrayNode delayed = delay.putArray("delayedRecipients");
    recipients.forEach(
        recipient ->
            delayed
                .addObject()
                .put("emailAddress", recipient)
                .put("status", "4.4.1")
                .put("diagnosticCode", "smtp; 421 4.4.1 Unable to connect to remote host"));
    put(Type.DELIVERY_DELAY, mail, delay);
  }

  private void put(Type type, JsonNode mail, ObjectNode what) {
    if (!account.publishes(mail.path("configurationSet").asText(), type.name())) {
      return;
    }
    ObjectNode detail = JsonNodeFactory.instance.objectNode().put("eventType", type.eventType);
    detail.set("mail", described(mail));
    detail.set(type.object, what);
    events.put("aws.ses", type.onTheBus, detail);
  }

  private static ObjectNode described(JsonNode mail) {
    String address = mail.path("fromAddress").asText();
    String domain = address.substring(address.lastIndexOf('@') + 1);
    ObjectNode described =
        JsonNodeFactory.instance
            .objectNode()
            .put("timestamp", mail.path("sentAt").asText())
            .put("source", mail.path("from").asText())
            .put("sourceArn", MailService.identityArn(domain))
            .put("sendingAccountId", "000000000000")
            .put("messageId", mail.path("id").asText())
            .put("headersTruncated", false);
    described.set("destination", mail.path("recipients"));
    ObjectNode common = described.putObject("commonHeaders");
    common.putArray("from").add(mail.path("from"));
    common.set("to", mail.path("to"));
    common.put("messageId", mail.path("id").asText());
    common.put("subject", mail.path("subject").asText());
    ObjectNode tags = described.putObject("tags");
    tags.putArray("ses:operation").add("SendEmail");
    tags.putArray("ses:configuration-set").add(mail.path("configurationSet"));
    tags.putArray("ses:from-domain").add(domain);
    mail.path("tags").properties().forEach(tag -> tags.putArray(tag.getKey()).add(tag.getValue()));
    return described;
  }

  private ObjectNode happened() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("timestamp", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
  }
}
