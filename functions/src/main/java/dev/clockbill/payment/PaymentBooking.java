package dev.clockbill.payment;

import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.mail.OwnerNotices;
import dev.clockbill.payment.PaymentRules.Change;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Money;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Books what the processor reports about a checkout.
 *
 * <p>The processor delivers events late, in any order, and more than once. A callback that comes
 * twice is booked once: the transaction that books it adds the event's id to the inbox on condition
 * that it is not there, so the second one finds it there, whether it comes later or at the same
 * time. Another event about the same payment changes something only if the payment has come further
 * ({@link PaymentRules}).
 */
final class PaymentBooking {
  private final Table table;
  private final OwnerNotices notices;
  private final AmountPaid amountPaid;

  /** Books in this table, tells the owner what they have to know, and drives the workflow on. */
  PaymentBooking(Table table, OwnerNotices notices, InvoiceWorkflow workflow) {
    this.table = table;
    this.notices = notices;
    this.amountPaid = new AmountPaid(workflow);
  }

  /** What became of an event. */
  enum Result {
    /** It is handled, now or before. */
    HANDLED,
    /** It is about a checkout that we have not recorded yet: it has to come again. */
    UNKNOWN_CHECKOUT,
    /** It does not fit the checkout that we opened; nothing was booked. */
    MISMATCH
  }

  /** Books an event. */
  Result book(CheckoutEvent event) {
    return Retry.onConflict(() -> bookOnce(event));
  }

  private Result bookOnce(CheckoutEvent event) {
    Map<String, Item> stored = read(event);
    if (stored.containsKey(InboxItem.key(event.eventId()))) {
      return Result.HANDLED;
    }
    Optional<Report> known = Report.of(event, stored);
    if (known.isEmpty()) {
      return Result.UNKNOWN_CHECKOUT;
    }
    Report report = known.get();
    if (!event.fits(report.checkout(), report.invoice().currency())) {
      return Result.MISMATCH;
    }
    UnitOfWork work =
        table.begin(event.firm()).add(InboxItem.handled(event.firm(), event.eventId()));
    Optional<Payment.Status> status = event.state().payment();
    if (status.isPresent()) {
      bookPayment(work, report, status.get());
    } else {
      expireCheckout(work, report);
    }
    work.commit();
    return Result.HANDLED;
  }

  private Map<String, Item> read(CheckoutEvent event) {
    return table.get(
        event.firm(),
        List.of(
            InboxItem.key(event.eventId()),
            CheckoutItem.key(event.sessionId()),
            InvoiceItem.key(event.invoiceId()),
            PaymentItem.key(event.invoiceId(), event.paymentId())));
  }

  /**
   * An event, and what it is about as it is stored.
   *
   * @param before the payment as it was booked before, if it was
   */
  private record Report(
      CheckoutEvent event, Checkout checkout, Invoice invoice, Optional<Payment> before) {

    /** Empty if the checkout or its invoice is not stored. */
    static Optional<Report> of(CheckoutEvent event, Map<String, Item> stored) {
      Item checkout = stored.get(CheckoutItem.key(event.sessionId()));
      Item invoice = stored.get(InvoiceItem.key(event.invoiceId()));
      if (checkout == null || invoice == null) {
        return Optional.empty();
      }
      Item payment = stored.get(PaymentItem.key(event.invoiceId(), event.paymentId()));
      return Optional.of(
          new Report(
              event,
              CheckoutItem.of(checkout),
              InvoiceItem.of(invoice),
              Optional.ofNullable(payment).map(PaymentItem::of)));
    }

    String amount() {
      return Money.text(checkout.amount(), invoice.currency());
    }
  }

  private void bookPayment(UnitOfWork work, Report report, Payment.Status status) {
    PaymentRules.report(report.invoice(), report.before(), status, report.checkout().amount())
        .ifPresent(
            change -> {
              recordPayment(work, report, status);
              moveCheckout(work, report);
              changeInvoice(work, report, change);
              logBooking(work, report, status);
            });
  }

  private static void recordPayment(UnitOfWork work, Report report, Payment.Status status) {
    CheckoutEvent event = report.event();
    Payment payment =
        Payment.inCheckout(
            event.sessionId(),
            event.paymentId(),
            status,
            report.checkout().amount(),
            event.method(),
            Time.now());
    if (report.before().isPresent()) {
      work.add(
          PaymentItem.replaced(event.firm(), report.invoice(), report.before().get(), payment));
    } else {
      work.add(PaymentItem.added(event.firm(), report.invoice(), payment));
      work.add(ChargeItem.added(event.firm(), event.paymentId(), event.invoiceId()));
    }
  }

  private static void moveCheckout(UnitOfWork work, Report report) {
    work.add(CheckoutItem.moved(work.firm(), report.checkout(), report.event().state()));
  }

  private void changeInvoice(UnitOfWork work, Report report, Change change) {
    InvoiceChange invoice =
        InvoiceChange.of(work, report.invoice())
            .history(HistoryEvent.CLOCKBILL, history(report, change));
    PaymentRules.notice(report.invoice(), change)
        .ifPresent(notice -> notices.add(invoice, notice, report.amount()));
    amountPaid.change(invoice, change);
  }

  private static String history(Report report, Change change) {
    String payment = "Payment of " + report.amount();
    return switch (change.status()) {
      case PROCESSING -> payment + " is under way";
      case FAILED -> payment + " failed";
      case SETTLED -> payment + " received" + unexpected(report.invoice().state());
    };
  }

  private static String unexpected(InvoiceState state) {
    return switch (state) {
      case DRAFT, SENDING, SENT, PARTLY_PAID, UNDELIVERABLE -> "";
      case PAID -> ", though it was paid already";
      case VOID -> ", though it is void";
    };
  }

  private static void logBooking(UnitOfWork work, Report report, Payment.Status status) {
    work.afterwards(
        () ->
            Log.info(
                "payment " + status.word(),
                "firmId",
                work.firm(),
                "invoiceId",
                report.invoice().invoiceId(),
                "eventId",
                report.event().eventId()));
  }

  private static void expireCheckout(UnitOfWork work, Report report) {
    if (report.checkout().state() == Checkout.State.OPEN) {
      work.add(
          CheckoutItem.movedFrom(
              work.firm(), report.checkout(), Checkout.State.EXPIRED, Checkout.State.OPEN));
    }
  }
}
