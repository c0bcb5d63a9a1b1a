package dev.clockbill.payment;

import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Books what the processor reports about checkouts, refunds and disputes.
 *
 * <p>The processor delivers events late, in any order, and more than once. A callback that comes
 * twice is booked once: the transaction that books it adds the event's id to the inbox on condition
 * that it is not there, so the second one finds it there, whether it comes later or at the same
 * time. Another event about the same payment changes something only if the payment has come further
 * ({@link PaymentRules}). What is told of a charge before its payment is kept with the charge and
 * booked together with the payment ({@link ChargeLedger}).
 */
final class PaymentBooking {
  /** For how long after it was made an event of an unknown checkout may still make sense. */
  private static final Duration MAY_MAKE_SENSE = Duration.ofHours(1);

  private final Table table;
  private final LedgerChange ledger;
  private final UnmatchedMoney unmatched;

  /** Books in this table, tells the owner what they have to know, and drives the workflow on. */
  PaymentBooking(Table table, LedgerChange ledger) {
    this.table = table;
    this.ledger = ledger;
    this.unmatched = new UnmatchedMoney(table, ledger.notices());
  }

  /** What became of an event. */
  enum Result {
    /** It is handled, now or before, or will never be of use. */
    HANDLED,
    /** It is about a checkout that we have not recorded yet: it has to come again. */
    UNKNOWN_CHECKOUT
  }

  /** Books an event about a checkout. */
  Result book(CheckoutEvent event) {
    return Retry.onConflict(() -> bookOnce(event));
  }

  /**
   * Books an event about a refund or a dispute. Nothing happens if its account is not one of ours;
   * that of a charge which is not ours is kept for some weeks, since the payment may still be told.
   */
  void book(ChargeEvent event) {
    Pointer.account(event.account())
        .read(table)
        .ifPresent(
            found ->
                change(
                    found.firm(),
                    event.paymentId(),
                    Optional.of(event.eventId()),
                    Ending.TOLD,
                    charge -> charge.with(event.fact())));
  }

  /** Books what the processor answers about a charge. */
  void book(String firm, String paymentId, ChargeFact fact) {
    change(firm, paymentId, Optional.empty(), Ending.TOLD, charge -> charge.with(fact));
  }

  /** Books that the processor refused a refund for good, unless it told of it meanwhile. */
  void refused(String firm, String paymentId, String rowId) {
    change(firm, paymentId, Optional.empty(), Ending.TOLD, charge -> charge.refused(rowId));
  }

  /**
   * Books that nobody tells any more whether a refund was made. It counts as not made; if it is
   * told of after all, it counts.
   */
  void neverTold(String firm, String paymentId, String rowId) {
    change(firm, paymentId, Optional.empty(), Ending.UNKNOWN, charge -> charge.refused(rowId));
  }

  /**
   * Books that nobody tells any more whether the payment in a checkout arrived. It counts as
   * failed; if it is told of after all, it counts.
   */
  void neverTold(String firm, Checkout checkout) {
    Retry.onConflict(
        () -> {
          neverToldOnce(firm, checkout);
          return checkout;
        });
  }

  private void neverToldOnce(String firm, Checkout asRead) {
    Optional<Checkout> checkout =
        table
            .get(firm, CheckoutItem.key(asRead.sessionId()))
            .map(CheckoutItem::of)
            .filter(now -> now.state() == Checkout.State.PROCESSING);
    List<Item> family = table.family(firm, InvoiceItem.key(asRead.invoiceId()));
    if (checkout.isEmpty() || family.isEmpty()) {
      return;
    }
    UnitOfWork work =
        table
            .begin(firm)
            .add(
                CheckoutItem.movedFrom(
                    firm, checkout.get(), Checkout.State.FAILED, Checkout.State.PROCESSING));
    Invoice invoice = InvoiceItem.of(family.getFirst());
    PaymentItem.among(family).stream()
        .filter(row -> row.underWay() && asRead.sessionId().equals(row.sessionId()))
        .forEach(row -> neverTold(work, invoice, row));
    work.commit();
  }

