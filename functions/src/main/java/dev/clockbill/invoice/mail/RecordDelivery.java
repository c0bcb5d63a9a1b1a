package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.invoice.Delivery;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Recipient;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records the mail service's events about a mail: on the mail's item, and for the latest mail of an
 * invoice on the invoice as well, for each recipient apart, where the owner is notified of what
 * went wrong. Events come late, twice and out of order.
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

  /**
   * Takes an event of SES, whose mail is found by its message tags; or from the queue for what
   * could not be recorded before, the record of an invocation that failed with such an event as its
   * {@code requestPayload}.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, this::takeAny);
  }

  private void takeAny(Map<String, Object> input) {
    if (input.containsKey("Records")) {
      Json.objects(input, "Records").forEach(record -> take(failed(record)));
    } else {
      take(input);
    }
  }

  /** The event of the invocation that a message of the queue tells of. */
  private static Map<String, Object> failed(Map<String, Object> message) {
    return Json.object(Json.readObject(Json.text(message, "body")), "requestPayload");
  }

  private void take(Map<String, Object> event) {
    Optional<DeliveryEvent> read = DeliveryEvent.of(Json.object(event, "detail"));
    if (read.isPresent()) {
      confirm(read.get().mail());
      Retry.onConflict(() -> record(read.get()));
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
  private boolean record(DeliveryEvent event) {
    Mail.Id id = event.mail();
    return switch (id.kind()) {
      case INVOICE, PAYMENT_REMINDER -> {
        Optional<MailOfInvoice> found =
            MailOfInvoice.of(id, table.get(id.firm(), MailOfInvoice.keys(id)))
                .filter(mail -> counts(mail, event.kind()));
        yield found.isPresent() && record(found.get(), event);
      }
      case RECEIPT, REFUND -> event.kind().wentWrong() && returned(event);
      case TIMER_REMINDER, OWNER_NOTICE -> false;
    };
  }

  /** Notes in the history, once, that a mail beside the invoice did not arrive. */
  private boolean returned(DeliveryEvent event) {
    Mail.Id id = event.mail();
    String to = String.join(", ", event.recipients());
    String beside = id.kind() == MailKind.REFUND ? "Refund" : "Receipt";
    UnitOfWork work = table.begin(id.firm()).add(QueuedMail.returned(id));
    event
        .kind()
        .history(to)
        .ifPresent(
            what ->
                work.add(
                    HistoryEvent.now(
                        id.firm(), id.about(), HistoryEvent.CLOCKBILL, beside + ": " + what)));
    try {
      work.commit();
      return true;
    } catch (ConditionFailed notedBefore) {
      return false;
    }
  }

  private boolean record(MailOfInvoice mail, DeliveryEvent event) {
    Invoice invoice = mail.invoice();
    Instant now = Time.now();
    Delivery delivery = invoice.delivery();
    List<String> told = new ArrayList<>();
    for (String address : event.recipients()) {
      Delivery before = delivery;
      Optional<Recipient> recipient = before.about(address);
      Delivery next = recipient.map(one -> next(before, one, event.kind(), now)).orElse(before);
      if (recipient.isPresent() && !next.equals(before)) {
        told.add(recipient.get().email());
        delivery = next;
      }
    }
    if (told.isEmpty()) {
      return false;
    }
    UnitOfWork work = table.begin(mail.id().firm());
    InvoiceChange change = InvoiceChange.of(work, invoice).delivery(delivery);
    String to = String.join(", ", told);
    event.kind().history(to).ifPresent(what -> change.history(HistoryEvent.CLOCKBILL, what));
    event.kind().notice().ifPresent(notice -> notices.add(change, notice, to));
    if (neverSent(mail, event.kind())) {
      change.to(InvoiceState.UNDELIVERABLE);
    }
    work.commit();
    return true;
  }

  /** The delivery after an event about one recipient; the same if that is no news. */
  private static Delivery next(
      Delivery before, Recipient one, DeliveryEvent.Kind kind, Instant now) {
    Delivery next = before;
    if (kind.status().isPresent()) {
      if (!kind.status().get().replaces(one.status())) {
        return before;
      }
      next = before.with(one, kind.status().get(), now);
    } else if (one.status().wentWrong() || kind.late(one.status())) {
      return before;
    }
    Recipient changed = next.about(one.email()).orElseThrow();
    return kind.note().isPresent() ? next.with(changed, kind.note().get()) : next;
  }

  /**
   * Whether the invoice has not been sent at all then: its first mail was stopped, and no other one
   * was asked for.
   */
  private static boolean neverSent(MailOfInvoice mail, DeliveryEvent.Kind kind) {
    return kind == DeliveryEvent.Kind.REJECTED
        && mail.invoice().mails() == 1
        && mail.invoice().state() == InvoiceState.SENT;
  }

  /**
   * Whether the invoice's delivery changes with this mail's. Of a reminder only failures count, and
   * only if the invoice was not mailed to another address since.
   */
  private boolean counts(MailOfInvoice mail, DeliveryEvent.Kind kind) {
    return switch (mail.id().kind()) {
      case INVOICE -> mail.latest();
      case PAYMENT_REMINDER ->
          kind.wentWrong()
              && mail.recipient()
                  .equals(MailOfInvoice.lastRecipient(table, mail.id().firm(), mail.invoice()));
      case RECEIPT, REFUND, TIMER_REMINDER, OWNER_NOTICE -> false;
    };
  }
}
