package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.Outbox;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notes how a mail fared, as the mail service's events tell: on the mail's item, and for the latest
 * mail of an invoice on the invoice, where the owner is told of what went wrong. Events come late,
 * twice and out of order.
 */
public final class RecordDelivery implements RequestStreamHandler {
  private static final Set<String> ABOUT_INVOICES = Set.of("invoice", "paymentReminder");

  private final Table table;
  private final OwnerNotices notices;

  /** Wired from the process's environment. */
  public RecordDelivery() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public RecordDelivery(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.table = new Table(variables);
    this.notices = new OwnerNotices(table, variables);
  }

  /** Takes an event of SES; its mail is found by its message tags. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> detail = Json.object(Json.read(input), "detail");
    Map<String, Object> tags = Json.object(Json.object(detail, "mail"), "tags");
    Optional<Mail.Id> mail = Mail.Id.of(tag(tags, "firmId"), tag(tags, "mailId"));
    Optional<DeliveryStatus> status = status(Json.text(detail, "eventType"));
    if (mail.isPresent() && status.isPresent()) {
      confirm(mail.get());
      Retry.onConflict(() -> record(mail.get(), status.get()));
    }
  }

  /** Any event tells that the mail went, even if the call that sent it seemed to fail. */
  private void confirm(Mail.Id mail) {
    try {
      table.write(Outbox.sent(mail).ifEquals("state", "claimed"));
    } catch (ConditionFailed known) {
      // It was known, or is not one of ours.
    }
  }

  private boolean record(Mail.Id mail, DeliveryStatus status) {
    if (!ABOUT_INVOICES.contains(mail.kind())) {
      return false;
    }
    String key = InvoiceItem.key(mail.about());
    Map<String, Item> read = table.get(mail.firm(), List.of(key, mail.key()));
    Optional<Invoice> found = Optional.ofNullable(read.get(key)).map(InvoiceItem::of);
    if (found.isEmpty() || !status.replaces(found.get().delivery().status())) {
      return false;
    }
    Invoice invoice = found.get();
    String to = InvoiceMails.to(invoice, Optional.ofNullable(read.get(mail.key())));
    if (!counts(mail, status, to, invoice)) {
      return false;
    }
    Write write = InvoiceStore.changed(mail.firm(), invoice);
    List<Write> writes = new ArrayList<>();
    writes.add(InvoiceStore.delivery(write, status, Time.now()));
    what(status, to)
        .map(what -> HistoryEvent.now(mail.firm(), mail.about(), HistoryEvent.CLOCKBILL, what))
        .ifPresent(writes::add);
    Optional<InvoiceNotice> news = news(status);
    news.ifPresent(
        wrong -> writes.add(OwnerNotices.queued(mail.firm(), invoice, write, wrong, to)));
    table.write(writes);
    news.ifPresent(told -> notices.tryToBegin(mail.firm(), invoice));
    return true;
  }

  /** What the owner is told of it. */
  private static Optional<InvoiceNotice> news(DeliveryStatus status) {
    return Optional.ofNullable(
        switch (status) {
          case BOUNCED -> InvoiceNotice.MAIL_BOUNCED;
          case COMPLAINED -> InvoiceNotice.MAIL_COMPLAINED;
          case NONE, QUEUED, SENT, DELIVERED, FAILED -> null;
        });
  }

  /**
   * A reminder's fate counts only where it tells that the address has ceased to be good, and the
   * invoice was not mailed to another one since.
   */
  private boolean counts(Mail.Id mail, DeliveryStatus status, String to, Invoice invoice) {
    return mail.kind().equals("invoice")
        ? mail.n() == invoice.mails()
        : status.wentWrong() && to.equals(InvoiceMails.lastTo(table, mail.firm(), invoice));
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

  /** What the history says of it; that it was sent is said when the state moves. */
  private static Optional<String> what(DeliveryStatus status, String email) {
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