  private void neverTold(UnitOfWork work, Invoice invoice, Payment row) {
    ChargeLedger charge =
        ChargeItem.of(row.paymentId(), table.get(work.firm(), ChargeItem.key(row.paymentId())));
    Payment failed =
        Payment.inCheckout(
            row.sessionId(),
            row.paymentId(),
            Payment.Status.FAILED,
            row.amount(),
            row.method(),
            Time.now());
    ledger.add(
        work,
        invoice,
        new ChargeRows(charge, Optional.of(row), invoice.currency()),
        new ChargeRows(charge, Optional.of(failed), invoice.currency()),
        HistoryEvent.CLOCKBILL,
        Ending.UNKNOWN);
  }

  private void change(
      String firm,
      String paymentId,
      Optional<String> eventId,
      Ending ending,
      UnaryOperator<ChargeLedger> change) {
    Retry.onConflict(
        () -> {
          changeOnce(firm, paymentId, eventId, ending, change);
          return paymentId;
        });
  }

  private void changeOnce(
      String firm,
      String paymentId,
      Optional<String> eventId,
      Ending ending,
      UnaryOperator<ChargeLedger> change) {
    String key = ChargeItem.key(paymentId);
    Optional<String> inbox = eventId.map(InboxItem::key);
    Map<String, Item> stored =
        table.get(firm, inbox.map(event -> List.of(key, event)).orElse(List.of(key)));
    if (inbox.filter(stored::containsKey).isPresent()) {
      return;
    }
    ChargeLedger before = ChargeItem.of(paymentId, Optional.ofNullable(stored.get(key)));
    ChargeLedger now = change.apply(before);
    if (before.invoiceId() != null) {
      UnitOfWork work = table.begin(firm);
      eventId.ifPresent(event -> work.add(InboxItem.handled(firm, event)));
      changeRows(work, before, now, ending);
      work.commit();
    } else if (!now.equals(before)) {
      UnitOfWork work = table.begin(firm).add(ChargeItem.kept(firm, now));
      unmatched.follow(work, now);
      work.commit();
    }
  }

  private void changeRows(UnitOfWork work, ChargeLedger before, ChargeLedger now, Ending ending) {
    String invoiceKey = InvoiceItem.key(before.invoiceId());
    String paymentKey = PaymentItem.key(before.invoiceId(), before.paymentId());
    Map<String, Item> stored = table.get(work.firm(), List.of(invoiceKey, paymentKey));
    Invoice invoice = InvoiceItem.of(stored.get(invoiceKey));
    Optional<Payment> payment = Optional.ofNullable(stored.get(paymentKey)).map(PaymentItem::of);
    ledger.add(
        work,
        invoice,
        new ChargeRows(before, payment, invoice.currency()),
        new ChargeRows(now, payment, invoice.currency()),
        HistoryEvent.CLOCKBILL,
        ending);
  }

