package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clockbill.local.events.EventBus;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The events that SES sends to EventBridge about mails with a configuration set; there are none for
 * other mails. Their format is that of SES event publishing.
 */
final class MailEvents {
  private static final String MAIL_SERVER = "a1-1.smtp-out.eu-central-1.amazonses.com";

  private final EventBus events;
  private final InstantSource clock;

  MailEvents(EventBus events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  void sent(JsonNode mail) {
    put("Email Sent", "Send", mail, JsonNodeFactory.instance.objectNode());
  }

  void delivered(JsonNode mail) {
    ObjectNode delivery =
        happened()
            .put("processingTimeMillis", 500)
            .put("smtpResponse", "250 2.6.0 Message received")
            .put("reportingMTA", MAIL_SERVER);
    delivery.set("recipients", mail.path("recipients"));
    put("Email Delivered", "Delivery", mail, delivery);
  }

  void bounced(JsonNode mail) {
    ObjectNode bounce =
        happened()
            .put("feedbackId", UUID.randomUUID().toString())
            .put("bounceType", "Permanent")
            .put("bounceSubType", "General")
            .put("reportingMTA", "dns; " + MAIL_SERVER);
    ArrayNode recipients = bounce.putArray("bouncedRecipients");
    for (JsonNode recipient : mail.path("recipients")) {
      recipients
          .addObject()
          .put("emailAddress", recipient.asText())
          .put("action", "failed")
          .put("status", "5.1.1")
          .put("diagnosticCode", "smtp; 550 5.1.1 user unknown");
    }
    put("Email Bounced", "Bounce", mail, bounce);
  }

  void complained(JsonNode mail) {
    ObjectNode complaint =
        happened()
            .put("feedbackId", UUID.randomUUID().toString())
            .put("userAgent", "Amazon SES Mailbox Simulator")
            .put("complaintFeedbackType", "abuse");
    complaint.set("arrivalDate", complaint.path("timestamp"));
    ArrayNode recipients = complaint.putArray("complainedRecipients");
    mail.path("recipients")
        .forEach(recipient -> recipients.addObject().put("emailAddress", recipient.asText()));
    put("Email Complaint Received", "Complaint", mail, complaint);
  }

  private void put(String detailType, String eventType, JsonNode mail, ObjectNode what) {
    if (!mail.has("configurationSet")) {
      return;
    }
    ObjectNode detail = JsonNodeFactory.instance.objectNode().put("eventType", eventType);
    detail.set("mail", described(mail));
    detail.set(eventType.toLowerCase(java.util.Locale.ROOT), what);
    events.put("aws.ses", detailType, detail);
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
