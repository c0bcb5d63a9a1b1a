package dev.clockbill.invoice.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.ClientItem;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailAddress;
import dev.clockbill.mail.MailKind;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.table.Write;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Records the mail service's events about a mail: on the mail's item, and for the latest mail of an
 * invoice on the invoice as well, for each recipient apart, where the owner is notified of what
 * went wrong. Events come late, twice and out of order; {@link Standing} says what follows from
 * them.
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
   * could not be recorded before, such an event that never came here, or the record of an
   * invocation that failed with it as its {@code requestPayload}. Dead letters are moved to that
   * queue too: what is no event of SES is dropped.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, output, this::takeAny);
  }

  private void takeAny(Map<String, Object> input) {
    if (input.containsKey("Records")) {
      Json.objects(input, "Records").forEach(record -> take(failed(record)));
    } else {
      take(input);
    }
  }

  /** The event of the invocation that a message of the queue tells of, or that it is itself. */
  private static Map<String, Object> failed(Map<String, Object> message) {
    Map<String, Object> body = Json.readObject(Json.text(message, "body"));
    return body.containsKey("requestPayload") ? Json.object(body, "requestPayload") : body;
  }

  private void take(Map<String, Object> event) {
    DeliveryEvent.of(Json.object(event, "detail"))
        .ifPresent(
            read -> {
              tell(read);
              Retry.onConflict(() -> record(read));
            });
  }

  /** Logs whose mail went wrong: by this somebody finds the firm that mails in vain. */
  private static void tell(DeliveryEvent event) {
    if (event.kind().wentWrong()) {
      Log.info(
          "mail did not arrive",
          "kind",
          event.kind().toString(),
          "firmId",
          event.mail().firm(),
          "mailId",
          event.mail().mailId());
    }
  }

  /**
   * Records an event; answers whether it changed anything beside the mail itself. Every mail is
   * claimed before it is sent, so one without an item is none of ours.
   */
  private boolean record(DeliveryEvent event) {
    Mail.Id id = event.mail();
    boolean concerns = concernsInvoice(event);
    Map<String, Item> read = table.get(id.firm(), keys(id, concerns));
    Optional<QueuedMail> queued = Optional.ofNullable(read.get(id.key())).map(QueuedMail::of);
    if (queued.isEmpty()) {
      return false;
    }
    if (queued.get().unconfirmed()) {
      confirm(id);
    }
    if (concerns) {
      return MailOfInvoice.of(id, read).filter(mail -> record(mail, event)).isPresent();
    }
    if (id.kind() == MailKind.STATEMENT) {
      return statement(
          queued.get(), Optional.ofNullable(read.get(ClientItem.key(id.about()))), event);
    }
    return isBeside(id.kind()) && event.kind().wentWrong() && returned(event, queued.get());
  }

  private static List<String> keys(Mail.Id id, boolean concernsInvoice) {
    if (concernsInvoice) {
      return MailOfInvoice.keys(id);
    }
    return id.kind() == MailKind.STATEMENT
        ? List.of(id.key(), ClientItem.key(id.about()))
        : List.of(id.key());
  }

  /** Any event means that the mail was sent, even if the call that sent it seemed to fail. */
  private void confirm(Mail.Id mail) {
    try {
      table.write(QueuedMail.confirmed(mail));
    } catch (ConditionFailed known) {
      // Its sender, or another event, was quicker.
    }
  }

  /** Of a reminder only failures say something about the invoice. */
  private static boolean concernsInvoice(DeliveryEvent event) {
    return switch (event.mail().kind()) {
      case INVOICE -> true;
      case PAYMENT_REMINDER -> event.kind().wentWrong();
      case TEST_MAIL, RECEIPT, REFUND, STATEMENT, TIMER_REMINDER, OWNER_NOTICE -> false;
    };
  }

  /** Whether mails of a kind are about an invoice, but say nothing of how it is delivered. */
  private static boolean isBeside(MailKind kind) {
    return switch (kind) {
      case TEST_MAIL, RECEIPT, REFUND -> true;
      case INVOICE, PAYMENT_REMINDER, STATEMENT, TIMER_REMINDER, OWNER_NOTICE -> false;
    };
  }

  /**
   * Notes how the latest statement of a customer is going; where one went wrong, the owner is told,
   * once.
   */
  private boolean statement(QueuedMail mail, Optional<Item> client, DeliveryEvent event) {
    Mail.Id id = event.mail();
    UnitOfWork work = table.begin(id.firm());
    client
        .map(ClientItem::of)
        .filter(known -> known.latest(id.n()))
        .flatMap(
            known ->
                event
                    .kind()
                    .status()
                    .filter(status -> status.replaces(DeliveryStatus.of(known.delivery())))
                    .map(status -> known.delivered(id.firm(), status.word())))
        .ifPresent(work::add);
    if (event.kind().wentWrong() && !mail.returned()) {
      work.add(QueuedMail.returned(id, 0))
          .add(
              FirmNotice.STATEMENT_NOT_DELIVERED.queued(
                  id.firm(), String.join(", ", event.recipients())));
    }
    work.commit();
    return work.size() > 0;
  }

  /**
   * Notes in the history, once for each recipient, that a mail beside the invoice, or a test, did
   * not arrive.
   */
  private boolean returned(DeliveryEvent event, QueuedMail mail) {
    Mail.Id id = event.mail();
    String to = String.join(", ", event.recipients());
    String beside =
        switch (id.kind()) {
          case TEST_MAIL -> "Test";
          case REFUND -> "Refund";
          case INVOICE, RECEIPT, PAYMENT_REMINDER, STATEMENT, TIMER_REMINDER, OWNER_NOTICE ->
              "Receipt";
        };
    // Of a draft that was deleted since nothing is noted.
    UnitOfWork work =
        table
            .begin(id.firm())
            .add(QueuedMail.returned(id, place(event, mail)))
            .add(Write.update(id.firm(), InvoiceItem.key(id.about())));
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
    } catch (ConditionFailed notedBeforeOrDeleted) {
      return false;
    }
  }

  /** Which recipient of a mail an event is about, from 0; the first where it is nobody known. */
  private static int place(DeliveryEvent event, QueuedMail mail) {
    List<String> copies = Letter.of(mail).cc();
    return IntStream.range(0, copies.size())
        .filter(at -> MailAddress.same(copies.get(at), event.recipients().getFirst()))
        .map(at -> at + 1)
        .findFirst()
        .orElse(0);
  }

  private boolean record(MailOfInvoice mail, DeliveryEvent event) {
    Mail.Id id = mail.id();
    Invoice invoice = mail.invoice();
    boolean takenBack = mail.isTakenBackBy(event.kind());
    Standing next = Standing.after(event, mail, takenBack ? all(mail) : List.of(), Time.now());
    if (!takenBack && next.equals(Standing.of(invoice))) {
      return false;
    }
    List<String> told = next.delivery().changedSince(invoice.delivery());
    UnitOfWork work = table.begin(id.firm());
    InvoiceChange change = InvoiceChange.of(work, invoice).delivery(next.delivery());
    if (takenBack) {
      change.to(next.state());
      work.add(QueuedMail.rejected(id));
    }
    String to = told.isEmpty() ? mail.told() : String.join(", ", told);
    event.kind().history(to).ifPresent(what -> change.history(HistoryEvent.CLOCKBILL, what));
    if (!told.isEmpty()) {
      event
          .kind()
          .notice(id.kind())
          .map(
              notice -> next.delivery().isOfFirst(told) ? notice : InvoiceNotice.COPY_NOT_DELIVERED)
          .ifPresent(notice -> notices.add(change, notice, to));
    }
    work.commit();
    return true;
  }

  /**
   * All mails that carry the invoice. They are read after the invoice: whatever is recorded of one
   * of them later changes the invoice as well, and this event is then recorded anew.
   */
  private List<QueuedMail> all(MailOfInvoice mail) {
    return table.family(mail.id().firm(), mail.prefix()).stream().map(QueuedMail::of).toList();
  }
}