  private Result bookOnce(CheckoutEvent event) {
    String firm = firmOf(event);
    if (!firm.equals(event.firm())) {
      unmatched.keep(firm, event, UnmatchedMoney.Reason.OTHER_ACCOUNT);
      return Result.HANDLED;
    }
    Map<String, Item> stored = read(event);
    if (stored.containsKey(InboxItem.key(event.eventId()))) {
      return Result.HANDLED;
    }
    Optional<Report> known = Report.of(event, stored);
    if (known.isEmpty()) {
      return unknown(event, stored.containsKey(CheckoutItem.key(event.sessionId())));
    }
    Report report = known.get();
    Optional<UnmatchedMoney.Reason> reason =
        event.misfit(report.checkout(), report.invoice().currency());
    if (reason.isPresent()) {
      unmatched.keep(firm, event, reason.get());
      return Result.HANDLED;
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

  /**
   * The firm of the account that it came by: what the metadata say may have been written by whoever
   * owns the account, so they count only where they name that same firm, or where nobody knows the
   * account. Another firm's data is not even read.
   */
  private String firmOf(CheckoutEvent event) {
    return Optional.ofNullable(event.account())
        .flatMap(account -> Pointer.account(account).read(table))
        .map(Pointer.Target::firm)
        .orElse(event.firm());
  }

  /**
   * Of a checkout that is not stored the event has to come again, since it may have overtaken our
   * own transaction; after an hour it will never be of use, but its money is kept.
   */
  private Result unknown(CheckoutEvent event, boolean withoutInvoice) {
    if (event.state() == Checkout.State.EXPIRED) {
      return Result.HANDLED;
    }
    if (!withoutInvoice && event.at().plus(MAY_MAKE_SENSE).isAfter(Time.now())) {
      return Result.UNKNOWN_CHECKOUT;
    }
    unmatched.keep(event.firm(), event, UnmatchedMoney.Reason.UNKNOWN_CHECKOUT);
    return Result.HANDLED;
  }

  private Map<String, Item> read(CheckoutEvent event) {
    return table.get(
        event.firm(),
        List.of(
            InboxItem.key(event.eventId()),
            CheckoutItem.key(event.sessionId()),
            InvoiceItem.key(event.invoiceId()),
            PaymentItem.key(event.invoiceId(), event.paymentId()),
            ChargeItem.key(event.paymentId())));
  }

  /**
   * An event, and what it is about as it is stored.
   *
   * @param rows the payment's charge as it was booked before
   */
  private record Report(CheckoutEvent event, Checkout checkout, Invoice invoice, ChargeRows rows) {

    /** Empty if the checkout or its invoice is not stored. */
    static Optional<Report> of(CheckoutEvent event, Map<String, Item> stored) {
      Item checkout = stored.get(CheckoutItem.key(event.sessionId()));
      Item found = stored.get(InvoiceItem.key(event.invoiceId()));
      if (checkout == null || found == null) {
        return Optional.empty();
      }
      Invoice invoice = InvoiceItem.of(found);
      Item payment = stored.get(PaymentItem.key(event.invoiceId(), event.paymentId()));
      Item charge = stored.get(ChargeItem.key(event.paymentId()));
      ChargeRows rows =
          new ChargeRows(
              ChargeItem.of(event.paymentId(), Optional.ofNullable(charge)),
              Optional.ofNullable(payment).map(PaymentItem::of),
              invoice.currency());
      return Optional.of(new Report(event, CheckoutItem.of(checkout), invoice, rows));
    }

    /** The charge with the payment as it is reported. */
    ChargeRows with(Payment.Status status) {
      Payment payment =
          Payment.inCheckout(
              event.sessionId(),
              event.paymentId(),
              status,
              checkout.amount(),
              event.method(),
              Time.now());
      return new ChargeRows(
          rows.ledger().withInvoiceId(invoice.invoiceId()),
          Optional.of(payment),
          invoice.currency());
    }
  }

  private void bookPayment(UnitOfWork work, Report report, Payment.Status status) {
    if (PaymentRules.further(report.rows().payment(), status)) {
      work.add(CheckoutItem.moved(work.firm(), report.checkout(), report.event().state()));
      ledger.add(
          work,
          report.invoice(),
          report.rows(),
          report.with(status),
          HistoryEvent.CLOCKBILL,
          Ending.TOLD);
      work.afterwards(
          () ->
              Log.info(
                  "checkout " + report.event().state().word(),
                  "firmId",
                  work.firm(),
                  "eventId",
                  report.event().eventId()));
    }
  }

  private static void expireCheckout(UnitOfWork work, Report report) {
    if (report.checkout().state() == Checkout.State.OPEN) {
      work.add(
          CheckoutItem.movedFrom(
              work.firm(), report.checkout(), Checkout.State.EXPIRED, Checkout.State.OPEN));
    }
  }
}
