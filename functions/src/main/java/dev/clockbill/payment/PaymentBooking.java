package dev.clockbill.payment;

import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.Payment.Status;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.mail.InvoiceNotice;
import dev.clockbill.invoice.mail.OwnerNotices;
import dev.clockbill.payment.PaymentRules.Change;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Money;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Books what the processor tells of a checkout, each event once: its id, the payment's row, the
 * invoice and the checkout change in one transaction.
 */
final class PaymentBooking {

  /** Longer than the processor delivers an event again. */
  private static final Duration REMEMBERED = Duration.ofDays(60);

  private final Table table;
  private final OwnerNotices notices;

  /** Books in this table, and has the owner told of what needs them. */
  PaymentBooking(Table table, OwnerNotices notices) {
    this.table = table;
    this.notices = notices;
  }

  /** What became of an event. */
  enum Fate {
    /** It changed something, or would have changed nothing. */
    HANDLED,
    /** It changed something by which the invoice is paid. */
    PAID,
    /** It is about a checkout that is not kept yet: it has to come again. */
    TOO_EARLY,
    /** It does not fit the checkout that we opened; nothing was booked. */
    WRONG
  }

  /** Books an event. */
  Fate book(PaymentEvent event) {
    return Retry.onConflict(() -> bookAsRead(event));
  }

  private Fate bookAsRead(PaymentEvent event) {
    String checkoutKey = Checkout.key(event.sessionId());
    String invoiceKey = InvoiceItem.key(event.invoiceId());
    String rowKey = PaymentItem.key(event.invoiceId(), event.paymentId());
    Map<String, Item> read =
        table.get(
            event.firm(), List.of(checkoutKey, invoiceKey, rowKey, inboxKey(event.eventId())));
    if (read.containsKey(inboxKey(event.eventId()))) {
      return Fate.HANDLED;
    }
    if (!read.containsKey(checkoutKey) || !read.containsKey(invoiceKey)) {
      return Fate.TOO_EARLY;
    }
    Checkout checkout = Checkout.of(read.get(checkoutKey));
    Invoice invoice = InvoiceItem.of(read.get(invoiceKey));
    if (!event.matches(checkout, invoice.currency())) {
      return Fate.WRONG;
    }
    Optional<Payment> row = Optional.ofNullable(read.get(rowKey)).map(PaymentItem::of);
    return switch (event.outcome()) {
      case PAID -> tell(event, checkout, invoice, row, Status.SETTLED);
      case PROCESSING -> tell(event, checkout, invoice, row, Status.PROCESSING);
      case FAILED -> tell(event, checkout, invoice, row, Status.FAILED);
      case EXPIRED -> expired(event, checkout);
    };
  }

  private Fate expired(PaymentEvent event, Checkout checkout) {
    List<Write> writes = new ArrayList<>(List.of(handled(event)));
    if (checkout.state().equals(Checkout.OPEN)) {
      writes.add(
          Checkout.moved(event.firm(), checkout.sessionId(), Checkout.EXPIRED)
              .ifEquals("state", Checkout.OPEN));
    }
    table.write(writes);
    return Fate.HANDLED;
  }

  private Fate tell(
      PaymentEvent event,
      Checkout checkout,
      Invoice invoice,
      Optional<Payment> row,
      Status status) {
    Optional<Change> change = PaymentRules.told(invoice, row, status, checkout.amount());
    if (change.isEmpty()) {
      table.write(List.of(handled(event)));
      return Fate.HANDLED;
    }
    Change news = change.get();
    List<Write> writes = new ArrayList<>();
    writes.add(handled(event));
    writes.add(row(event, checkout, invoice, row, status));
    Write changed = invoice(event.firm(), invoice, news);
    Optional<InvoiceNotice> told = told(invoice, news);
    told.ifPresent(
        what ->
            writes.add(
                OwnerNotices.queued(
                    event.firm(), invoice, changed, what, amount(checkout, invoice))));
    writes.add(changed);
    writes.add(Checkout.moved(event.firm(), checkout.sessionId(), state(status)));
    writes.add(
        HistoryEvent.now(
            event.firm(),
            invoice.invoiceId(),
            HistoryEvent.CLOCKBILL,
            words(invoice, checkout, news)));
    if (row.isEmpty()) {
      writes.add(
          Write.put(
                  event.firm(),
                  "CHARGE#" + event.paymentId(),
                  Json.object("invoiceId", invoice.invoiceId()))
              .ifAbsent());
    }
    table.write(writes);
    told.ifPresent(what -> notices.tryToBegin(event.firm(), invoice));
    Log.info(
        "payment " + status.word(),
        "firmId",
        event.firm(),
        "invoiceId",
        invoice.invoiceId(),
        "eventId",
        event.eventId());
    return news.pays(invoice) ? Fate.PAID : Fate.HANDLED;
  }

