package dev.clockbill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.local.mail.MailEvents.Bounce;
import dev.clockbill.local.mail.SuppressionList.Reason;
import java.util.List;

/**
 * What becomes of mails after SES took them: they arrive, come back, or are complained about. It is
 * reported, and the suppression list follows it.
 */
final class MailReports {
  private final MailStore store;
  private final MailEvents events;
  private final SuppressionList suppressed;

  MailReports(MailStore store, MailEvents events, SuppressionList suppressed) {
    this.store = store;
    this.events = events;
    this.suppressed = suppressed;
  }

  /** A mail is taken; what becomes of it is not known yet. */
  void taken(JsonNode mail) {
    events.sent(mail);
  }

  /** A mail is sent, and arrives wherever its recipients are not on the suppression list. */
  void sent(JsonNode mail) {
    taken(mail);
    for (JsonNode each : mail.path("recipients")) {
      String recipient = each.asText();
      switch (suppressed.reason(recipient).orElse(null)) {
        case null -> events.delivered(mail, recipient);
        case BOUNCE -> events.bounced(mail, Bounce.SUPPRESSED, List.of(recipient));
        case COMPLAINT -> events.complained(mail, true, List.of(recipient));
      }
      suppressed.reason(recipient).ifPresent(why -> store.suppressed(mail, recipient));
    }
  }

  /** A mail comes back from these recipients. */
  void bounced(JsonNode mail, Bounce kind, List<String> recipients) {
    store.report(mail, kind == Bounce.TRANSIENT ? "answered automatically" : "bounced");
    if (kind == Bounce.PERMANENT) {
      recipients.forEach(recipient -> suppressed.add(recipient, Reason.BOUNCE));
    }
    events.bounced(mail, kind, recipients);
  }

  /** These recipients complain. */
  void complained(JsonNode mail, List<String> recipients) {
    store.report(mail, "complained");
    recipients.forEach(recipient -> suppressed.add(recipient, Reason.COMPLAINT));
    events.complained(mail, false, recipients);
  }

  /** SES finds a virus in a mail that it took. */
  void rejected(JsonNode mail) {
    store.report(mail, "rejected");
    events.rejected(mail);
  }

  /** SES cannot reach these recipients for now. */
  void delayed(JsonNode mail, List<String> recipients) {
    store.report(mail, "delayed");
    events.delayed(mail, recipients);
  }
}
