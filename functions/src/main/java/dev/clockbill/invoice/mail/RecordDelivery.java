package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records the mail service's events about a mail: on the mail's item, and for the latest mail of an
 * invoice on the invoice as well, where the owner is notified of what went wrong. Events come late,
 * twice and out of order.
 */
public final class RecordDelivery implements RequestStreamHandler {
  private final Table table;
  private final OwnerNotices notices;

  /** Wired from the process's environment. */
  public RecordDelivery() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public RecordDelivery(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.notices = new OwnerNotices(table, environment);
  }

  /** Takes an event of SES; its mail is found by its message tags. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, this::take);
  }

  private void take(Map<String, Object> event) {
    Map<String, Object> detail = Json.object(event, "detail");
    Map<String, Object> tags = Json.object(Json.object(detail, "mail"), "tags");
    Optional<Mail.Id> mail = Mail.Id.of(tag(tags, "firmId"), tag(tags, "mailId"));
    Optional<DeliveryStatus> status = status(Json.text(detail, "eventType"));
    if (mail.isPresent() && status.isPresent()) {
      confirm(mail.get());
      Retry.onConflict(() -> record(mail.get(), status.get()));
    }
  }

  /** Any event means that the mail was sent, even if the call that sent it seemed to fail. */
  private void confirm(Mail.Id mail) {
    try {
      table.write(QueuedMail.confirmed(mail));
    } catch (ConditionFailed known) {
      // It was known already, or is not one of ours.
    }
  }

  /** Records an event on the mail's invoice; answers whether it changed anything there. */
  private boolean record(Mail.Id id, DeliveryStatus status) {
    boolean toCustomer =
        switch (id.kind()) {
          case INVOICE, PAYMENT_REMINDER -> true;
          case RECEIPT, REFUND, TIMER_REMINDER, OWNER_NOTICE -> false;
        };
    if (!toCustomer) {
      return false;
    }
    Optional<MailOfInvoice> found =
        MailOfInvoice.of(id, table.get(id.firm(), MailOfInvoice.keys(id)))
            .filter(mail -> status.replaces(mail.invoice().delivery().status()))
            .filter(mail -> counts(mail, status));
    found.ifPresent(mail -> record(mail, status));
    return found.isPresent();
  }

  private void record(MailOfInvoice mail, DeliveryStatus status) {
    String to = mail.recipient();
    UnitOfWork work = table.begin(mail.id().firm());
    InvoiceChange change = InvoiceChange.of(work, mail.invoice()).delivery(status, Time.now());
    history(status, to).ifPresent(what -> change.history(HistoryEvent.CLOCKBILL, what));
    notice(status).ifPresent(notice -> notices.add(change, notice, to));
    work.commit();
  }

  /**
   * Whether the invoice's delivery changes with this mail's. Of a reminder only failures count, and
   * only if the invoice was not mailed to another address since.
   */
  private boolean counts(MailOfInvoice mail, DeliveryStatus status) {
    return switch (mail.id().kind()) {
      case INVOICE -> mail.latest();
      case PAYMENT_REMINDER ->
          status.wentWrong()
              && mail.recipient()
                  .equals(MailOfInvoice.lastRecipient(table, mail.id().firm(), mail.invoice()));
      case RECEIPT, REFUND, TIMER_REMINDER, OWNER_NOTICE -> false;
    };
  }

  private static Optional<DeliveryStatus> status(String eventType) {
    return Optional.ofNullable(
        switch (eventType) {
          case "Send" -> DeliveryStatus.SENT;
          case "Delivery" -> DeliveryStatus.DELIVERED;
          case "Bounce" -> DeliveryStatus.BOUNCED;
          case "Complaint" -> DeliveryStatus.COMPLAINED;
          case null, default -> null;
        });
  }

  /** The owner is notified of failures. */
  private static Optional<InvoiceNotice> notice(DeliveryStatus status) {
    return Optional.ofNullable(
        switch (status) {
          case BOUNCED -> InvoiceNotice.MAIL_BOUNCED;
          case COMPLAINED -> InvoiceNotice.MAIL_COMPLAINED;
          case NONE, QUEUED, SENT, DELIVERED, FAILED -> null;
        });
  }

  /** The entry in the invoice's history. That a mail was sent is recorded by its sender. */
  private static Optional<String> history(DeliveryStatus status, String email) {
    return Optional.ofNullable(
        switch (status) {
          case DELIVERED -> "Mail delivered to " + email;
          case BOUNCED -> "Mail to " + email + " came back";
          case COMPLAINED -> "Mail reported as unwanted by " + email;
          case NONE, QUEUED, SENT, FAILED -> null;
        });
  }

  /** The mail service gives each tag a list of values. */
  private static String tag(Map<String, Object> tags, String name) {
    return tags.get(name) instanceof List<?> values && !values.isEmpty()
        ? values.getFirst().toString()
        : null;
  }
}