  private static Write handled(PaymentEvent event) {
    Instant now = Time.now();
    return Write.put(
            event.firm(),
            inboxKey(event.eventId()),
            Json.object("at", now, "expiresAt", now.plus(REMEMBERED).getEpochSecond()))
        .ifAbsent();
  }

  private static Write row(
      PaymentEvent event,
      Checkout checkout,
      Invoice invoice,
      Optional<Payment> row,
      Status status) {
    Payment payment =
        Payment.inCheckout(
            event.sessionId(),
            event.paymentId(),
            status,
            checkout.amount(),
            event.method(),
            Time.now());
    return row.map(before -> PaymentItem.replaced(event.firm(), invoice, before, payment))
        .orElseGet(() -> PaymentItem.added(event.firm(), invoice, payment));
  }

  /** Changes an invoice by money; its workflow is to hear of it where it is paid, or no more. */
  static Write invoice(String firm, Invoice invoice, Change news) {
    Write write = InvoiceStore.changed(firm, invoice).set("amountPaid", news.amountPaid());
    if (news.state() != invoice.state()) {
      InvoiceStore.state(write, firm, news.state());
    }
    if (news.reopens(invoice)) {
      // Paid again, it is thanked for again, by another receipt.
      write.remove("thanked").add("receipts", 1);
    }
    return news.pays(invoice) || news.reopens(invoice)
        ? write.due(DueQueue.PUSHES, invoice.invoiceId(), Time.now().plus(DueQueue.PATIENCE))
        : write;
  }

  private static String state(Status status) {
    return switch (status) {
      case SETTLED -> "paid";
      case PROCESSING -> "processing";
      case FAILED -> "failed";
    };
  }

  private static String words(Invoice invoice, Checkout checkout, Change news) {
    String amount = amount(checkout, invoice);
    return switch (news.status()) {
      case PROCESSING -> "Payment of " + amount + " is under way";
      case FAILED -> "Payment of " + amount + " failed";
      case SETTLED -> "Payment of " + amount + " received" + though(invoice);
    };
  }

  private static String amount(Checkout checkout, Invoice invoice) {
    return Money.text(checkout.amount(), invoice.currency());
  }

  /** What the owner is told of it: money that does not come, and money that nobody asked for. */
  private static Optional<InvoiceNotice> told(Invoice invoice, Change news) {
    return switch (news.status()) {
      case PROCESSING -> Optional.empty();
      case FAILED -> Optional.of(InvoiceNotice.PAYMENT_FAILED);
      case SETTLED -> {
        if (invoice.state() == InvoiceState.VOID) {
          yield Optional.of(InvoiceNotice.PAID_AFTER_VOID);
        }
        boolean tooMuch = news.amountPaid() > invoice.total();
        yield tooMuch ? Optional.of(InvoiceNotice.OVERPAID) : Optional.empty();
      }
    };
  }

  private static String though(Invoice invoice) {
    return switch (invoice.state()) {
      case DRAFT, SENDING, SENT, PARTLY_PAID, UNDELIVERABLE -> "";
      case PAID -> ", though it was paid already";
      case VOID -> ", though it is void";
    };
  }

  private static String inboxKey(String eventId) {
    return "INBOX#" + eventId;
  }
}
